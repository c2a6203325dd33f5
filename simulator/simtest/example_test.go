package simtest_test

import (
	"net/http"
	"testing"

	"github.com/nicsim/nicsim/simulator"
	"github.com/nicsim/nicsim/simulator/simtest"
)

// This is the example of the package comment. An Example function has no testing.TB, so it is a test.
func TestExample(t *testing.T) {
	sim := simtest.Start(t, simulator.Options{Seed: "example"})

	answer, err := sim.Client().Post(sim.Sandbox+"/portal/v1/captchas", "", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusCreated {
		t.Errorf("a captcha was answered with %s", answer.Status)
	}
}
