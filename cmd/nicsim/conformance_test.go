package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cucumber/godog"

	"github.com/nicsim/nicsim/internal/seeded"
	"github.com/nicsim/nicsim/simulator"
	"github.com/nicsim/nicsim/simulator/simtest"
	"github.com/nicsim/nicsim/steps"
)

// TestConformance performs every scenario of the features against a simulator, each as a subtest.
func TestConformance(t *testing.T) {
	sim := simtest.Start(t, simulator.Options{})
	result := conform(t, steps.Options{
		Sandbox: sim.Sandbox, Production: sim.Production, Control: sim.Control, GSP: sim.GSP,
		Adjust: func(o *godog.Options) { o.TestingT = t },
	})
	if n := result.Count(steps.Skipped); n > 0 {
		t.Errorf("%d scenarios were left out", n)
	}
}

// TestConformanceWithoutControl runs the scenarios that need neither a captcha nor an OTP, as for a target
// without a control API.
func TestConformanceWithoutControl(t *testing.T) {
	sim := simtest.Start(t, simulator.Options{})
	result := conform(t, steps.Options{Sandbox: sim.Sandbox, Production: sim.Production})
	if result.Count(steps.Skipped) == 0 {
		t.Error("no scenario was left out")
	}
}

// TestConformanceTwice shows that a run does not disturb the next one on the same server.
func TestConformanceTwice(t *testing.T) {
	sim := simtest.Start(t, simulator.Options{})
	for range 2 {
		conform(t, steps.Options{
			Sandbox: sim.Sandbox, Production: sim.Production, Control: sim.Control,
			Tags: "@walk,@B06-01,@B26-02",
		})
	}
}

// interrupting is a standard output that calls interrupt at each write.
type interrupting struct {
	strings.Builder
	interrupt context.CancelFunc
}

func (o *interrupting) Write(p []byte) (int, error) {
	o.interrupt()
	return o.Builder.Write(p)
}

// TestInterruptedConformance shows that no report counts scenarios that were not performed as failures.
func TestInterruptedConformance(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	out, report := interrupting{interrupt: cancel}, filepath.Join(t.TempDir(), "r.html")
	var stderr strings.Builder
	code := program{out: &out, err: &stderr}.run(ctx, []string{
		"conformance", "--tags", "@walk", "--concurrency", "1", "--seed", "7", "--verbose", "--html", report,
	})
	want := "nicsim: the run was interrupted: 3 scenarios: 1 passed, 0 failed, 2 not run (seed 7)\n"
	if code != exitFailure || stderr.String() != want {
		t.Errorf("exit code %d, standard error %q, want %q", code, stderr.String(), want)
	}
	if said := out.String(); strings.Contains(said, "cancel") || strings.Contains(said, "Failed") ||
		strings.Count(said, "\n") > 40 {
		t.Errorf("the output is\n%s", said)
	}
	html, err := os.ReadFile(report)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Incomplete: the run ended early", "the run was interrupted", "<b>1</b> passed",
		"<b>0</b> failed"} {
		if !strings.Contains(string(html), want) {
			t.Errorf("the report lacks %q", want)
		}
	}
}

// TestConformanceLosesItsTarget shows that a run ends when its target ends, and that the reports have the results so
// far.
func TestConformanceLosesItsTarget(t *testing.T) {
	sim := simtest.Start(t, simulator.Options{})
	out, junit := interrupting{interrupt: sim.Close}, filepath.Join(t.TempDir(), "r.xml")
	var stderr strings.Builder
	code := program{out: &out, err: &stderr}.run(t.Context(), []string{
		"conformance", "--tags", "@walk", "--concurrency", "1", "--seed", "7", "--verbose", "--junit", junit,
		"--sandbox", sim.Sandbox, "--production", sim.Production, "--control", sim.Control,
	})
	said, _, _ := strings.Cut(stderr.String(), "\n")
	if code != exitFailure || !strings.Contains(said, " at http://127.0.0.1:") ||
		!strings.Contains(said, "cannot be reached") || !strings.Contains(said, "3 scenarios: ") ||
		!strings.Contains(said, ", 1 with an error") {
		t.Errorf("exit code %d, standard error %q", code, stderr.String())
	}
	report, err := os.ReadFile(junit)
	if err != nil || !strings.Contains(string(report), "<skipped") || strings.Contains(string(report), "<failure") {
		t.Errorf("%v, the report is %s", err, report)
	}
}

func conform(t *testing.T, o steps.Options) steps.Result {
	t.Helper()
	o.Seed = seeded.Number()
	result, err := steps.Run(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Log(result)
	for _, f := range result.Of(steps.Fail, steps.Error) {
		t.Errorf("%s %s:%d: %s\n%s", f.Scenario.Key(), f.Scenario.File, f.Scenario.Line, f.Reason, f.Trace)
	}
	return result
}
