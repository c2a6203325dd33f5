package admin

import (
	"context"
	"errors"
	"slices"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/nicsim/nicsim/simulator/fault"
	"github.com/nicsim/nicsim/simulator/world"
)

// Faults returns the faults of a world in the order in which they were added.
func Faults(_ context.Context, w *world.World) ([]fault.Live, error) { return w.Faults.List(), nil }

// ReadFault returns one fault of a world.
func ReadFault(_ context.Context, w *world.World, name string) (fault.Live, error) {
	list := w.Faults.List()
	at := indexOfFault(list, name)
	if at < 0 {
		return fault.Live{}, noFault
	}
	return list[at], nil
}

// AddFault adds a fault to a world. It replaces one of the same name, whose counts begin again.
func AddFault(ctx context.Context, w *world.World, members map[string]jsontext.Value) (fault.Live, error) {
	rule, wrong := fault.Parse(members)
	if len(wrong) > 0 {
		violations := make([]Violation, 0, len(wrong))
		for _, v := range wrong {
			violations = append(violations, Violation{v.Field, "fault-invalid", v.Message})
		}
		return fault.Live{}, Refuse(violations...)
	}
	added := fault.Live{Rule: rule}
	return added, w.ChangeFaults(ctx, func(list []fault.Live) ([]fault.Live, error) {
		ofSituation := slices.IndexFunc(list, func(l fault.Live) bool { return l.Rule.Situation() != "" })
		switch at := indexOfFault(list, rule.Name); {
		case at >= 0:
			list[at] = added
		case ofSituation >= 0: // a tester's own faults come first
			list = slices.Insert(list, ofSituation, added)
		default:
			list = append(list, added)
		}
		_, err := fault.Written(list)
		return list, limited(err, "does")
	})
}

// limited turns the error of faults that a world cannot hold into a refusal: of the name if they are too many, of
// another field if they are too long.
func limited(err error, long string) error {
	switch {
	case errors.Is(err, fault.ErrTooMany):
		return refuse("name", "fault-limit", err.Error())
	case errors.Is(err, fault.ErrTooLong):
		return refuse(long, "fault-limit", err.Error())
	}
	return err
}

// RemoveFault removes a fault. What it still does ends.
func RemoveFault(ctx context.Context, w *world.World, name string) error {
	return w.ChangeFaults(ctx, func(list []fault.Live) ([]fault.Live, error) {
		at := indexOfFault(list, name)
		if at < 0 {
			return nil, noFault
		}
		return slices.Delete(list, at, at+1), nil
	})
}

// ClearFaults removes every fault, those of the situation too: the world is calm then.
func ClearFaults(ctx context.Context, w *world.World) error { return w.ClearFaults(ctx) }

var noFault = &Refusal{Kind: NotFound, Detail: "There is no fault of this name here."}

func indexOfFault(list []fault.Live, name string) int {
	return slices.IndexFunc(list, func(l fault.Live) bool { return l.Rule.Name == name })
}
