package steps_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/simulator"
	"github.com/nicsim/nicsim/simulator/simtest"
	"github.com/nicsim/nicsim/steps"
	"github.com/nicsim/nicsim/steps/target"
)

// account makes an API user of a taxpayer in the sandbox of a simulator, and returns the simulator as a target of
// which nothing else is known.
func account(t *testing.T, sim *simtest.Server, gstin string) target.Target {
	t.Helper()
	control, err := client.NewControl(sim.Control, client.Options{})
	if err != nil {
		t.Fatal(err)
	}
	providers, err := control.Providers(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	key, err := control.PublicKey(t.Context(), client.EnvironmentSandbox)
	if err != nil {
		t.Fatal(err)
	}
	user := client.APIUserRecord{Environment: client.EnvironmentSandbox, Username: "daily_suite",
		Password: "Daily@2026", GSTIN: gstin, ClientID: providers[0].ClientID}
	if err := control.AddAPIUser(t.Context(), user); err != nil {
		t.Fatal(err)
	}
	return target.Target{Sandbox: target.Environment{API: sim.Sandbox, PublicKey: key, Credentials: client.Credentials{
		ClientID: user.ClientID, ClientSecret: providers[0].ClientSecret, GSTIN: gstin,
		Username: user.Username, Password: user.Password,
	}}}
}

// A target that is given by URL, key and credentials alone is judged by at least 350 scenarios, twice on one day.
func TestURLKeyAndCredentialsAlone(t *testing.T) {
	sim := simtest.Start(t, simulator.Options{})
	at := account(t, sim, "29ABCCD1234E1Z1")
	for range 2 {
		result, err := steps.Run(t.Context(), steps.Options{Target: at})
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range result.Of(steps.Fail, steps.Error) {
			t.Errorf("%s: %s\n%s", o.Scenario.Key(), o.Reason, o.Trace)
		}
		if passed := result.Count(steps.Pass); passed < 350 {
			t.Errorf("%d scenarios passed", passed)
		}
		reasons := map[string]int{}
		for _, o := range result.NotPerformed(steps.TargetLacks) {
			reasons[o.Reason]++
		}
		t.Log(result)
		for _, reason := range slices.Sorted(maps.Keys(reasons)) {
			t.Logf("%4d %s", reasons[reason], reason)
			if strings.TrimSpace(reason) == "" {
				t.Error("a skip has no reason")
			}
		}
	}
}
