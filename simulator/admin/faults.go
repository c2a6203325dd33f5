package admin

import (
	"context"
	"encoding/json"
	"fmt"
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
		if at := indexOfFault(list, rule.Name); at >= 0 {
			list[at] = added
		} else {
			list = append(list, added)
		}
		if len(list) > fault.Most {
			return nil, refuse("name", "fault-limit", fmt.Sprintf("a world has at most %d faults", fault.Most))
		}
		if document, err := json.Marshal(list); err != nil || len(document) > fault.MostBytes {
			return nil, refuse("does", "fault-limit",
				fmt.Sprintf("the faults of a world have at most %d bytes together", fault.MostBytes))
		}
		return list, nil
	})
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

// ClearFaults removes every fault.
func ClearFaults(ctx context.Context, w *world.World) error {
	return w.ChangeFaults(ctx, func([]fault.Live) ([]fault.Live, error) { return []fault.Live{}, nil })
}

var noFault = &Refusal{Kind: NotFound, Detail: "There is no fault of this name here."}

func indexOfFault(list []fault.Live, name string) int {
	return slices.IndexFunc(list, func(l fault.Live) bool { return l.Rule.Name == name })
}
