package worldfile

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/nicsim/nicsim/internal/document"
	"github.com/nicsim/nicsim/simulator/admin"
	"github.com/nicsim/nicsim/simulator/clock"
	"github.com/nicsim/nicsim/simulator/settings"
	"github.com/nicsim/nicsim/simulator/store"
	"github.com/nicsim/nicsim/simulator/world"
)

// Populate fills a world without an entry in a document: from the fixtures.
func Populate(ctx context.Context, to *world.World) error { return World{}.populate(ctx, to) }

// Origins returns what the worlds of a document are made from, by name. The settings of an entry change a base.
func (d *Document) Origins(base settings.Settings) (map[string]world.Origin, error) {
	origins := map[string]world.Origin{}
	for _, w := range d.Worlds {
		from, err := w.Origin(base)
		if err != nil {
			return nil, err
		}
		origins[w.Name] = from
	}
	return origins, nil
}

// Make makes the world of the entry, in place of the one of its name.
func (w World) Make(ctx context.Context, worlds *world.Worlds) (*world.World, error) {
	from, err := w.Origin(worlds.Settings())
	if err != nil {
		return nil, err
	}
	return worlds.Remake(ctx, w.Name, from)
}

// Origin returns what a world is made from. The settings of the entry change a base. The error is an [*admin.Refusal]
// when the two do not go together.
func (w World) Origin(base settings.Settings) (world.Origin, error) {
	figures, violations, err := w.settings(base)
	if err != nil {
		return world.Origin{}, err
	}
	if len(violations) > 0 {
		return world.Origin{}, admin.Refuse(violations...)
	}
	condition, violations, err := w.condition(figures)
	if len(violations) > 0 {
		return world.Origin{}, admin.Refuse(violations...)
	}
	return world.Origin{
		Settings: &figures, Situation: w.Situation, Clock: w.setClock, Populate: w.populate, Condition: condition,
	}, err
}

func (w World) populate(ctx context.Context, to *world.World) error {
	f := filling{to: to}
	err := to.Store.Update(ctx, func(tx store.Tx) error {
		f.tx = tx
		if f.fill(w); f.err == nil && len(f.violations) > 0 {
			return admin.Refuse(f.violations...)
		}
		return f.err
	})
	if err != nil {
		return err
	}
	messages, err := w.State.messages()
	to.Inbox.Deliver(messages...)
	return err
}

func (w World) setClock(c *clock.Clock) {
	if w.Clock == nil {
		return
	}
	var at time.Time
	if w.Clock.Now != nil {
		at = *w.Clock.Now
	}
	if w.Clock.Mode == clock.Frozen {
		c.Freeze(at)
	} else {
		c.Run(at)
	}
}

// tryClock returns what is wrong with the clock.
func (w World) tryClock(ctx context.Context, trial *world.World) ([]admin.Violation, error) {
	if w.Clock == nil {
		return nil, nil
	}
	_, err := admin.SetClock(ctx, trial, *w.Clock)
	return within("clock", err)
}

// within puts the name of a member before the fields of a refusal. Any other error is returned.
func within(member string, err error) ([]admin.Violation, error) {
	refused, ok := errors.AsType[*admin.Refusal](err)
	if !ok {
		return nil, err
	}
	violations := slices.Clone(refused.Violations)
	for i := range violations {
		violations[i].Field = document.Join(member, violations[i].Field)
	}
	return violations, nil
}

// settings returns the settings of the world, and what is wrong with them.
func (w World) settings(base settings.Settings) (settings.Settings, []admin.Violation, error) {
	s := base.Clone()
	var violations []admin.Violation
	described := map[string]settings.Setting{}
	for _, d := range settings.All() {
		described[d.Name] = d
	}
	for _, name := range slices.Sorted(maps.Keys(w.Settings)) {
		d := described[name]
		written, isText := w.Settings[name].(string)
		if value := w.Settings[name]; !isText && value != nil { // null is an empty text: the figure of the day
			document, err := json.Marshal(value)
			if err != nil {
				return s, nil, fmt.Errorf("reading the setting %s: %w", name, err)
			}
			written = string(document)
		}
		if err := d.Set(&s, written); err != nil {
			violations = append(violations,
				admin.Violation{Field: name, Code: "setting-invalid", Message: "must be " + d.Kind().Want})
		}
	}
	for _, v := range admin.CheckSettings(s) {
		if v.Field != "rules" { // the list of all rules, beside each that is unknown
			violations = append(violations, v)
		}
	}
	for i := range violations {
		violations[i].Field = document.Join("settings", violations[i].Field)
	}
	return s, violations, nil
}
