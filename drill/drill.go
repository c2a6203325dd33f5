// Package drill has exercises for a client of the e-Invoice API. In each drill NIC fails in one way while the client
// registers one invoice, and the journal of the world shows whether the client recovered: with exactly one Invoice
// Reference Number (IRN), without hammering, and without giving up.
//
// [All] are the drills, as data. [Drill.Set] prepares a world for one, [Collect] reads what the client did there, and
// [Drill.Judge] judges it by rules that each have a source. The command nicsim drill runs a client in between.
//
// A drill knows a simulator by its control API alone, and the calls of the e-Invoice API by NIC's paths.
package drill

import (
	"context"
	"fmt"
	"slices"

	"github.com/nicsim/nicsim/client"
)

// Drill is one failure of NIC and what a client must do about it.
type Drill struct {
	Name    string         // as in lost-answer
	Title   string         // a few words
	Happens string         // what NIC does
	Must    string         // what a client does that recovers
	Fails   string         // which client fails
	Faults  []client.Fault // what is set in the world
}

// All returns the drills in their order.
func All() []Drill { return slices.Clone(drills) }

// Named returns the drill of a name.
func Named(name string) (Drill, bool) {
	at := slices.IndexFunc(drills, func(d Drill) bool { return d.Name == name })
	if at < 0 {
		return Drill{}, false
	}
	return drills[at], true
}

// Set sets the faults of the drill in a world.
func (d Drill) Set(ctx context.Context, world *client.Control) error {
	for _, f := range d.Faults {
		if err := world.SetFault(ctx, f); err != nil {
			return fmt.Errorf("setting the fault %s: %w", f.Name, err)
		}
	}
	return nil
}

// Verdict is what a client did in a drill, and how it was judged.
type Verdict struct {
	Drill      Drill
	Violations []Violation // none if the client passed
	Calls      []Call      // of the e-Invoice API, the oldest first
}

// Passed reports whether the client broke no rule.
func (v Verdict) Passed() bool { return len(v.Violations) == 0 }

// Violation is a rule that a client broke.
type Violation struct {
	Rule   string `json:"rule"` // its name
	Says   string `json:"says"` // what the client did
	Source string `json:"source"`
}

// Judge judges what a client did in the drill by every rule.
func (d Drill) Judge(e Evidence) Verdict {
	calls := callsOf(e.Requests, d)
	v := Verdict{Drill: d, Calls: calls}
	for _, r := range rules {
		if says := r.broken(judged{d, e, calls}); says != "" {
			v.Violations = append(v.Violations, Violation{r.Name, says, r.Source})
		}
	}
	return v
}
