package admin

import (
	"cmp"
	"context"

	"github.com/nicsim/nicsim/simulator/journal"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/world"
)

// Refusals sums up the refused requests in the journal of a world, in one environment or in both, by their causes: the
// one that was met last first. A rule of an invoice is its own cause.
func Refusals(ctx context.Context, w *world.World, env nic.Environment) []journal.Refusals {
	list := journal.Summary(w.Recorded(ctx).Exchanges(journal.Filter{Environment: env}))
	says := map[string]string{}
	for _, rule := range Rules() {
		says[rule.Name] = rule.Says
	}
	for i := range list {
		cause := &list[i]
		known := nic.RemedyOf(cause.Code)
		switch {
		case cause.Cause != "":
		case says[cause.Rule] != "":
			cause.Cause = "The rule " + cause.Rule + " does not hold: " + says[cause.Rule]
		default:
			cause.Cause = known.Cause
		}
		cause.Remedy = cmp.Or(cause.Remedy, known.Remedy)
	}
	return list
}
