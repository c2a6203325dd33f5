package worldfile_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/nicsim/nicsim/simulator/worldfile"
)

// Any text is read, or refused with places that are in it.
func FuzzRead(f *testing.F) {
	for _, text := range []string{team, whole, "", "{", "- a\n- b", "a: &a [*a]",
		"version: 1\nworlds: [{name: x, taxpayers: [1]}]", "? [a]\n: b", "\ufeff{}", "a: 1\n---\nb: 2",
		"{\"version\":1e999}", "<<: {a: b}"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		_, err := worldfile.Read(strings.NewReader(text), "f")
		wrong, ok := errors.AsType[*worldfile.Error](err)
		if err != nil && !ok {
			t.Fatalf("the error is %v", err)
		}
		if wrong == nil {
			return
		}
		for _, m := range wrong.Mistakes {
			if m.Line < 1 || m.Column < 1 || m.Line > strings.Count(text, "\n")+strings.Count(text, "\r")+2 || m.Message == "" {
				t.Errorf("a mistake is %+v", m)
			}
		}
	})
}
