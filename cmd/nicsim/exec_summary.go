package main

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/drill"
	"github.com/nicsim/nicsim/internal/count"
)

// execCalls counts the requests of one call.
type execCalls struct{ sent, refused, faults int }

// execSummary is what a command asked of a simulator, in all worlds.
type execSummary struct {
	calls   map[string]execCalls
	reasons map[string]client.Refusals // by cause
	cut     bool                       // a journal no longer has the first requests
}

// portalCalls is the name of all requests that are not calls of the e-Invoice API.
const portalCalls = "portals"

// mostReasons is how many causes of refusals are printed.
const mostReasons = 12

// summariseExec prints what the command asked and what was refused.
func (p program) summariseExec(ctx context.Context, control string, o client.Options, code int, seed string) error {
	s := execSummary{calls: map[string]execCalls{}, reasons: map[string]client.Refusals{}}
	connect := func(world string) (*client.Control, error) {
		return client.NewControl(control+world, o)
	}
	host, err := connect("")
	if err != nil {
		return err
	}
	worlds, err := host.Worlds(ctx)
	if err != nil {
		return err
	}
	for _, w := range worlds {
		world, err := connect("/w/" + w.Name)
		if err == nil {
			err = s.add(ctx, world)
		}
		if err != nil {
			return err
		}
	}
	return s.print(page{out: p.err, width: reportWidth}, code, seed)
}

// add counts the requests of a world.
func (s *execSummary) add(ctx context.Context, world *client.Control) error {
	requests, err := world.Requests(ctx, client.RequestFilter{})
	if err != nil {
		return err
	}
	for _, r := range requests {
		name := cmp.Or(drill.CallOf(r.Method, r.Path), portalCalls)
		c := s.calls[name]
		c.sent++
		if r.Reason != nil {
			c.refused++
		}
		if len(r.Faults) > 0 {
			c.faults++
		}
		s.calls[name] = c
	}
	if n := len(requests); n > 0 && requests[n-1].ID > 1 {
		s.cut = true
	}
	reasons, err := world.Refusals(ctx, "")
	if err != nil {
		return err
	}
	for _, r := range reasons {
		r.Count += s.reasons[r.ID].Count
		s.reasons[r.ID] = r
	}
	return nil
}

func (s *execSummary) print(out page, code int, seed string) error {
	out.line("")
	out.line("nicsim exec: the command ended with the exit code %d; seed %s", code, seed)
	if len(s.calls) == 0 {
		out.entry("", 0, "No request reached the simulator. Does the command use NIC_SANDBOX_URL?")
		return out.err
	}
	out.line("")
	rows := [][]string{{"CALL", "REQUESTS", "REFUSED", "WITH A FAULT"}}
	for _, name := range slices.Sorted(maps.Keys(s.calls)) {
		c := s.calls[name]
		rows = append(rows, []string{name, fmt.Sprint(c.sent), fmt.Sprint(c.refused), fmt.Sprint(c.faults)})
	}
	out.table(0, rows)
	for i, r := range s.sorted() {
		if i == mostReasons {
			out.line("")
			out.line("Left out: %s of refusals.", count.Of(len(s.reasons)-mostReasons, "more cause"))
			break
		}
		out.line("")
		out.entry("", 0, fmt.Sprintf("%s %s", cmp.Or(r.NICCode, r.Code), r.Detail))
		out.entry("  count", 10, fmt.Sprint(r.Count))
		for _, line := range []struct{ label, text string }{
			{"  cause", r.Cause}, {"  remedy", r.Remedy}, {"  faults", strings.Join(r.Faults, ", ")},
		} {
			if line.text != "" {
				out.entry(line.label, 10, line.text)
			}
		}
	}
	if s.cut {
		out.line("")
		out.entry("", 0, "A journal no longer has its first requests. They are not counted.")
	}
	return out.err
}

// sorted returns the causes, the most frequent first.
func (s *execSummary) sorted() []client.Refusals {
	return slices.SortedFunc(maps.Values(s.reasons), func(a, b client.Refusals) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.NICCode, b.NICCode), cmp.Compare(a.ID, b.ID))
	})
}
