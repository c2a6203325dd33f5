package coverage_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/nicsim/nicsim/features"
	"github.com/nicsim/nicsim/steps"
	"github.com/nicsim/nicsim/steps/coverage"
)

// nicCodes are the lists of NIC in the project.
func nicCodes(t *testing.T) []coverage.Code {
	t.Helper()
	list, err := os.ReadFile(filepath.Join("..", "..", "simulator", "nic", "errors.csv"))
	if err != nil {
		t.Fatal(err)
	}
	codes, err := coverage.ReadCodes(bytes.NewReader(list))
	if err != nil {
		t.Fatal(err)
	}
	return codes
}

func catalogue(t *testing.T) features.Catalogue {
	t.Helper()
	c, err := features.Read(features.Files())
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestErrorPageIsUpToDate(t *testing.T) {
	page, err := coverage.ErrorPage(catalogue(t), nicCodes(t))
	if err != nil {
		t.Fatal(err)
	}
	upToDate(t, "error-coverage.md", page, "no reason given")
}

func TestReasonsAreConsistent(t *testing.T) {
	why, err := coverage.Unanswered()
	if err != nil {
		t.Fatal(err)
	}
	expected := map[string]string{}
	for _, s := range catalogue(t).Scenarios {
		for _, code := range steps.NICCodes(s) {
			expected[code] = s.ID
		}
	}
	codes := nicCodes(t)
	for code, reason := range why {
		if id, ok := expected[code]; ok {
			t.Errorf("%s is said not to be answered, and %s expects it", code, id)
		}
		if !slices.ContainsFunc(codes, func(c coverage.Code) bool { return c.Code == code }) {
			t.Errorf("NIC has no code %s", code)
		}
		if reason.Note == "" {
			t.Errorf("%s: the reason says nothing", code)
		}
		if reason.Kind == "hidden" && expected[reason.Note] == "" {
			t.Errorf("%s is said to be hidden by %s, which no scenario expects", code, reason.Note)
		}
	}
}

// A scenario with the tag of a code must have a step that expects the code, in at least one row.
func TestScenariosExpectTheCodesOfTheirTags(t *testing.T) {
	tagged, expected := map[string][]string{}, map[string][]string{}
	for _, s := range catalogue(t).Scenarios {
		for _, tag := range s.Tags {
			if code, ok := strings.CutPrefix(tag, "@nic-"); ok {
				tagged[s.ID] = append(tagged[s.ID], code)
			}
		}
		expected[s.ID] = append(expected[s.ID], steps.NICCodes(s)...)
	}
	for id, codes := range tagged {
		for _, code := range codes {
			if !slices.Contains(expected[id], code) {
				t.Errorf("%s bears the tag of %s, and no step expects that", id, code)
			}
		}
	}
}

func TestErrorPageListsEachCode(t *testing.T) {
	const feature = `Feature: f

  @API-x @must @sim
  Scenario Outline: <code>
    Then the API refuses it with <code> at "<path>"

    Examples:
      | code       | path |
      | 2172       | a    |
      | 2172, 2234 | b    |
      | 2323       | c    |

  @API-y @must @sim
  Scenario: A portal's
    Then the portal refuses it as "gstin-cancelled"
`
	c, err := features.Read(fstest.MapFS{"api/x.feature": {Data: []byte(feature)}})
	if err != nil {
		t.Fatal(err)
	}
	page, err := coverage.ErrorPage(c, []coverage.Code{
		{"2172", "IGST <is> a|b {0}", "irn", "current"}, {"2234", "m", "irn", "current"}, {"3013", "m", "portal", "listed"},
		{"3019", "m", "irn", "current"}, {"2139", "m", "irn", "old"}, {"2235", "m", "irn", "current"},
		{"2159", "m", "irn", "current"},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"Of 7 codes 3 are answered, and 3 are not simulated for the reason given.",
		`| 2172 | IGST &lt;is&gt; a\|b {0} | yes | API-x ×2 |`,
		"| 2234 | m | yes | API-x |",
		"| 3013 | m | yes | API-y |",
		"| 3019 | m | no: not simulated, sub-users |  |",
		"| 2139 | m | no: dropped by NIC |  |",
		"| 2235 | m | no reason given |  |",
		"| 2159 | m | no: an earlier check refuses with 5002 |  |",
		"not public\n\n| code | scenarios |\n|---|---|\n| 2323 | API-x |\n",
	} {
		if !strings.Contains(string(page), want) {
			t.Errorf("the page lacks %q:\n%s", want, page)
		}
	}
	if _, err := coverage.ErrorPage(c, []coverage.Code{{"1", "m", "other", "current"}}); err == nil {
		t.Error("a code of an unknown group is left out")
	}
}

func TestReadCodesRefuses(t *testing.T) {
	for name, list := range map[string]string{
		"nothing": "", "other columns": "code,words,group,status\n", "a short line": "code,message,group,status\n1,2,3\n",
	} {
		if codes, err := coverage.ReadCodes(strings.NewReader(list)); err == nil {
			t.Errorf("%s: %v", name, codes)
		}
	}
}
