package rulebook

import (
	"strings"
	"testing"
)

// A row that cannot be used is an error that says what is wrong with it.
func TestReadEditions(t *testing.T) {
	const good = "hsn,,both,,2023-12-15,2023-12-31,in force,,day,,NIC"
	for _, c := range []struct{ rows, want string }{
		{good, ""},
		{good + "\n" + "hsn,,both,2023-12-01,2024-01-01,,uncertain,no,document,not known,", ""},
		{"hsn,,sandbox,,2024-01-01,,in force,,day,,\nhsn,,production,,2023-01-01,,in force,,day,,", ""},
		{"hsn,,both,,2023-12-15", "wrong number of fields"},
		{"hsn,,test,,2023-12-15,,in force,,day,,", `line 2: the environment is both, sandbox or production, not "test"`},
		{"hsn,,both,,2023-12-15,,new,,day,,", `line 2: "new" is not a status`},
		{"hsn,,both,,2023-12-15,,in force,,now,,", `the date that counts is day or document, not "now"`},
		{"hsn,,both,,2023-12-15,,in force,yes,day,,", "an uncertain edition, and no other, says whether it is enforced"},
		{"hsn,,both,,2023-12-15,,uncertain,,day,why,", "an uncertain edition, and no other, says whether it is enforced"},
		{"hsn,,both,,2023-12-15,,on hold,,day,,", "an edition that is not in force needs a reason"},
		{"hsn,,both,,15/12/2023,,in force,,day,,", "from: "},
		{"hsn,,both,soon,2023-12-15,,in force,,day,,", "announced: "},
		{"hsn,,both,,2023-12-15,never,in force,,day,,", "until: "},
		{"hsn,,both,,2023-12-15,2023-12-14,in force,,day,,", "until is before from"},
		{"hsn,figure,both,,2023-12-15,,in force,,day,,", `figure "figure": write it as name=value`},
		{"hsn,figure=1,both,,2023-12-15,,in force,,day,,", "figure figure: there is no such figure"},
		{"hsn,hsnSixDigitsCrore=x,both,,2023-12-15,,in force,,day,,", "figure hsnSixDigitsCrore: "},
		{good + "\n" + "hsn,,both,,2023-12-31,,in force,,day,,", "two editions of hsn apply on 2023-12-31"},
		{good + "\n" + "hsn,,sandbox,,2023-12-20,,in force,,day,,", "two editions of hsn apply on 2023-12-20"},
		{good + "\n" + "hsn,,both,,2023-01-01,2023-01-31,in force,,day,,",
			"editions of hsn are not in the order of their days"},
	} {
		_, err := readEditions(strings.NewReader(columns + "\n" + c.rows + "\n"))
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s: %v; want %q", c.rows, err, c.want)
		}
	}
	if _, err := readEditions(strings.NewReader("rule,from\n")); err == nil {
		t.Error("other columns were read")
	}
}
