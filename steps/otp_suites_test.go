package steps_test

import (
	"fmt"
	"os"
	"testing"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/features"
	"github.com/nicsim/nicsim/simulator"
	"github.com/nicsim/nicsim/simulator/simtest"
	"github.com/nicsim/nicsim/steps"
	"github.com/nicsim/nicsim/steps/needs"
	"github.com/nicsim/nicsim/steps/target"
)

// answering is the variable with the URL of the control API from which the command of these tests reads.
const answering = "NICSIM_TEST_ANSWERS_FROM"

// TestAnswer is the command of the target: it prints the answer to what is asked.
func TestAnswer(t *testing.T) {
	if os.Getenv(answering) == "" || os.Getenv("NICSIM_ASK") == "" {
		t.Skip("it is run as a command by another test")
	}
	control, err := client.NewControl(os.Getenv(answering), client.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if os.Getenv("NICSIM_ASK") == target.AskCaptcha {
		answer, err := control.CaptchaAnswer(t.Context(), os.Getenv("NICSIM_CAPTCHA_ID"))
		if err != nil {
			t.Fatal(err)
		}
		fmt.Println(answer)
		return
	}
	messages, err := control.Inbox(t.Context(), client.InboxFilter{
		GSTIN: os.Getenv("NICSIM_GSTIN"), Purpose: os.Getenv("NICSIM_PURPOSE"), Environment: os.Getenv("NICSIM_PORTAL"),
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range messages {
		if m.Channel == os.Getenv("NICSIM_CHANNEL") {
			fmt.Println(m.OTP)
			return
		}
	}
	t.Fatal("no OTP was sent")
}

// asksOnly reports whether a scenario needs an answer to a question, and otherwise no control API.
func asksOnly(s features.Scenario) bool {
	asks := false
	for _, n := range steps.NeedsOf(s) {
		asks = asks || n.IsAsked()
		if n.IsControl() && !n.IsAsked() || n == needs.GSP {
			return false
		}
	}
	return asks
}

// Where a command gives OTPs and the answers of captchas, the scenarios of the portals that need only those run at a
// target without control API, and pass: twice on one day.
func TestScenariosWithOTPsOfACommand(t *testing.T) {
	sim := simtest.Start(t, simulator.Options{})
	t.Setenv(answering, sim.Control)
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	at := target.Target{
		Sandbox: target.Environment{Portal: sim.Sandbox}, Production: target.Environment{Portal: sim.Production},
		OTP: target.Source{From: target.FromCommand, Command: []string{program, "-test.run=^TestAnswer$"}},
	}
	for range 2 {
		result, err := steps.Run(t.Context(), steps.Options{Target: at, Only: asksOnly})
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range result.Of(steps.Fail, steps.Error) {
			t.Errorf("%s: %s\n%s", o.Scenario.Key(), o.Reason, o.Trace)
		}
		if passed := result.Count(steps.Pass); passed < 50 || passed < len(result.Performed()) {
			t.Errorf("%d scenarios passed of %d", passed, len(result.Performed()))
		}
		t.Log(result)
	}
}
