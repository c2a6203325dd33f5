package steps_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/cucumber/godog"

	"github.com/nicsim/nicsim/steps"
)

// portal answers the calls of a few scenarios: with captchas, and that there is no session.
func portal() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		if strings.HasSuffix(r.URL.Path, "/captchas") {
			w.WriteHeader(http.StatusCreated)
			_, _ = io.WriteString(w, `{"captchaId":"c1","image":"/c1.png","expiresAt":"2026-01-02T03:04:05+05:30"}`)
			return
		}
		w.Header().Set("Content-Type", "application/problem+json")
		w.WriteHeader(http.StatusUnauthorized)
		_, _ = io.WriteString(w, `{"type":"urn:nicsim:problem:session-required","code":"session-required","status":401}`)
	})
}

// control records the worlds that are ended.
type control struct {
	mu    sync.Mutex
	ended []string
}

func (c *control) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodDelete {
		c.mu.Lock()
		c.ended = append(c.ended, filepath.Base(r.URL.Path))
		c.mu.Unlock()
	}
	w.WriteHeader(http.StatusNoContent)
}

func serve(t *testing.T, h http.Handler) string {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	return server.URL
}

// options returns the options of a run against a small target without a control API.
func options(t *testing.T, feature string) steps.Options {
	t.Helper()
	return steps.Options{
		Sandbox: serve(t, portal()), Production: serve(t, portal()),
		FS: fstest.MapFS{"section1/x.feature": {Data: []byte(feature)}},
	}
}

const (
	good = `
  @S1-01 @must @sim
  Scenario: In India
    When Asha asks the trial portal for a captcha
    Then its time has the offset of India
`
	bad = `
  @S1-02 @must @sim
  Scenario: A wrong id
    When Asha asks the trial portal for a captcha
    Then the answer has the request id "nobody"
`
	undefined = `
  @S1-03 @must @sim
  Scenario: An unknown step
    When Asha dances
`
	needy = `
  @S1-04 @should @sim
  Scenario: Needs control
    Given SMS messages are dropped
    When Asha asks the trial portal for a captcha
    Then its time has the offset of India
`
	unseen = `
  @S1-05 @must @sim
  Scenario: A refusal without a step for it
    When Asha looks at the list of API users
`
	outline = `
  @S1-06 @must @sim
  Scenario Outline: At the <portal> portal
    When Asha asks the <portal> portal for a captcha
    Then its time has the offset of India

    Examples:
      | portal     |
      | trial      |
      | production |
`
)

func TestRunReportsFailures(t *testing.T) {
	result, err := steps.Run(t.Context(), options(t, "Feature: f\n"+bad))
	if err != nil {
		t.Fatal(err)
	}
	f := result.Failures()[0]
	if !strings.Contains(f.Err.Error(), "instead of nobody") ||
		!strings.Contains(f.Trace, "trial: POST /portal/v1/captchas") {
		t.Errorf("the failure is %v with the trace\n%s", f.Err, f.Trace)
	}
}

func TestRunGivesEachScenarioAWorld(t *testing.T) {
	worlds := &control{}
	o := options(t, "Feature: f\n"+outline+needy)
	o.Control, o.WorldSuffix = serve(t, worlds), "-7"
	result, err := steps.Run(t.Context(), o)
	if err != nil || !result.OK() {
		t.Fatalf("%s, %v", result, err)
	}
	slices.Sort(worlds.ended)
	// at the beginning and at the end
	want := []string{"s1-04-7", "s1-04-7", "s1-06-1-7", "s1-06-1-7", "s1-06-2-7", "s1-06-2-7"}
	if !slices.Equal(worlds.ended, want) {
		t.Errorf("ended worlds %q, want %q", worlds.ended, want)
	}
}

func TestRunWithoutScenariosIsAnError(t *testing.T) {
	cases := map[string]struct{ feature, tags, reason string }{
		"no scenario with the tag": {good, "@S1-99", `"@S1-99"`},
		"all need control":         {needy, "", "has no control API"},
		"all need a setting":       {good + needy, "@needs-settings", "has no control API"},
		"no scenario at all":       {"", "", "there is none"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			o := options(t, "Feature: f\n"+c.feature)
			o.Tags = c.tags
			result, err := steps.Run(t.Context(), o)
			if !errors.Is(err, steps.ErrNothingSelected) || !strings.Contains(err.Error(), c.reason) || result.OK() {
				t.Errorf("the error is %v, and the result OK: %t", err, result.OK())
			}
		})
	}
}

func TestRunReportsAnUnreachableTarget(t *testing.T) {
	gone := httptest.NewServer(portal())
	gone.Close()
	for listener, point := range map[string]func(*steps.Options){
		"trial portal":      func(o *steps.Options) { o.Sandbox = gone.URL },
		"production portal": func(o *steps.Options) { o.Production = gone.URL },
		"control API":       func(o *steps.Options) { o.Control = gone.URL },
	} {
		o := options(t, "Feature: f\n"+good)
		var out bytes.Buffer
		o.Out = &out
		point(&o)
		_, err := steps.Run(t.Context(), o)
		var unreachable *steps.UnreachableError
		if !errors.As(err, &unreachable) || unreachable.Listener != listener || unreachable.BaseURL != gone.URL {
			t.Errorf("%s: the error is %v", listener, err)
		}
		if out.Len() > 0 {
			t.Errorf("%s: something was run: %s", listener, out.String())
		}
	}
}

func TestRunRefusesOptions(t *testing.T) {
	for option, spoil := range map[string]func(*steps.Options){
		"Sandbox":     func(o *steps.Options) { o.Sandbox = "" },
		"Production":  func(o *steps.Options) { o.Production = "" },
		"Tags":        func(o *steps.Options) { o.Tags = "not @must" },
		"Control":     func(o *steps.Options) { o.Control = "http://127.0.0.1:1/w/mine" },
		"Concurrency": func(o *steps.Options) { o.Concurrency = -1 },
		"WorldSuffix": func(o *steps.Options) { o.WorldSuffix = "_A" },
		"On":          func(o *steps.Options) { o.On = time.Now() },
		"Formats":     func(o *steps.Options) { o.Formats = []string{"html"} },
	} {
		o := options(t, "Feature: f\n"+good)
		spoil(&o)
		_, err := steps.Run(t.Context(), o)
		var wrong *steps.OptionError
		if !errors.As(err, &wrong) || wrong.Option != option {
			t.Errorf("%s: the error is %v", option, err)
		}
	}
	for _, format := range []string{"cucumber:", "cucumber:a,b", "cucumber:" + filepath.Join(t.TempDir(), "no", "such")} {
		o := options(t, "Feature: f\n"+good)
		o.Formats = []string{format}
		var wrong *steps.OptionError
		if _, err := steps.Run(t.Context(), o); !errors.As(err, &wrong) {
			t.Errorf("%s: the error is %v", format, err)
		}
	}
}

func TestRunReports(t *testing.T) {
	cucumber := filepath.Join(t.TempDir(), "r.json")
	o := options(t, "Feature: f\n"+good+bad)
	var out bytes.Buffer
	o.Out, o.Formats, o.Seed = &out, []string{"pretty", "cucumber:" + cucumber}, 42
	result, err := steps.Run(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	if result.Seed != 42 || !strings.Contains(out.String(), "1 passed, 1 failed") {
		t.Errorf("the seed is %d and the output\n%s", result.Seed, out.String())
	}
	var report []struct{ Elements []struct{ Name string } }
	document, err := os.ReadFile(cucumber)
	if err == nil {
		err = json.Unmarshal(document, &report)
	}
	if err != nil || len(report) != 1 || len(report[0].Elements) != 2 {
		t.Errorf("the cucumber report is %s, %v", document, err)
	}
}

func TestRunShufflesByItsSeed(t *testing.T) {
	order := func(seed int64) (names []string) {
		o := options(t, "Feature: f\n"+good+outline)
		o.FS.(fstest.MapFS)["section2/y.feature"] = &fstest.MapFile{Data: []byte("Feature: g\n" +
			strings.ReplaceAll(outline, "S1-06", "S2-06"))}
		o.Seed, o.Concurrency = seed, 1
		var out bytes.Buffer
		o.Out = &out
		o.Adjust = func(g *godog.Options) { g.Format = "events" }
		if _, err := steps.Run(t.Context(), o); err != nil {
			t.Fatal(err)
		}
		for _, line := range strings.Split(out.String(), "\n") {
			if strings.Contains(line, `"TestCaseStarted"`) {
				names = append(names, line[strings.Index(line, `"location"`):strings.Index(line, `,"timestamp"`)])
			}
		}
		return names
	}
	first := order(7)
	if len(first) != 5 || !slices.Equal(first, order(7)) {
		t.Errorf("seed 7 gives %q and then %q", first, order(7))
	}
	var differs bool
	for seed := int64(8); seed < 16; seed++ {
		differs = differs || !slices.Equal(first, order(seed))
	}
	if !differs {
		t.Error("no seed gives another order")
	}
}

func TestFreshSeedsDiffer(t *testing.T) {
	var seeds []int64
	for range 2 {
		result, err := steps.Run(t.Context(), options(t, "Feature: f\n"+good))
		if err != nil {
			t.Fatal(err)
		}
		seeds = append(seeds, result.Seed)
	}
	if seeds[0] == 0 || seeds[0] == seeds[1] {
		t.Errorf("the seeds are %d", seeds)
	}
}

func TestRunReadsBrokenFeaturesAsAnError(t *testing.T) {
	_, err := steps.Run(t.Context(), options(t, "Nonsense\n"))
	if err == nil || !strings.Contains(err.Error(), "section1/x.feature") {
		t.Errorf("the error is %v", err)
	}
}
