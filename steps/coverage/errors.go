package coverage

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"maps"
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

// ReadCodes reads a list of codes as CSV with the columns code, message, group and status. Comments begin with #.
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

// Why is the reason why no scenario expects a code.
type Why struct {
	Kind string // hidden, twin, part or state
	Note string
}

// Unanswered returns the reasons for the codes of NIC's that no scenario expects.
func Unanswered() (map[string]Why, error) {
	list, err := files.ReadFile("unanswered.csv")
	if err != nil {
		return nil, err
	}
	rows, err := readRows(bytes.NewReader(list), "code", "why", "note")
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

// kindSentences are the reasons in words; %s stands for the note.
var kindSentences = map[string]string{
	"hidden": "no: an earlier check refuses with %s",
	"twin":   "no: nicsim answers %s instead",
	"part":   "no: not simulated, %s",
	"state":  "no: no world has on record %s",
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

// group is one of NIC's lists of codes.
type group struct {
	name, Title string
	Codes       []Code
}

// errorPage is what the template of docs/error-coverage.md shows.
type errorPage struct {
	Groups                      []group
	Listed, Answered, Explained int                 // codes
	Shown                       map[string][]string // ids of the scenarios that expect a code, one for each row
	Unlisted                    []string            // codes that scenarios expect and NIC's lists lack
	why                         map[string]Why
}

// ErrorPage returns docs/error-coverage.md.
func ErrorPage(c features.Catalogue, codes []Code) ([]byte, error) {
	page := errorPage{Listed: len(codes), Shown: map[string][]string{}}
	for _, g := range features.CodeGroups {
		page.Groups = append(page.Groups, group{name: g.Name, Title: g.Title})
	}
	var err error
	if page.why, err = Unanswered(); err != nil {
		return nil, err
	}
	for _, s := range c.Scenarios {
		for _, code := range steps.NICCodes(s) {
			page.Shown[code] = append(page.Shown[code], s.ID)
		}
	}
	page.Unlisted = slices.Sorted(maps.Keys(page.Shown))
	for _, code := range codes {
		i := slices.IndexFunc(page.Groups, func(g group) bool { return g.name == code.Group })
		if i < 0 {
			return nil, fmt.Errorf("code %s: the page has no group %q", code.Code, code.Group)
		}
		page.Groups[i].Codes = append(page.Groups[i].Codes, code)
		page.Unlisted = slices.DeleteFunc(page.Unlisted, func(shown string) bool { return shown == code.Code })
		switch page.Verdict(code) {
		case answered:
			page.Answered++
		case unexplained:
		default:
			page.Explained++
		}
	}
	return write("errors.md.tmpl", page)
}

// The verdicts without a reason.
const (
	answered    = "yes"
	unexplained = "no reason given"
)

// Verdict says whether a code is answered, or why not.
func (p errorPage) Verdict(code Code) string {
	reason, given := p.why[code.Code]
	switch {
	case p.Shown[code.Code] != nil:
		return answered
	case given:
		return fmt.Sprintf(kindSentences[reason.Kind], reason.Note)
	case code.Status == "old":
		return "no: dropped by NIC"
	}
	return unexplained
}
