// Package situation has the situations that a world can be in. A situation is a named set of faults and settings, with
// what it teaches, in a file of fixtures/situations.
//
// A fault of a situation has the name of the situation and a dot before its own, as in hostile.reset. A tester's own
// fault cannot have such a name, so neither replaces the other.
package situation

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"github.com/nicsim/nicsim/fixtures"
	"github.com/nicsim/nicsim/simulator/fault"
	"github.com/nicsim/nicsim/simulator/settings"
)

// Calm is the situation without faults and settings.
const Calm = "calm"

// Situation is a set of faults and settings. The JSON is that of its file, with its name.
type Situation struct {
	Name     string                     `json:"name"`
	Title    string                     `json:"title"`
	Happens  string                     `json:"happens"`
	Teaches  string                     `json:"teaches"`
	Settings map[string]json.RawMessage `json:"settings,omitempty"` // those that differ, as PATCH of the settings takes them
	Faults   []json.RawMessage          `json:"faults,omitempty"`   // as POST of a fault takes them
}

// Rules returns the faults with the names that they have in a world.
func (s Situation) Rules() []*fault.Rule {
	rules, _ := s.rules() // Read finds what is wrong
	return rules
}

// Apply changes settings to those of the situation.
func (s Situation) Apply(to *settings.Settings) error {
	if err := json.Unmarshal(s.settings(), to); err != nil {
		return fmt.Errorf("the settings of the situation %s: %w", s.Name, err)
	}
	return nil
}

// settings is the object of the settings.
func (s Situation) settings() []byte {
	if s.Settings == nil {
		return []byte("{}")
	}
	text, err := json.Marshal(s.Settings)
	if err != nil {
		panic(err) // it was read from JSON
	}
	return text
}

var builtIn = sync.OnceValues(func() ([]Situation, error) {
	files, err := fixtures.Situations()
	if err != nil {
		return nil, fmt.Errorf("opening the situations: %w", err)
	}
	return decode(files) // a test reads them with all checks, which take longer than the rest of a start
})

// All returns the situations that are built into the program: calm, then the others by name.
func All() []Situation {
	all, err := builtIn()
	if err != nil {
		panic(err) // part of the program, and read by a test
	}
	return slices.Clone(all)
}

// Names returns the names of all situations.
func Names() []string {
	var names []string
	for _, s := range All() {
		names = append(names, s.Name)
	}
	return names
}

// UnknownError is the error of a name that no situation has.
type UnknownError struct{ Name string }

// Error says which situations exist.
func (e *UnknownError) Error() string {
	return "must be one of " + strings.Join(Names(), ", ")
}

// Named returns a situation, or an [*UnknownError].
func Named(name string) (Situation, error) {
	all := All()
	at := slices.IndexFunc(all, func(s Situation) bool { return s.Name == name })
	if at < 0 {
		return Situation{}, &UnknownError{name}
	}
	return all[at], nil
}

// Read reads the situations of a folder, each from a file that has its name. The error joins everything that is wrong
// with them.
func Read(folder fs.FS) ([]Situation, error) {
	all, err := decode(folder)
	wrong := []error{err}
	for _, s := range all {
		for _, message := range s.check() {
			wrong = append(wrong, fmt.Errorf("%s.json: %s", s.Name, message)) //nolint:err113 // read by a developer
		}
	}
	return all, errors.Join(wrong...)
}

var errNamed = errors.New("name: is that of the file, and is not given")

// decode reads the situations of a folder: calm, then the others by name. It leaves out the files that have another
// form.
func decode(folder fs.FS) ([]Situation, error) {
	files, err := fs.Glob(folder, "*.json")
	if err != nil {
		return nil, fmt.Errorf("listing the situations: %w", err)
	}
	var all []Situation
	var wrong []error
	for _, file := range files {
		text, err := fs.ReadFile(folder, file)
		if err != nil {
			return nil, fmt.Errorf("reading a situation: %w", err)
		}
		var s Situation
		if err = strictly(text, &s); err == nil && s.Name != "" {
			err = errNamed
		}
		if err != nil {
			wrong = append(wrong, fmt.Errorf("%s: %w", file, err))
			continue
		}
		s.Name = strings.TrimSuffix(file, ".json")
		all = append(all, s)
	}
	slices.SortStableFunc(all, func(a, b Situation) int {
		switch {
		case a.Name == Calm:
			return -1
		case b.Name == Calm:
			return 1
		}
		return strings.Compare(a.Name, b.Name)
	})
	return all, errors.Join(wrong...)
}
