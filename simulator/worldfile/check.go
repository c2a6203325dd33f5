package worldfile

import (
	"context"
	"maps"
	"strconv"
	"strings"

	"github.com/nicsim/nicsim/internal/document"
	"github.com/nicsim/nicsim/simulator/admin"
	"github.com/nicsim/nicsim/simulator/settings"
	"github.com/nicsim/nicsim/simulator/store"
	"github.com/nicsim/nicsim/simulator/world"
)

// reader reads a document and makes its worlds on trial.
type reader struct {
	document.Reader
	world string // the name that a single entry must have, if it has one
}

// checkEntry adds the mistakes of a single entry that the schema cannot find.
func (r *reader) checkEntry(entry any) error {
	members, _ := entry.(map[string]any)
	if name, ok := members["name"].(string); ok && r.world != "" && name != r.world {
		r.Add("name", document.Invalid, "must be "+r.world+", or be left out")
	}
	return r.checkWorld(members, "")
}

// check adds the mistakes of a document that the schema cannot find.
func (r *reader) check(file any) error {
	members, _ := file.(map[string]any)
	worlds, _ := members["worlds"].([]any)
	named := map[string]string{}
	for i, entry := range worlds {
		path := "worlds[" + strconv.Itoa(i) + "]"
		members, _ := entry.(map[string]any)
		if name, ok := members["name"].(string); ok && named[name] != "" {
			r.Add(path+".name", document.Invalid, "is that of "+named[name]+" too")
		} else if ok {
			named[name] = path
		}
		if err := r.checkWorld(members, path); err != nil {
			return err
		}
	}
	return nil
}

// checkWorld makes an entry of worlds on trial, so that all mistakes are found at once. The members in which the schema
// found a mistake are left out, and what is said of them for that reason is not repeated.
func (r *reader) checkWorld(entry map[string]any, path string) error {
	bad := r.badParts(path)
	sound := maps.Clone(entry)
	maps.DeleteFunc(sound, func(name string, _ any) bool { return bad[name] })
	skip := map[string]bool{}
	for name, part := range sound {
		records, _ := part.([]any)
		for i, record := range records {
			skip[name+"["+strconv.Itoa(i)+"]"] = record == nil
		}
	}
	for _, m := range r.Mistakes() {
		if part, ok := statePart(m.Member, path); ok {
			skip[part] = true
		}
	}
	if figures, ok := sound["settings"].(map[string]any); ok {
		figures = maps.Clone(figures)
		maps.DeleteFunc(figures, func(name string, _ any) bool { return bad["settings."+name] })
		sound["settings"] = figures
	}
	var w World
	if err := document.Store(sound, &w); err != nil {
		return err
	}
	violations, err := w.try(skip)
	wrong, around := map[string]bool{}, map[string]bool{}
	for _, m := range r.Mistakes() {
		wrong[m.Member] = true
		for part := m.Member; part != "" && !around[part]; part = outer(part) {
			around[part] = true
		}
	}
	for _, v := range violations {
		member := document.Join(path, v.Field)
		known := around[member]
		for part := member; part != ""; part = outer(part) {
			known = known || wrong[part]
		}
		if !known {
			r.violation(path, v)
		}
	}
	return err
}

// outer returns the member that a member is a part of, or an empty text.
func outer(member string) string { return member[:max(strings.LastIndexAny(member, ".["), 0)] }

// try makes a world that is thrown away, and returns what cannot be used.
func (w World) try(skip map[string]bool) ([]admin.Violation, error) {
	ctx := context.Background()
	worlds := world.NewWorlds(world.Options{Populate: func(context.Context, *world.World) error { return nil }})
	trial, err := worlds.Get(ctx, "trial")
	if err != nil {
		return nil, err
	}
	figures, violations, err := w.settings(settings.Default())
	if err != nil {
		return nil, err
	}
	clockViolations, err := w.tryClock(ctx, trial)
	if err != nil {
		return nil, err
	}
	violations = append(violations, clockViolations...)
	_, conditionViolations, err := w.condition(figures)
	if err != nil {
		return nil, err
	}
	violations = append(violations, conditionViolations...)
	f := filling{to: trial, skip: skip}
	err = trial.Store.Update(ctx, func(tx store.Tx) error {
		f.tx = tx
		f.fill(w)
		return f.err
	})
	return append(violations, f.violations...), err
}

// badParts are the members of an entry of worlds, other than lists, and the settings in which mistakes were found.
func (r *reader) badParts(path string) map[string]bool {
	bad := map[string]bool{}
	for _, m := range r.Mistakes() {
		member := m.Member
		if path != "" {
			after, inside := strings.CutPrefix(member, path+".")
			if !inside {
				continue
			}
			member = after
		}
		if at := strings.IndexAny(member, ".["); at >= 0 && member[:at] != "settings" {
			if member[at] == '[' || member[:at] == "state" {
				continue // a record, or a part of one
			}
			member = member[:at]
		}
		bad[member] = true
	}
	return bad
}

// statePart returns the record of a state, such as state.invoices[1], or the member, that has a mistake.
func statePart(member, path string) (part string, ok bool) {
	if path != "" {
		member = strings.TrimPrefix(member, path+".")
	}
	name, inState := strings.CutPrefix(member, "state.")
	if end := strings.IndexAny(name, ".]"); end >= 0 {
		name = strings.TrimSuffix(name[:end+1], ".")
	}
	return "state." + name, inState
}

// violation adds a violation as a mistake of the member that it names.
func (r *reader) violation(path string, v admin.Violation) {
	r.Add(document.Join(path, v.Field), v.Code, v.Message)
}
