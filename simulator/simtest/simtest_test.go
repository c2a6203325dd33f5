package simtest_test

import (
	"io"
	"net/http"
	"testing"

	"github.com/nicsim/nicsim/simulator"
	"github.com/nicsim/nicsim/simulator/simtest"
)

func TestStart(t *testing.T) {
	a := simtest.Start(t, simulator.Options{Seed: "mine"})
	b := simtest.Start(t, simulator.Options{})
	if a.Seed != "mine" || b.Seed == "" || a.Sandbox == b.Sandbox {
		t.Errorf("%+v beside %+v", a, b)
	}
	for _, url := range []string{a.Control + "/readyz", a.Sandbox + "/portal/v1/providers",
		b.Control + "/w/other/control/v1/clock"} {
		resp, err := a.Client().Get(url)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.Copy(io.Discard, resp.Body)
		resp.Body.Close()
		if resp.StatusCode != http.StatusOK {
			t.Errorf("%s answers %s", url, resp.Status)
		}
	}
	t.Setenv("NICSIM_SEED", "of the environment")
	if c, d := simtest.Start(t, simulator.Options{}),
		simtest.Start(t, simulator.Options{Seed: "mine"}); c.Seed != "of the environment" || d.Seed != "mine" {
		t.Errorf("the seeds are %q and %q", c.Seed, d.Seed)
	}
	a.Close()
	a.Close()
	if resp, err := a.Client().Get(a.Sandbox); err == nil {
		resp.Body.Close()
		t.Error("still answers after Close")
	}
}
