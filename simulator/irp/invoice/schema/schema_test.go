package schema

import (
	"fmt"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	_ "github.com/nicsim/nicsim/internal/seeded"
)

const head = "path,label,type,min,max,decimals,required,enum,pattern,source\n"

type inner struct {
	A string
	N Number
}

type outer struct {
	Code  string `json:"Cd"`
	New   string `also:"Old"`
	Rate  Number
	Must  inner
	May   *inner
	Lines []inner
	Free  []inner
}

const table = head + `# a comment
Cd,Code,string,2,3,,yes,AB|ABC,(?i)^(AB|ABC)$,
New,New Name,string,1,9,,no,,"^([0-9]{1,6})$",
Rate,Rate,number,0,99.99,2,no,,"^\d+.?\d{0,2}$",
Must,Must,object,,,,yes,,,
Must.A,Inner A,string,1,3,,yes,,"^([^\\""])*$",
Must.N,Inner N,number,-9,9,0,no,,,
May,May,object,,,,no,,,
May.A,Inner A,string,1,3,,yes,,"^([^\\""])*$",
May.N,Inner N,number,-9,9,0,no,,,
Lines,Lines,array,1,2,,no,,,
Lines[].A,Inner A,string,1,3,,yes,,"^([^\\""])*$",
Lines[].N,Inner N,number,-9,9,0,no,,,
Free,Free,array,,,,no,,,
Free[].A,Inner A,string,1,3,,no,,"^([^\\""])*$",
Free[].N,Inner N,number,-9,9,0,no,,,
`

func compiled(t testing.TB) *Schema {
	t.Helper()
	fields, err := Fields([]byte(table))
	if err != nil {
		t.Fatal(err)
	}
	s, err := Compile(fields, outer{})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func read(t testing.TB, text string) (outer, []string) {
	t.Helper()
	var o outer
	violations, err := compiled(t).Decode(text, &o)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, f := range violations {
		if f.Code != "5002" || f.Message == "" || f.Want == "" {
			t.Errorf("incomplete violation %+v", f)
		}
		all = append(all, f.Path+" "+strings.TrimPrefix(f.Rule, "schema-"))
	}
	return o, all
}

func TestDecodeReportsEveryViolation(t *testing.T) {
	for text, want := range map[string]string{
		`{"Cd":"AB","Must":{"A":"x"}}`:                                  ``,
		`{}`:                                                            `Cd required;Must required`,
		`{"Cd":null,"Must":null}`:                                       `Cd required;Must required`,
		`{"Cd":7,"Must":{"A":"x"}}`:                                     `Cd type`,
		`{"Cd":"A","Must":[]}`:                                          `Cd length;Cd pattern;Must type`,
		`{"Cd":"XY","Must":{}}`:                                         `Cd pattern;Must.A required`,
		`{"Cd":"AB","New":"12x","Must":{"A":"a\"b"}}`:                   `New pattern;Must.A pattern`,
		`{"Cd":"AB","Must":{"A":"éééé"}}`:                               `Must.A length`,
		`{"Cd":"AB","Must":{"A":"ééé","N":true}}`:                       `Must.N type`,
		`{"Cd":"AB","Must":{"A":"x","N":10}}`:                           `Must.N range`,
		`{"Cd":"AB","Must":{"A":"x","N":-10}}`:                          `Must.N range`,
		`{"Cd":"AB","Must":{"A":"x","N":1.0}}`:                          `Must.N pattern`,
		`{"Cd":"","Must":{"A":"x"}}`:                                    `Cd required;Cd length`,
		`{"Cd":"  ","Must":{"A":"  "}}`:                                 `Cd required;Cd length;Must.A required`,
		`{"Cd":"AB","New":"","Must":{"A":"x"}}`:                         `New length`,
		`{"Cd":"AB","New":"12345678x0","Must":{"A":"x"}}`:               `New length;New pattern`,
		`{"Cd":"AB","Must":{"A":"xxx\"","N":-9.5}}`:                     `Must.A length;Must.A pattern;Must.N pattern;Must.N range`,
		`{"Cd":"AB","Rate":-1,"Must":{"A":"x"}}`:                        `Rate pattern;Rate range`,
		`{"Cd":"AB","Rate":-1.234,"Must":{"A":"x"}}`:                    `Rate pattern;Rate range`,
		`{"Cd":"AB","Rate":1.234,"Must":{"A":"x"}}`:                     `Rate pattern`,
		`{"Cd":"AB","Rate":0.019999999999999997,"Must":{"A":"x"}}`:      `Rate pattern`,
		`{"Cd":"AB","Rate":99.991,"Must":{"A":"x"}}`:                    `Rate pattern;Rate range`,
		`{"Cd":"AB","Rate":1.` + nines(300) + `,"Must":{"A":"x"}}`:      `Rate pattern`,
		`{"Cd":"AB","Rate":-` + nines(300) + `,"Must":{"A":"x"}}`:       `Rate pattern;Rate range`,
		`{"Cd":"AB","Rate":` + nines(300) + `.123,"Must":{"A":"x"}}`:    `Rate pattern;Rate range`,
		`{"Cd":"AB","Rate":1e1,"Must":{"A":"x"}}`:                       `Rate pattern`,
		`{"Cd":"AB","Rate":1e400,"Must":{"A":"x"}}`:                     `Rate pattern`,
		`{"Cd":"AB","Rate":100,"Must":{"A":"x"}}`:                       `Rate range`,
		`{"Cd":"AB","Rate":` + nines(300) + `,"Must":{"A":"x"}}`:        `Rate range`,
		`{"Cd":"AB","Rate":"` + nines(300) + `","Must":{"A":"x"}}`:      `Rate range`,
		`{"Cd":"AB","Rate":"ten","Must":{"A":"x"}}`:                     `Rate type`,
		`{"Cd":"AB","Rate":"","Must":{"A":"x"}}`:                        `Rate type`,
		`{"Cd":"AB","Rate":"5.","Must":{"A":"x"}}`:                      `Rate type`,
		`{"Cd":"AB","Must":{"A":"x"},"May":{}}`:                         `May.A required`,
		`{"Cd":"AB","Must":{"A":"x"},"Lines":{}}`:                       `Lines type`,
		`{"Cd":"AB","Must":{"A":"x"},"Lines":[{"A":"x"},{},3,{"A":7}]}`: `Lines[1].A required;Lines[2] type`,
		`{"Cd":"AB","Must":{"A":"x"},"Lines":[null]}`:                   `Lines[0] type`,
	} {
		if _, got := read(t, text); strings.Join(got, ";") != want {
			t.Errorf("%.80s\n got %q\nwant %q", text, strings.Join(got, ";"), want)
		}
	}
}

func nines(n int) string { return strings.Repeat("9", n) }

func TestDecodeIsTolerant(t *testing.T) {
	for text, want := range map[string]string{
		`{"Cd":" abc ","Must":{"A":" x"}}`:                             `{"Cd":"ABC","Must":{"A":" x"}}`,
		`{"CD":"AB","must":{"a":"x","n":"-07"},"rate":" 007.50 "}`:     `{"Cd":"AB","Rate":7.50,"Must":{"A":"x","N":-7}}`,
		`{"Cd":"AB","cd":"ABC","Must":{"A":"x"},"MUST":{}}`:            `{"Cd":"AB","Must":{"A":"x"}}`,
		`{"cd":"ABC","CD":"AB","Must":{"A":"x","A":"y"}}`:              `{"Cd":"AB","Must":{"A":"y"}}`,
		`{"Cd":"AB","Old":"1","Must":{"A":"x"}}`:                       `{"Cd":"AB","New":"1","Must":{"A":"x"}}`,
		`{"Cd":"AB","New":"2","Old":"1","Must":{"A":"x"}}`:             `{"Cd":"AB","New":"2","Must":{"A":"x"}}`,
		`{"Cd":"AB","New":null,"More":[[1]],"Must":{"A":"x","Z":0}}`:   `{"Cd":"AB","Must":{"A":"x"}}`,
		`{"Cd":"AB","Must":{"A":"x"},"May":null,"Lines":[]}`:           `{"Cd":"AB","Must":{"A":"x"},"Lines":[]}`,
		`{"Cd":"AB","Rate":0.10,"Must":{"A":"x"},"Free":[{},{"N":0}]}`: `{"Cd":"AB","Rate":0.10,"Must":{"A":"x"},"Free":[{},{"N":0}]}`,
	} {
		o, violations := read(t, text)
		if len(violations) > 0 {
			t.Errorf("%s: %q", text, violations)
		}
		if got := string(compiled(t).Append(nil, &o, nil)); got != want {
			t.Errorf("%s\n got %s\nwant %s", text, got, want)
		}
	}
}

func TestDecodeBindsOneElementTooMany(t *testing.T) {
	o, violations := read(t, `{"Cd":"AB","Must":{"A":"x"},"Lines":[`+strings.Repeat(`{"A":"x"},`, 9)+`{}]}`)
	if len(violations) > 0 || len(o.Lines) != 3 {
		t.Errorf("%d lines and %q, want 3 and no violation", len(o.Lines), violations)
	}
	for n, want := range map[int]string{maxElements: "", maxElements + 1: "Free length"} {
		_, violations := read(t, `{"Cd":"AB","Must":{"A":"x"},"Free":[`+strings.Repeat(`{},`, n-1)+`{}]}`)
		if got := strings.Join(violations, ";"); got != want {
			t.Errorf("%d elements: %q, want %q", n, got, want)
		}
	}
}

func TestMessages(t *testing.T) {
	violations, err := compiled(t).Decode(`{"New":"1234567890","Rate":-5,"Must":{"A":"a\\","N":1.5},
		"May":{"A":"x","N":true},"Lines":[{"A":"x","N":99}],"Free":7}`, &outer{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range violations {
		got = append(got, f.Message+" | "+f.Want)
	}
	want := []string{
		`The Code field is required. | a value`,
		`The field New Name must be a string with a minimum length of 1 and a maximum length of 9. | 1 to 9 characters`,
		`The field New Name must match the regular expression '^([0-9]{1,6})$'. | ^([0-9]{1,6})$`,
		`The field Rate must match the regular expression '^\d+.?\d{0,2}$'. | digits without a sign or an exponent, at most 2 behind the point`,
		`The field Rate must be between 0 and 99.99. | 0 to 99.99`,
		`The field Inner A must match the regular expression '^([^\\"])*$'. | ^([^\\"])*$`,
		`The field Inner N must be an integer. | digits without a point or an exponent`,
		`The field Inner N must be a number. | a JSON number`,
		`The field Inner N must be between -9 and 9. | -9 to 9`,
		`The field Free must be an array. | a JSON array`,
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// A field says which values pass by its length or its codes.
func TestWants(t *testing.T) {
	type form struct{ One, Two, Cd string }
	fields, err := Fields([]byte(head + `One,One,string,1,1,,no,,"^([^\\""])*$",
Two,Two,string,2,2,,no,,"^([^\\""])*$",
Cd,Code,string,1,3,,no,AB|ABC,(?i)^(AB|ABC)$,
`))
	if err != nil {
		t.Fatal(err)
	}
	s, err := Compile(fields, form{})
	if err != nil {
		t.Fatal(err)
	}
	violations, err := s.Decode(`{"One":"xy","Two":"x","Cd":"XY"}`, &form{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range violations {
		got = append(got, f.Want)
	}
	if want := "one character; 2 characters; one of AB, ABC"; strings.Join(got, "; ") != want {
		t.Errorf("%q", got)
	}
}

func TestCompileRefuses(t *testing.T) {
	type one struct{ A string }
	for name, c := range map[string]struct {
		table string
		model any
		want  string
	}{
		"no struct":        {head, 7, "not a struct"},
		"row missing":      {head, one{}, "no row A"},
		"member missing":   {head + "A,A,string,1,2,,no,,,\nB,B,string,1,2,,no,,,\n", one{}, "no member B"},
		"type":             {head + "A,A,number,1,2,,no,,,\n", one{}, "number in the table"},
		"pattern":          {head + "A,A,string,1,2,,no,,^new$,\n", one{}, "nothing for ^new$"},
		"string, no max":   {head + "A,A,string,1,,,no,,,\n", one{}, "needs min and max"},
		"number, no min":   {head + "A,A,number,,1,,no,,,\n", struct{ A Number }{}, "needs min and max"},
		"kind of go":       {head + "A,A,number,1,2,,no,,,\n", struct{ A int }{}, "no JSON"},
		"array's maximum":  {head + "A,A,array,,1.5,,no,,,\n", struct{ A []struct{} }{}, "parsing"},
		"below an element": {head + "A,A,array,,,,no,,,\n", struct{ A []one }{}, "no row A[].A"},
	} {
		fields, err := Fields([]byte(c.table))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if _, err := Compile(fields, c.model); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want something about %q", name, err, c.want)
		}
	}
}

func TestFieldsRefuses(t *testing.T) {
	for _, row := range []string{
		"", "path,label\n", head + "A,A\n", head + ",A,string,,,,no,,,\n", head + "A,,string,,,,no,,,\n",
		head + "A,A,text,,,,no,,,\n",
		head + "A,A,string,,,,maybe,,,\n", head + "A,A,number,x,,,no,,,\n", head + "A,A,number,,,9,no,,,\n",
		head + "A,A,number,,,x,no,,,\n",
	} {
		if fields, err := Fields([]byte(row)); err == nil {
			t.Errorf("%q gave %v", row, fields)
		}
	}
}

// A number's value is that which shopspring/decimal reads from the same digits, and the text written again
// is the same number with the same decimals.
func TestNumberKeepsDigits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringMatching(`-?[0-9]{1,12}(\.[0-9]{1,5})?`).Draw(t, "digits")
		n, err := NewNumber(s)
		if err != nil {
			t.Fatal(err)
		}
		want := decimal.RequireFromString(s)
		if !n.Decimal().Equal(want) || n.Decimal().Exponent() != want.Exponent() {
			t.Fatalf("%s became %s", s, n.Decimal())
		}
		if again := decimal.RequireFromString(n.String()); !again.Equal(want) || again.Exponent() != want.Exponent() {
			t.Fatalf("%s is written %s", s, n)
		}
		if _, err := parse(n.String()); err != nil {
			t.Fatalf("%s is written %s: %v", s, n, err)
		}
	})
	for _, s := range []string{"1" + strings.Repeat("0", 17), nines(18), nines(16) + ".98", "0", "-0.5", "0.05"} {
		if n, err := NewNumber(s); err != nil || !n.Decimal().Equal(decimal.RequireFromString(s)) {
			t.Errorf("%s became %s, %v", s, n, err)
		}
	}
	for _, s := range []string{nines(16) + ".987", "1" + strings.Repeat("0", 15) + ".987",
		"", "-", "1e5", "1.", ".5", "+1", " 1", "1,0", "NaN", "0x1", nines(19), "--1"} {
		if n, err := NewNumber(s); err == nil {
			t.Errorf("%q became %s", s, n)
		}
	}
}

func TestAppendString(t *testing.T) {
	for s, want := range map[string]string{
		"a/<é😀": `"a/<é😀"`, "\"\\": `"\"\\"`, "\n\r\t\b\f\x01": `"\n\r\t\b\f\u0001"`,
		"\u2028\u2029\u0085": `"\u2028\u2029\u0085"`,
	} {
		if got := string(AppendString(nil, s)); got != want {
			t.Errorf("%q is written %s, want %s", s, got, want)
		}
	}
}

func TestAppendLeads(t *testing.T) {
	o := outer{Code: "AB", Lines: []inner{{A: "x"}, {}}, May: &inner{}}
	got := string(compiled(t).Append([]byte("> "), &o, map[string]string{"": `"X":1`, "Lines[]": `"I":0`}))
	if want := `> {"X":1,"Cd":"AB","Must":{},"May":{},"Lines":[{"I":0,"A":"x"},{"I":0}]}`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestDecodeTellsAtMostMaxViolations(t *testing.T) {
	var lines []string
	for i := range 1001 {
		lines = append(lines, fmt.Sprintf(`{"A":%d,"N":"x"}`, i))
	}
	fields, err := Fields([]byte(strings.Replace(table, "array,1,2", "array,1,9999", 1)))
	if err != nil {
		t.Fatal(err)
	}
	s, err := Compile(fields, outer{})
	if err != nil {
		t.Fatal(err)
	}
	violations, err := s.Decode(`{"Lines":[`+strings.Repeat(strings.Join(lines, ",")+",", 3)+`{}]}`, &outer{})
	if err != nil {
		t.Fatal(err)
	}
	if got := len(violations); got != MaxViolations {
		t.Errorf("%d violations, want %d", got, MaxViolations)
	}
}
