package steps_test

import (
	"io/fs"
	"slices"
	"testing"

	"github.com/cucumber/godog"

	"github.com/nicsim/nicsim/features"
	"github.com/nicsim/nicsim/internal/chromium"
	"github.com/nicsim/nicsim/internal/seeded"
	"github.com/nicsim/nicsim/simulator"
	"github.com/nicsim/nicsim/simulator/simtest"
	"github.com/nicsim/nicsim/steps"
	"github.com/nicsim/nicsim/steps/browser"
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
	portals = only{features.Files(), []string{"section1", "section2", "behaviours", "refusals"}}
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

// TestByBrowser performs both sections of the guide, and refusals, in one browser.
func TestByBrowser(t *testing.T) {
	path, err := chromium.Find("")
	if err != nil {
		t.Skip("there is no Chromium:", err)
	}
	if testing.Short() {
		t.Skip("the browser takes most of a minute")
	}
	engine, err := browser.New(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := engine.Close(); err != nil {
			t.Error(err)
		}
	}()
	driver := pages.Driver{Engine: engine}
	t.Run("walks with pictures", func(t *testing.T) {
		checkPictures(t, perform(t, steps.Options{Tags: "@walk", Concurrency: 3, Pictures: true, Driver: driver}))
	})
	t.Run("guide", func(t *testing.T) {
		perform(t, steps.Options{FS: guide, Tags: "~@walk", Concurrency: atOnce, Driver: driver})
	})
	t.Run("refusals", func(t *testing.T) {
		perform(t, steps.Options{Tags: metByPeople, Concurrency: atOnce, Driver: driver})
	})
}

// atOnce is the number of scenarios that the browser performs in parallel. They wait for pages most of the time.
const atOnce = 6

// metByPeople are likely refusals, one of each kind. The forms driver performs all refusals.
const metByPeople = "@REF-captcha-mismatch,@REF-contact-mismatch,@REF-gstin-unknown,@REF-mobile-blank," +
	"@REF-otp-attempts-exhausted,@REF-otp-expired,@REF-otp-too-soon,@REF-username-taken,@REF-already-registered," +
	"@REF-login-failed,@REF-account-locked"

func perform(t *testing.T, o steps.Options) steps.Result {
	t.Helper()
	sim := simtest.Start(t, simulator.Options{})
	o.Sandbox, o.Production, o.Control = sim.Sandbox, sim.Production, sim.Control
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
