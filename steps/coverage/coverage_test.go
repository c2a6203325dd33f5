package coverage_test

import (
	"bytes"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/nicsim/nicsim/features"
	"github.com/nicsim/nicsim/internal/golden"
	"github.com/nicsim/nicsim/steps"
	"github.com/nicsim/nicsim/steps/coverage"
)

func TestPageIsUpToDate(t *testing.T) {
	page, err := coverage.Page(catalogue(t))
	if err != nil {
		t.Fatal(err)
	}
	upToDate(t, "guide-coverage.md", page, "no scenario yet")
}

// upToDate compares a page of docs with the one that the features give now. The page must not contain the words for
// a missing entry. With -update it is written first.
func upToDate(t *testing.T, name string, page []byte, missing string) {
	t.Helper()
	path := filepath.Join("..", "..", "docs", name)
	golden.Compare(t, path, string(page))
	if bytes.Contains(page, []byte(missing)) {
		t.Errorf("something is missing from %s: it says %q", path, missing)
	}
}

func TestPageNamesScenarios(t *testing.T) {
	const feature = `Feature: f

  @S1-05 @must @guide-1.3
  Scenario Outline: The mobile is <written>
    Then the portal refuses it as "<code>"

    Examples:
      | written | code           |
      | short   | mobile-invalid |

    @behaviour-10
    Examples:
      | written | code             |
      | another | contact-mismatch |
`
	c, err := features.Read(fstest.MapFS{"section1/x.feature": {Data: []byte(feature)}})
	if err != nil {
		t.Fatal(err)
	}
	written, err := coverage.Page(c)
	if err != nil {
		t.Fatal(err)
	}
	page := string(written)
	const line = "- S1-05 ×2 [The mobile is &lt;written&gt;](../features/section1/x.feature) (must)\n"
	for _, want := range []string{
		"There are 1 scenarios, 2 with every row of every outline; 2 of these work without",
		"### 1.3 GSTIN, Phone number, Email address and Captcha; Validate\n\n" + line,
		"GST record: no OTP\n\n" + line,
		"### 1.4 Send OTP\n\n- no scenario yet\n",
		"| `mobile-invalid` | 422 | 3006 | S1-05 ×2 |",
		"| `contact-mismatch` | 422 | 3006 | S1-05 ×2 |",
		"| `otp-expired` | 422 |  |  |",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
}

func TestEveryRefusalIsExpectedSomewhere(t *testing.T) {
	expected := map[string]bool{}
	for _, s := range catalogue(t).Scenarios {
		for _, code := range steps.Refusals(s) {
			expected[code] = true
			if _, known := features.FindRefusal(code); !known {
				t.Errorf("%s:%d: there is no refusal %q", s.File, s.Line, code)
			}
		}
	}
	for _, r := range features.Refusals {
		if !expected[r.Code] {
			t.Errorf("no scenario expects the refusal %q", r.Code)
		}
	}
}

// A sentence with a code must be registered as one that expects the code, as coverage counts the codes in the
// registration.
func TestSentencesExpectTheCodesThatTheyName(t *testing.T) {
	listed := map[string]bool{}
	for _, c := range nicCodes(t) {
		listed[c.Code] = true
	}
	quoted, digits := regexp.MustCompile(`"([a-z-]+)"`), regexp.MustCompile(`\b\d{4}\b`)
	for _, s := range catalogue(t).Scenarios {
		for _, step := range s.Steps {
			alone := features.Scenario{Steps: []string{step}}
			refusals, nic := steps.Refusals(alone), steps.NICCodes(alone)
			for _, m := range quoted.FindAllStringSubmatch(step, -1) {
				if _, known := features.FindRefusal(m[1]); known && !slices.Contains(refusals, m[1]) {
					t.Errorf("%s:%d: %q names %s and is not registered to expect it", s.File, s.Line, step, m[1])
				}
			}
			for _, code := range digits.FindAllString(unquoted(step), -1) {
				if listed[code] && !slices.Contains(nic, code) {
					t.Errorf("%s:%d: %q names NIC's code %s and is not registered to expect it", s.File, s.Line, step, code)
				}
			}
		}
	}
}

// unquoted removes the values in quotes from a sentence: amounts, PIN codes and days.
func unquoted(step string) string { return regexp.MustCompile(`"[^"]*"`).ReplaceAllString(step, "") }
