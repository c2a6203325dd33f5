package steps_test

import (
	"fmt"
	"maps"
	"net/http"
	"net/http/httputil"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nicsim/nicsim/simulator"
	"github.com/nicsim/nicsim/simulator/simtest"
	"github.com/nicsim/nicsim/steps"
	"github.com/nicsim/nicsim/steps/target"
)

// judge performs the scenarios at a target without a control API, in the order of a seed; 0 means a random one.
// At least 350 must run, and none fail.
func judge(t *testing.T, at target.Target, seed int64) steps.Result {
	t.Helper()
	result, err := steps.Run(t.Context(), steps.Options{Target: at, Seed: seed})
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range result.Of(steps.Fail, steps.Error) {
		t.Errorf("%s: %s\n%s", o.Scenario.Key(), o.Reason, o.Trace)
	}
	if passed := result.Count(steps.Pass); passed < 350 {
		t.Errorf("%d scenarios passed", passed)
	}
	return result
}

// A target that is given by URL, key and credentials alone is judged by at least 350 scenarios, twice on one day. Two
// runs with one seed have the same outcomes, for the same reasons.
func TestSuiteByURLKeyAndCredentials(t *testing.T) {
	sim := simtest.Start(t, simulator.Options{})
	at := account(t, sim, "29ABCCD1234E1Z1")
	var first []string
	for range 2 {
		result := judge(t, at, 42)
		var outcomes []string
		for _, o := range result.Outcomes {
			outcomes = append(outcomes, fmt.Sprintf("%s: %s %s", o.Scenario.Key(), o.Verdict, o.Reason))
		}
		if first == nil {
			first = outcomes
		}
		if diff := cmp.Diff(first, outcomes); diff != "" {
			t.Error(diff)
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

// A supplier in another state than that of the scenarios finds the same.
func TestSuiteOfAnotherState(t *testing.T) {
	sim := simtest.Start(t, simulator.Options{})
	at := account(t, sim, "33ABCCD1234E1ZC")
	at.Parties = map[string]string{"sameState": "33ABCCL1246K1ZN"}
	judge(t, at, 0)
}

// The suite judges a simulator behind a gateway that has paths and headers of its own.
func TestSuiteBehindAGateway(t *testing.T) {
	sim := simtest.Start(t, simulator.Options{})
	at := account(t, sim, "29ABCCD1234E1Z1")
	var strange atomic.Int32
	behind := proxy(t, sim.Sandbox, func(r *httputil.ProxyRequest) {
		path := strings.TrimPrefix(r.In.URL.Path, "/nic")
		for own, nic := range map[string]string{"/vital": "/eivital/v1.04", "/core": "/eicore/v1.03"} {
			if rest, ok := strings.CutPrefix(path, own+"/"); ok {
				path = nic + "/" + rest
			}
		}
		r.Out.URL.Path = path
	})
	gateway := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		known := strings.HasPrefix(r.URL.Path, "/nic/") && !strings.HasPrefix(r.URL.Path, "/nic/eicore")
		if !known || r.Header.Get("X-Api-Key") != "k" {
			strange.Add(1)
			w.WriteHeader(http.StatusNotFound)
			return
		}
		behind.ServeHTTP(w, r)
	}))
	at.Sandbox.API = gateway + "/nic"
	at.Sandbox.Headers = map[string]string{"X-Api-Key": "k"}
	at.Sandbox.Paths = map[string]string{"/eivital/v1.04": "/vital", "/eicore/v1.03": "/core"}
	judge(t, at, 0)
	if strange.Load() > 0 {
		t.Errorf("%d calls had another path, or no key", strange.Load())
	}
}
