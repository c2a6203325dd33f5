package worldfile

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"github.com/nicsim/nicsim/simulator/admin"
	"github.com/nicsim/nicsim/simulator/defect"
	"github.com/nicsim/nicsim/simulator/fault"
	"github.com/nicsim/nicsim/simulator/inbox"
	"github.com/nicsim/nicsim/simulator/settings"
	"github.com/nicsim/nicsim/simulator/situation"
	"github.com/nicsim/nicsim/simulator/store"
	"github.com/nicsim/nicsim/simulator/world"
)

// State is what has happened in a world since its beginning, by member: the ones below, and a list of records for each
// of the [store.Forms] that go into a world file. Tokens, sessions and captchas are not part of it.
type State map[string]json.RawMessage

// MarshalJSON writes the note first, and the other members in the order of their names.
func (s State) MarshalJSON() ([]byte, error) {
	rest := maps.Clone(s)
	delete(rest, noteMember)
	text, err := json.Marshal(map[string]json.RawMessage(rest))
	if s[noteMember] == nil || err != nil {
		return text, err
	}
	first := []byte(`{"` + noteMember + `":` + string(s[noteMember]))
	if len(rest) > 0 {
		first = append(first, ',')
	}
	return append(first, text[1:]...), nil
}

// The members of a state that are not lists of records.
const (
	noteMember     = "note"
	replacedMember = "replaced"
	faultsMember   = "faults"
	defectsMember  = "defects"
	inboxMember    = "inbox"
)

// note is what the file says to its reader.
const note = "Client secrets, hashes of passwords and OTPs of made-up users are in this file. Tokens with their SEK, " +
	"sessions and captchas are not: clients log in again."

// EntryWithState returns a world as an entry of a document, with its state. It has all settings, so that it makes the
// same world in every simulator. It is refused for a world that is too large for a document.
func EntryWithState(ctx context.Context, w *world.World) (World, error) {
	s := entry(w)
	size, messages := 0, w.Inbox.All()
	err := w.Inspect(ctx, func(r store.Reader, c world.Condition) error {
		var err error
		if s.Settings, err = changedSettings(w.Settings(), nil); err != nil {
			return err
		}
		if s.Situation = c.Situation; s.Situation == "" {
			s.Situation = situation.Calm
		}
		if err := s.read(r); err != nil {
			return err
		}
		s.Invoices = nil // they are among those of the state
		s.State = State{}
		for member, value := range map[string]any{noteMember: note, replacedMember: c.Replaced, faultsMember: c.Faults,
			defectsMember: c.Defects, inboxMember: messages} {
			if s.State[member], err = json.Marshal(value); err != nil {
				return err
			}
		}
		maps.DeleteFunc(s.State, func(_ string, v json.RawMessage) bool { return slices.Contains(nothing, string(v)) })
		return s.State.read(r, &size)
	})
	if err != nil {
		return World{}, err
	}
	text, err := json.Marshal(s)
	if err == nil && len(text) > MaxBytes {
		err = tooLarge
	}
	return s, err
}

// nothing is the JSON of members that are left out.
var nothing = []string{"null", "[]", "{}"}

var tooLarge = admin.Refuse(admin.Violation{Field: "with", Code: "world-too-large", Message: fmt.Sprintf("cannot be "+
	"state: the world has more than %d bytes, which a world file cannot have; take a snapshot instead", MaxBytes)})

// read adds the records of a store, until the size is too large.
func (s State) read(r store.Reader, size *int) error {
	for _, f := range store.Forms(store.Anywhere) {
		all, err := r.Records(f)
		if err != nil {
			return err
		}
		list := make([]json.RawMessage, len(all))
		for i, record := range all {
			if list[i], err = json.Marshal(record); err != nil {
				return err
			}
			if *size += len(list[i]); *size > MaxBytes {
				return tooLarge
			}
		}
		if len(list) == 0 {
			continue
		}
		if s[f.Name], err = json.Marshal(list); err != nil {
			return err
		}
	}
	return nil
}

// messages are those of the inbox.
func (s State) messages() (all []inbox.Message, err error) {
	if text, given := s[inboxMember]; given {
		err = json.Unmarshal(text, &all)
	}
	return all, err
}

// state adds the records of a state.
func (f *filling) state(s State) {
	for _, form := range store.Forms(store.Anywhere) {
		var list []json.RawMessage
		member := "state." + form.Name
		if text, given := s[form.Name]; !given || f.skip[member] || f.err != nil {
			continue
		} else if err := json.Unmarshal(text, &list); err != nil {
			f.err = fmt.Errorf("reading %s: %w", member, err)
			return
		}
		for i, record := range list {
			name := member + "[" + strconv.Itoa(i) + "]"
			if f.skip[name] {
				continue
			}
			if f.err = f.record(form, name, record); f.err != nil {
				return
			}
		}
	}
}

// record adds a record of a state.
func (f *filling) record(form store.Form, name string, record json.RawMessage) error {
	err := f.tx.AddRecord(form, record)
	if errors.Is(err, store.ErrExists) {
		f.violations = append(f.violations,
			admin.Violation{Field: name, Code: "exists", Message: "has the key or a unique value of another record"})
		err = nil
	}
	if check := checks[form.Name]; check != nil && err == nil {
		var wrong []admin.Violation
		wrong, err = check(record)
		for _, v := range wrong {
			f.violation(name, v.Field, v.Code, v.Message)
		}
	}
	return err
}

// condition returns the condition of a world with a state, nil for one without, and what is wrong with it.
func (w World) condition(s settings.Settings) (*world.Condition, []admin.Violation, error) {
	if w.State == nil {
		return nil, nil, nil
	}
	text, err := json.Marshal(w)
	if err != nil {
		return nil, nil, err
	}
	sum := sha256.Sum256(text)
	c := world.Condition{Situation: w.Situation, Chance: hex.EncodeToString(sum[:16])}
	var faults []map[string]json.RawMessage
	for member, into := range map[string]any{
		replacedMember: &c.Replaced, faultsMember: &faults, defectsMember: &c.Defects,
	} {
		if text, given := w.State[member]; given {
			if err := json.Unmarshal(text, into); err != nil {
				return nil, nil, fmt.Errorf("reading %s: %w", member, err)
			}
		}
	}
	live, violations := readFaults(faults, w.Situation)
	c.Faults = live
	return &c, slices.Concat(checkReplaced(c.Replaced, s), violations, checkDefects(c.Defects)), nil
}

// checkDefects returns what is wrong with the names of defects.
func checkDefects(names []string) (violations []admin.Violation) {
	for i, name := range names {
		if _, err := defect.NewSet([]string{name}, nil); err != nil {
			violations = append(violations, admin.Violation{Field: "state.defects[" + strconv.Itoa(i) + "]",
				Code: "defect-unknown", Message: "must be the name of a defect; GET /control/v1/defects lists them"})
		}
	}
	return violations
}

// checkReplaced returns what is wrong with the values of settings that a situation changed.
func checkReplaced(all map[string]world.Replaced, s settings.Settings) (violations []admin.Violation) {
	for _, d := range settings.All() {
		values, given := all[d.Name]
		for member, value := range map[string]string{"before": values.Before, "during": values.During} {
			trial := s.Clone()
			if err := d.Set(&trial, value); given && err != nil {
				violations = append(violations, admin.Violation{
					Field: "state.replaced." + d.Name + "." + member, Code: "setting-invalid", Message: "must be " + d.Kind().Want,
				})
			}
		}
	}
	return violations
}

// readFaults returns the faults of a state, and what is wrong with them.
func readFaults(all []map[string]json.RawMessage, of string) (faults []fault.Live, violations []admin.Violation) {
	first := map[string]bool{}
	for i, members := range all {
		name := "state.faults[" + strconv.Itoa(i) + "]"
		add := func(field, message string) {
			violations = append(violations, admin.Violation{Field: name + "." + field, Code: "fault-invalid", Message: message})
		}
		l, wrong := fault.ParseLive(members)
		for _, v := range wrong {
			add(v.Field, v.Message)
		}
		switch s := l.Rule.Situation(); {
		case len(wrong) > 0:
		case first[l.Rule.Name]:
			add("name", "is that of another fault")
		case s != "" && s != of:
			add("name", "is of another situation than that of the world")
		default:
			faults = append(faults, l)
		}
		first[l.Rule.Name] = true
	}
	if _, err := fault.Written(faults); err != nil {
		violations = append(violations, admin.Violation{Field: "state.faults", Code: "fault-limit", Message: err.Error()})
	}
	return faults, violations
}
