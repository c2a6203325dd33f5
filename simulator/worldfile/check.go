package worldfile

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/nicsim/nicsim/simulator/admin"
	"github.com/nicsim/nicsim/simulator/settings"
	"github.com/nicsim/nicsim/simulator/store"
	"github.com/nicsim/nicsim/simulator/world"
)

// checkEntry adds the mistakes of a single entry that the schema cannot find.
func (r *reader) checkEntry(document any) error {
	members, _ := document.(map[string]any)
	if name, ok := members["name"].(string); ok && name != r.world {
		r.add("", admin.Violation{Field: "name", Code: codeInvalid, Message: "must be " + r.world + ", or be left out"})
	}
	return r.checkWorld(members, "")
}

// check adds the mistakes of a document that the schema cannot find.
func (r *reader) check(document any) error {
	members, _ := document.(map[string]any)
	worlds, _ := members["worlds"].([]any)
	named := map[string]string{}
	for i, entry := range worlds {
		path := "worlds[" + strconv.Itoa(i) + "]"
		members, _ := entry.(map[string]any)
		if name, ok := members["name"].(string); ok && named[name] != "" {
			r.add(path, admin.Violation{Field: "name", Code: codeInvalid, Message: "is that of " + named[name] + " too"})
		} else if ok {
			named[name] = path
		}
		if err := r.checkWorld(members, path); err != nil {
			return err
		}
	}
	return nil
}

// checkWorld makes an entry of worlds on trial. Records in which the schema found a mistake are left out.
func (r *reader) checkWorld(entry map[string]any, path string) error {
	bad := r.badParts(path)
	sound := maps.Clone(entry)
	known := keys{}
	for name, part := range entry {
		records, isList := part.([]any)
		switch {
		case bad[name]:
			delete(sound, name)
		case isList:
			records = slices.Clone(records)
			for i, record := range records {
				if bad[name+"["+strconv.Itoa(i)+"]"] {
					known.addRaw(name, record)
					records[i] = nil
				}
			}
			sound[name] = records
		}
	}
	if figures, ok := sound["settings"].(map[string]any); ok {
		figures = maps.Clone(figures)
		maps.DeleteFunc(figures, func(name string, _ any) bool { return bad["settings."+name] })
		sound["settings"] = figures
	}
	var w World
	if err := convert(sound, &w); err != nil {
		return err
	}
	violations, err := w.try(bad, known)
	for _, v := range violations {
		r.add(path, v)
	}
	return err
}

// try makes a world that is thrown away, and returns what cannot be used.
func (w World) try(skip map[string]bool, known keys) ([]admin.Violation, error) {
	ctx := context.Background()
	worlds := world.NewWorlds(world.Options{Populate: func(context.Context, *world.World) error { return nil }})
	trial, err := worlds.Get(ctx, "trial")
	if err != nil {
		return nil, err
	}
	_, violations, err := w.settings(settings.Default())
	if err != nil {
		return nil, err
	}
	clockViolations, err := w.tryClock(ctx, trial)
	if err != nil {
		return nil, err
	}
	violations = append(violations, clockViolations...)
	f := filling{to: trial, skip: skip, known: known}
	err = trial.Store.Update(ctx, func(tx store.Tx) error {
		f.tx = tx
		f.fill(w)
		return f.err
	})
	return append(violations, f.violations...), err
}

// badParts are the parts of an entry of worlds in which mistakes were found: its records, members and settings.
func (r *reader) badParts(path string) map[string]bool {
	bad := map[string]bool{}
	for _, m := range r.mistakes {
		member := m.Member
		if path != "" {
			after, inside := strings.CutPrefix(member, path+".")
			if !inside {
				continue
			}
			member = after
		}
		end := len(member)
		if at := strings.IndexAny(member, ".["); at >= 0 && member[at] == '[' {
			end = at + strings.IndexByte(member[at:], ']') + 1
		} else if at >= 0 && member[:at] != "settings" {
			end = at
		}
		bad[member[:end]] = true
	}
	return bad
}

// add adds a violation as a mistake of the member that it names, or of the next member around it.
func (r *reader) add(path string, v admin.Violation) {
	member := join(path, v.Field)
	r.mistake(r.nearest(member), member, v.Code, v.Message)
}
