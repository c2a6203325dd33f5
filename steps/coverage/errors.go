package coverage

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/nicsim/nicsim/features"
	"github.com/nicsim/nicsim/steps"
)

// Code is one row of NIC's lists of error codes.
type Code struct {
	Code    string
	Message string // NIC's words; {0}, {1} are places to fill in
	Group   string // vital, irn, gstin, ewb, ewb-system, portal, app or schema
	Status  string // current, listed, or old for those that NIC has dropped
}

// ReadCodes reads a list of codes: lines of code, message, group and status, the first with these
// names, and comments that begin with #.
func ReadCodes(list io.Reader) ([]Code, error) {
	rows, err := readRows(list, "code", "message", "group", "status")
	if err != nil {
		return nil, fmt.Errorf("reading NIC's codes: %w", err)
	}
	codes := make([]Code, 0, len(rows))
	for _, r := range rows {
		codes = append(codes, Code{r[0], r[1], r[2], r[3]})
	}
	return codes, nil
}

//go:embed unanswered.csv
var unansweredCSV []byte

// Why says why no scenario expects a code.
type Why struct {
	Kind string // failure, hidden, twin, part or state
	Note string
}

// Unanswered are the codes that no scenario expects though NIC has them.
func Unanswered() (map[string]Why, error) {
	rows, err := readRows(bytes.NewReader(unansweredCSV), "code", "why", "note")
	if err != nil {
		return nil, fmt.Errorf("reading why codes are not answered: %w", err)
	}
	why := map[string]Why{}
	for _, r := range rows {
		if _, known := kindSentences[r[1]]; !known {
			return nil, fmt.Errorf("code %s: there is no reason %q", r[0], r[1])
		}
		why[r[0]] = Why{r[1], r[2]}
	}
	return why, nil
}

// kindSentences are the reasons in words, with the note where %s is.
var kindSentences = map[string]string{
	"failure": "**A failure inside NIC**, which no request causes: %s",
	"hidden":  "no: refused before, with %s",
	"twin":    "no: told otherwise, %s",
	"part":    "no: not simulated, %s",
	"state":   "no: no world has on record %s",
}

func readRows(list io.Reader, columns ...string) ([][]string, error) {
	r := csv.NewReader(list)
	r.Comment, r.FieldsPerRecord = '#', len(columns)
	rows, err := r.ReadAll()
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 || !slices.Equal(rows[0], columns) {
		return nil, fmt.Errorf("the columns are not %s", strings.Join(columns, ", "))
	}
	return rows[1:], nil
}

const errorsHead = `<!-- Made from the features by "go test ./steps/coverage -update". Do not edit. -->

# NIC's error codes and the scenarios that show them

Every code of NIC's lists with its words. A code is answered if a scenario expects it; the scenario is
named by its id, which is also its tag: ` + "`nicsim conformance --tags @API-auth`" + `. ×3 says that three rows
of an outline expect it. Where no scenario does, it is said why not. ` + "`nicsim codes 2172`" + ` explains one.

`

// groups are NIC's, in the order of the page.
var groups = []struct{ name, title string }{
	{"vital", "Logging in"}, {"irn", "Invoices and IRNs"}, {"gstin", "GSTINs and PIN codes"}, {"ewb", "E-way bills"},
	{"portal", "The portals"}, {"app", "The application"}, {"schema", "The schema"},
	{"ewb-system", "The e-way bill system"},
}

// ErrorPage writes the page about NIC's codes.
func ErrorPage(c features.Catalogue, codes []Code) ([]byte, error) {
	why, err := Unanswered()
	if err != nil {
		return nil, err
	}
	shown, listed := expectations(c), map[string]bool{}
	var answered, failures int
	var tables bytes.Buffer
	for _, g := range groups {
		fmt.Fprintf(&tables, "\n## %s\n\n| code | NIC's words | answered | scenarios |\n|---|---|---|---|\n", g.title)
		for _, code := range codes {
			if code.Group != g.name {
				continue
			}
			listed[code.Code] = true
			if shown[code.Code] != nil {
				answered++
			}
			if why[code.Code].Kind == "failure" {
				failures++
			}
			fmt.Fprintf(&tables, "| %s | %s | %s | %s |\n", code.Code, cell(code.Message), verdict(code, shown, why),
				shown[code.Code])
		}
	}
	unlisted(&tables, shown, listed)
	if len(listed) != len(codes) {
		return nil, fmt.Errorf("%d of %d codes are in a group that the page knows", len(listed), len(codes))
	}
	var page bytes.Buffer
	page.WriteString(errorsHead)
	fmt.Fprintf(&page, "Of %d codes %d are answered, and %d are failures inside NIC.\n", len(codes), answered, failures)
	page.Write(tables.Bytes())
	return page.Bytes(), nil
}

// verdict says whether a code is answered, or why not.
func verdict(code Code, shown map[string]*showing, why map[string]Why) string {
	reason, given := why[code.Code]
	switch {
	case shown[code.Code] != nil:
		return "yes"
	case given:
		return fmt.Sprintf(kindSentences[reason.Kind], reason.Note)
	case code.Status == "old":
		return "no: dropped by NIC"
	}
	return "no reason given"
}

// unlisted are codes that scenarios expect and NIC's lists do not have.
func unlisted(page *bytes.Buffer, shown map[string]*showing, listed map[string]bool) {
	var others []string
	for code := range shown {
		if !listed[code] {
			others = append(others, code)
		}
	}
	if len(others) == 0 {
		return
	}
	slices.Sort(others)
	page.WriteString("\n## Known from advisories, their words not public\n\n| code | scenarios |\n|---|---|\n")
	for _, code := range others {
		fmt.Fprintf(page, "| %s | %s |\n", code, shown[code])
	}
}

// showing is who expects a code.
type showing struct {
	ids  []string       // of scenarios, in their order
	rows map[string]int // of each
}

func (s *showing) String() string {
	if s == nil {
		return ""
	}
	named := make([]string, 0, len(s.ids))
	for _, id := range s.ids {
		named = append(named, id+times(s.rows[id]))
	}
	return strings.Join(named, ", ")
}

// expectations are the scenarios by the codes that they expect.
func expectations(c features.Catalogue) map[string]*showing {
	shown := map[string]*showing{}
	for _, s := range c.Scenarios {
		for _, code := range steps.NICCodes(s) {
			by := shown[code]
			if by == nil {
				by = &showing{rows: map[string]int{}}
				shown[code] = by
			}
			if by.rows[s.ID]++; by.rows[s.ID] == 1 {
				by.ids = append(by.ids, s.ID)
			}
		}
	}
	return shown
}

// cell keeps a message within its cell, and from being taken for HTML.
func cell(message string) string { return strings.ReplaceAll(escape(message), "|", `\|`) }
