package steps_test

import (
	"io/fs"
	"strings"
	"testing"

	"github.com/cucumber/godog"

	"github.com/nicsim/nicsim/features"
	"github.com/nicsim/nicsim/simulator"
	"github.com/nicsim/nicsim/simulator/simtest"
	"github.com/nicsim/nicsim/steps"
	"github.com/nicsim/nicsim/steps/forms"
	"github.com/nicsim/nicsim/steps/pages"
)

// guide is the feature files of the guide's two sections.
type guide struct{ fs.FS }

// Open hides what is in other folders.
func (g guide) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(g.FS, name)
	var kept []fs.DirEntry
	for _, e := range entries {
		if name != "." || strings.HasPrefix(e.Name(), "section") {
			kept = append(kept, e)
		}
	}
	return kept, err
}

// TestGuideByForms performs both sections of the guide without a browser.
func TestGuideByForms(t *testing.T) { performGuide(t, pages.Driver{Engine: forms.Engine{}}) }

func performGuide(t *testing.T, d steps.Driver) {
	t.Helper()
	sim := simtest.Start(t, simulator.Options{})
	result, err := steps.Run(t.Context(), steps.Options{
		Sandbox: sim.Sandbox, Production: sim.Production, Control: sim.Control,
		FS: guide{features.Files()}, Driver: d,
		Adjust: func(o *godog.Options) { o.TestingT = t },
	})
	if err != nil {
		t.Fatal(err)
	}
	if !result.OK() || result.LeftOut > 0 {
		t.Errorf("%s", result)
	}
	for _, f := range result.Failures {
		t.Errorf("%s %s:%d: %v\n%s", f.Scenario.Key(), f.Scenario.File, f.Scenario.Line, f.Err, f.Trace)
	}
}
