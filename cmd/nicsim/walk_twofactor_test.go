package main

import (
	"log/slog"
	"strings"
	"testing"

	"github.com/nicsim/nicsim/simulator"
	"github.com/nicsim/nicsim/simulator/settings"
	"github.com/nicsim/nicsim/simulator/simtest"
)

// A walk enters the OTP of a login that needs one, by JSON and on pages.
func TestWalkWithTwoFactorLogin(t *testing.T) {
	always := settings.Default()
	always.TwoFactor = settings.TwoFactorAlways
	sim := simtest.Start(t, simulator.Options{Settings: &always, Log: slog.New(slog.DiscardHandler)})
	for _, driver := range []string{"json", "forms"} {
		code, out, stderr := called(t.Context(), "walk", "--driver", driver, "--sandbox", sim.Sandbox, "--production",
			sim.Production, "--control", sim.Control)
		if code != exitGood || !strings.Contains(strings.Join(strings.Fields(out), " "), "after an OTP sent to XXXXXX3210") ||
			!strings.Contains(out, "2.9 ") {
			t.Errorf("%s: exit code %d\n%s%s", driver, code, out, stderr)
		}
	}
}
