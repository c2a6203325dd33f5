package steps_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/simulator"
	"github.com/nicsim/nicsim/simulator/simtest"
	"github.com/nicsim/nicsim/steps"
	"github.com/nicsim/nicsim/steps/needs"
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

// A scenario is skipped, with the reason, if it would send more documents than a run may send, or if the target lacks a
// call or a party.
func TestWhatATargetCannotGiveIsSkipped(t *testing.T) {
	for name, c := range map[string]struct {
		change          func(*target.Target)
		reason          string
		passed, skipped int
	}{
		"documents": {func(a *target.Target) { a.Limits.Documents = 4 }, "document budget spent: limits.documents is 4", 5, 2},
		"a call": {func(a *target.Target) { a.Lacks = []needs.Need{needs.ReadRejected} },
			"the target lacks read-rejected", 6, 1},
	} {
		t.Run(name, func(t *testing.T) {
			at := account(t, simtest.Start(t, simulator.Options{}), "29ABCCD1234E1Z1")
			c.change(&at)
			result, err := steps.Run(t.Context(), steps.Options{Target: at, Tags: "@API-cancel,@API-read-rejected"})
			if err != nil || !result.OK() {
				t.Fatalf("%s, %v", result, err)
			}
			reasons := map[string]int{}
			for _, o := range result.NotPerformed(steps.TargetLacks) {
				reasons[o.Reason]++
			}
			if result.Count(steps.Pass) != c.passed || reasons[c.reason] != c.skipped {
				t.Errorf("%s, with the reasons %v", result, reasons)
			}
		})
	}
}

// A party that was not given is a taxpayer of nicsim, if the target knows it.
func TestUnknownParties(t *testing.T) {
	sim := simtest.Start(t, simulator.Options{})
	at := account(t, sim, "29ABCCD1234E1Z1")
	control, err := client.NewControl(sim.Control, client.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := control.DeleteTaxpayer(t.Context(), target.NicsimParties()["sez"]); err != nil {
		t.Fatal(err)
	}
	result, err := steps.Run(t.Context(), steps.Options{Target: at, Tags: "@API-rule-supply"})
	if err != nil || !result.OK() {
		t.Fatalf("%s, %v", result, err)
	}
	lacking := result.NotPerformed(steps.TargetLacks)
	if len(lacking) == 0 || len(lacking) > 6 {
		t.Errorf("%d scenarios are skipped", len(lacking))
	}
	for _, o := range lacking {
		if o.Reason != "the target has no taxpayer for parties.sez" {
			t.Errorf("%s is skipped: %s", o.Scenario.Key(), o.Reason)
		}
	}
}

// The API user is refused: nothing is performed, and that is not the target's failure.
func TestRefusedAPIUser(t *testing.T) {
	at := account(t, simtest.Start(t, simulator.Options{}), "29ABCCD1234E1Z1")
	at.Sandbox.Credentials.Password = "Wrong@2026"
	result, err := steps.Run(t.Context(), steps.Options{Target: at})
	if _, ok := errors.AsType[*steps.AccountError](err); !ok || len(result.Performed()) > 1 {
		t.Errorf("%s, %v", result, err)
	}
	if err != nil && strings.Contains(err.Error(), "Wrong@2026") {
		t.Error("the error has the password")
	}
}
