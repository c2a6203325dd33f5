package steps_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/nicsim/nicsim/steps"
	"github.com/nicsim/nicsim/steps/report"
)

// seen are the steps of the walks that do not change the screen: they check the page of the step before, or select a
// value that is selected already.
var seen = []string{
	`her GSTIN "`, "the acknowledgement is shown", "the message says",
	`she selects "Taxpayer" on`, `she selects "GSP" under "Registration through"`,
}

// checkPictures checks that the values of a step are on the picture of that step, not of a later one.
func checkPictures(t *testing.T, result steps.Result) {
	t.Helper()
	all, changed := 0, 0
	for _, outcome := range result.Performed() {
		var before []byte
		for _, step := range outcome.Steps {
			all++
			same := slices.ContainsFunc(seen, func(begin string) bool { return strings.HasPrefix(step.Text, begin) })
			if !same {
				changed++
			}
			if step.Picture == nil || step.Unchanged != same || bytes.Equal(step.Picture, before) != same {
				t.Errorf("%s: %q has a picture of %d bytes, unchanged %t, %q",
					outcome.Scenario.Key(), step.Text, len(step.Picture), step.Unchanged, step.NoPicture)
			}
			before = step.Picture
		}
	}
	var written bytes.Buffer
	if err := report.Write(&written, report.Run{Result: result, Driver: "browser"}); err != nil {
		t.Fatal(err)
	}
	if shown := countElements(t, written.Bytes(), "img"); shown != all || all == 0 {
		t.Errorf("the report shows %d pictures of %d steps", shown, all)
	}
	if stored := bytes.Count(written.Bytes(), []byte("data:image/webp")); stored != changed {
		t.Errorf("the report stores %d pictures, %d of which differ", stored, changed)
	}
}

func countElements(t *testing.T, markup []byte, tag string) (n int) {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(markup))
	if err != nil {
		t.Fatal(err)
	}
	for e := range root.Descendants() {
		if e.Type == html.ElementNode && e.Data == tag {
			n++
		}
	}
	return n
}
