package steps_test

import (
	"bytes"
	"context"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/nicsim/nicsim/steps"
)

// An interruption is no failure of the portals': what had begun is brought to its end, the rest is not run.
func TestInterruptedRun(t *testing.T) {
	ctx, interrupt := context.WithCancel(t.Context())
	o := options(t, "Feature: f\n"+good+outline)
	o.Concurrency, o.Tags = 1, "@must"
	asked := portal()
	interrupting := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/captchas") {
			interrupt()
		}
		asked.ServeHTTP(w, r)
	}))
	o.Sandbox, o.Production = interrupting, interrupting
	junit, cucumber := filepath.Join(t.TempDir(), "r.xml"), filepath.Join(t.TempDir(), "r.json")
	var out bytes.Buffer
	o.Out, o.Formats, o.Seed = &out, []string{"progress", "junit:" + junit, "cucumber:" + cucumber}, 42
	result, err := steps.Run(ctx, o)
	if err != nil {
		t.Fatal(err)
	}
	if result.Selected != 3 || result.Passed != 1 || result.Failed != 0 || result.NotRun != 2 ||
		len(result.Outcomes) != 1 || result.OK() {
		t.Errorf("the result is %+v", result)
	}
	if !strings.Contains(out.String(), "3 scenarios: 1 passed, 0 failed, 2 not run (seed 42)") ||
		strings.Contains(out.String(), "cancel") {
		t.Errorf("the output is\n%s", out.String())
	}
	xml, err := os.ReadFile(junit)
	if err != nil || bytes.Contains(xml, []byte("<error")) || bytes.Contains(xml, []byte("<failure")) ||
		bytes.Count(xml, []byte("<skipped")) != 2 ||
		bytes.Count(xml, []byte(`tests="3" skipped="2" failures="0" errors="0"`)) != 2 {
		t.Errorf("the junit report is %s, %v", xml, err)
	}
	document, err := os.ReadFile(cucumber)
	if err != nil || bytes.Contains(document, []byte(`"failed"`)) || bytes.Count(document, []byte(`"skipped"`)) != 4 {
		t.Errorf("the cucumber report is %s, %v", document, err)
	}
}
