package steps_test

import (
	"io/fs"
	"slices"
	"testing"

	"github.com/cucumber/godog"

	"github.com/nicsim/nicsim/features"
	"github.com/nicsim/nicsim/internal/seeded"
	"github.com/nicsim/nicsim/simulator"
	"github.com/nicsim/nicsim/simulator/simtest"
	"github.com/nicsim/nicsim/steps"
	"github.com/nicsim/nicsim/steps/forms"
	"github.com/nicsim/nicsim/steps/pages"
)

// only has the features of some folders.
type only struct {
	fs.FS
	folders []string
}

// ReadDir hides the other folders.
func (o only) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(o.FS, name)
	if name == "." {
		entries = slices.DeleteFunc(entries, func(e fs.DirEntry) bool { return !slices.Contains(o.folders, e.Name()) })
	}
	return entries, err
}

var (
	guide   = only{features.Files(), []string{"section1", "section2"}}
	portals = only{features.Files(), []string{"section1", "section2", "gsp", "behaviours", "refusals"}}
)

// TestPortalsByForms performs the guide, the refusals and the behaviours with the forms driver. Scenarios about the
// JSON are left out; the guide has none.
func TestPortalsByForms(t *testing.T) {
	result := perform(t, steps.Options{FS: portals, Driver: pages.Driver{Engine: forms.Engine{}}})
	if n := len(result.NotPerformed(steps.OnlyJSON)); n == 0 || n > len(result.Performed())/5 {
		t.Errorf("%s", result)
	}
	catalogue, err := features.Read(guide)
	if err != nil {
		t.Fatal(err)
	}
	performed := map[string]bool{}
	for _, o := range result.Performed() {
		performed[o.Scenario.Key()] = true
	}
	for _, s := range catalogue.Scenarios {
		if !performed[s.Key()] {
			t.Errorf("%s of the guide was left out", s.Key())
		}
	}
}

func perform(t *testing.T, o steps.Options) steps.Result {
	t.Helper()
	sim := simtest.Start(t, simulator.Options{})
	o.Sandbox, o.Production, o.Control, o.GSP = sim.Sandbox, sim.Production, sim.Control, sim.GSP
	o.Adjust, o.Seed = func(o *godog.Options) { o.TestingT = t }, seeded.Number()
	result, err := steps.Run(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	if !result.OK() || result.Count(steps.Skipped) > 0 {
		t.Errorf("%s", result)
	}
	for _, f := range result.Of(steps.Fail, steps.Error) {
		t.Errorf("%s %s:%d: %s\n%s", f.Scenario.Key(), f.Scenario.File, f.Scenario.Line, f.Reason, f.Trace)
	}
	return result
}
