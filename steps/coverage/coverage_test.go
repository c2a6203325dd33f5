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

var update = flag.Bool("update", false, "write docs/guide-coverage.md anew")

func TestPageIsUpToDate(t *testing.T) {
	c, err := features.Read(features.Files())
	if err != nil {
		t.Fatal(err)
	}
	page, path := coverage.Page(c), filepath.Join("..", "..", "docs", "guide-coverage.md")
	if *update {
		if err := os.WriteFile(path, page, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	written, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(written, page) {
		t.Errorf("%s is stale: run go test ./steps/coverage -update", path)
	}
	if bytes.Contains(page, []byte("no scenario yet")) {
		t.Errorf("something has no scenario; see %s", path)
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
