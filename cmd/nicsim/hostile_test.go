package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/simulator"
	"github.com/nicsim/nicsim/simulator/dice"
	"github.com/nicsim/nicsim/simulator/irp/invoice"
	"github.com/nicsim/nicsim/simulator/simtest"
)

// The same calls under the situation hostile have the same outcomes and the same journal when the seed is the same, and
// others when it is not.
func TestHostileRepeats(t *testing.T) {
	t.Parallel()
	seeds := []string{"monday", "monday", "tuesday"}
	runs := make([]hostileRun, len(seeds))
	t.Run("runs", func(t *testing.T) {
		for n, seed := range seeds {
			t.Run(fmt.Sprint(n), func(t *testing.T) {
				t.Parallel()
				runs[n] = runHostile(t, seed)
			})
		}
	})
	if diff := cmp.Diff(runs[0], runs[1]); diff != "" {
		t.Errorf("a second run differs from the first:\n%s", diff)
	}
	if cmp.Equal(runs[0].Outcomes, runs[2].Outcomes) {
		t.Error("a run with another seed has the same outcomes")
	}
	if fired := len(runs[0].Fired); fired < 10 {
		t.Errorf("%d kinds of faults fired: %v", fired, runs[0].Fired)
	}
}

// hostileRun is what can be seen of a run.
type hostileRun struct {
	Outcomes []string       // of the calls, in their order
	Fired    map[string]int // by fault
	Journal  []string       // in alphabetical order: of a call that the client gave up, the entry comes late
}

// hostilePatience bounds a call to a simulator that does not answer.
const hostilePatience = 3 * time.Second

func runHostile(t *testing.T, seed string) hostileRun {
	t.Helper()
	now := time.Date(2026, 7, 15, 10, 0, 0, 0, time.FixedZone("IST", 19800))
	s := simtest.Start(t, simulator.Options{Seed: seed, Log: slog.New(slog.DiscardHandler)})
	// On a connection that was kept, Go's client sends a GET twice.
	transport := &http.Transport{Proxy: nil, DisableKeepAlives: true}
	control, err := client.NewControl(s.Control, client.Options{HTTP: &http.Client{Transport: transport}})
	if err != nil {
		t.Fatal(err)
	}
	options := client.Options{
		HTTP: &http.Client{Transport: transport, Timeout: hostilePatience},
		Now:  func() time.Time { return now }, Random: dice.New("app keys").Stream("it"),
	}
	who := client.Credentials{ClientID: "AAFCC29ERP82ZSO", ClientSecret: "SahyadriSecret000001", GSTIN: "29ABCCD1234E1Z1",
		Username: "dakshin_run", Password: "Testing@123"}
	ctx := t.Context()
	key, err := control.PublicKey(ctx, client.EnvironmentSandbox)
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range []error{
		control.SetClock(ctx, client.Clock{Mode: "frozen", Now: now}),
		control.AddAPIUser(ctx, client.APIUserRecord{Environment: client.EnvironmentSandbox, Username: who.Username,
			Password: who.Password, GSTIN: who.GSTIN, ClientID: who.ClientID}),
		control.SetSituation(ctx, "hostile"),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	portal, err := client.NewSandbox(s.Sandbox, options)
	if err != nil {
		t.Fatal(err)
	}
	api, err := client.NewAPI(s.Sandbox, who, key, options)
	if err != nil {
		t.Fatal(err)
	}
	var run hostileRun
	call := func(what string, do func() (any, error)) {
		answer, err := do()
		run.Outcomes = append(run.Outcomes, fmt.Sprintf("%s: %s", what, hostileOutcome(answer, err)))
	}
	for round := range 40 {
		document, err := invoice.Sample{Today: now, Number: fmt.Sprintf("RUN-%d", round)}.Document()
		if err != nil {
			t.Fatal(err)
		}
		call("captcha", func() (any, error) { c, err := portal.NewCaptcha(ctx); return c.ID, err })
		call("generate", func() (any, error) {
			registered, err := api.Generate(ctx, json.RawMessage(document.JSON()))
			return registered.IRN, err
		})
		call("taxpayer", func() (any, error) { return api.Taxpayer(ctx, who.GSTIN) })
		call("health", func() (any, error) { return api.Health(ctx) })
	}
	faults, err := control.Faults(ctx)
	if err != nil {
		t.Fatal(err)
	}
	run.Fired = map[string]int{}
	for _, f := range faults {
		if f.Fired > 0 {
			run.Fired[f.Name] = f.Fired
		}
	}
	journal, err := control.Requests(ctx, client.RequestFilter{})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range journal {
		r.ID, r.RequestID = 0, ""
		line, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		run.Journal = append(run.Journal, string(line))
	}
	slices.Sort(run.Journal)
	return run
}

// hostileOutcome is an outcome in words, without the ports of connections.
func hostileOutcome(answer any, err error) string {
	if _, lost := errors.AsType[*client.Unreachable](err); lost || errors.Is(err, context.DeadlineExceeded) {
		return "no answer"
	}
	if err != nil {
		return err.Error()
	}
	return fmt.Sprint(answer)
}
