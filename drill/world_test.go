package drill_test

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/drill"
	"github.com/nicsim/nicsim/simulator"
	"github.com/nicsim/nicsim/simulator/simtest"
)

func worldOf(t *testing.T) (*simtest.Server, *client.Control) {
	t.Helper()
	sim := simtest.Start(t, simulator.Options{Seed: "drill"})
	world, err := client.NewControl(sim.Control, client.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return sim, world
}

// A simulator takes the faults of every drill, and Collect removes them.
func TestDrillsCanBeSet(t *testing.T) {
	t.Parallel()
	_, world := worldOf(t)
	var names []string
	for _, d := range drill.All() {
		if slices.Contains(names, d.Name) || d.Title == "" || d.Happens == "" || d.Must == "" || d.Fails == "" {
			t.Errorf("the drill %q has a text too few, or its name is not its own", d.Name)
		}
		names = append(names, d.Name)
		if err := d.Set(t.Context(), world); err != nil {
			t.Fatalf("%s: %v", d.Name, err)
		}
		e, err := drill.Collect(t.Context(), world)
		if err != nil || len(e.Fired) != len(d.Faults) {
			t.Errorf("%s: %d of %d faults are set: %v", d.Name, len(e.Fired), len(d.Faults), err)
		}
		if left, err := world.Faults(t.Context()); err != nil || len(left) > 0 {
			t.Errorf("%s: left are %v, %v", d.Name, left, err)
		}
	}
	if len(names) != 8 {
		t.Errorf("%d drills", len(names))
	}
}

// A client that waits for an answer is seen while it waits, and judged by the call that it waits for.
func TestCallWithoutAnAnswer(t *testing.T) {
	t.Parallel()
	sim, world := worldOf(t)
	d, _ := drill.Named("time-out")
	if err := d.Set(t.Context(), world); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, sim.Sandbox+"/eicore/v1.03/Invoice",
		strings.NewReader("{}"))
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() {
		answer, err := sim.Client().Do(request)
		if err == nil {
			answer.Body.Close()
		}
		ended <- err
	}()
	for seen := (drill.Activity{}); !seen.Waiting; {
		select {
		case err := <-ended:
			t.Fatalf("the call ended: %v", err)
		default:
		}
		if seen, err = drill.Watch(t.Context(), world); err != nil {
			t.Fatal(err)
		}
	}
	e, err := drill.Collect(t.Context(), world)
	if err != nil {
		t.Fatal(err)
	}
	v := d.Judge(e)
	if len(v.Calls) != 1 || v.Calls[0].Outcome != "without an answer" || v.Passed() {
		t.Errorf("the verdict is %+v", v)
	}
	if <-ended == nil {
		t.Error("the call was answered")
	}
	if seen, err := drill.Watch(t.Context(), world); err != nil || seen != (drill.Activity{Requests: 1}) {
		t.Errorf("afterwards %+v is seen, %v", seen, err)
	}
}
