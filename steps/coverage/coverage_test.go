package coverage_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/nicsim/nicsim/features"
	"github.com/nicsim/nicsim/steps/coverage"
)

var update = flag.Bool("update", false, "write the pages of docs anew")

func TestPageIsUpToDate(t *testing.T) {
	upToDate(t, "guide-coverage.md", coverage.Page(catalogue(t)), "no scenario yet")
}

// upToDate holds a page of docs against what would be written now, and both against
// the words that stand where something is missing. With -update it writes the page.
func upToDate(t *testing.T, name string, page []byte, missing string) {
	t.Helper()
	path := filepath.Join("..", "..", "docs", name)
	if *update {
		if err := os.WriteFile(path, page, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	written, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(written, page) {
		t.Errorf("%s is stale: run go test ./steps/coverage -update", path)
	}
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
	page := string(coverage.Page(c))
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
