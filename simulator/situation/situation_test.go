package situation_test

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/nicsim/nicsim/fixtures"
	"github.com/nicsim/nicsim/simulator/fault"
	"github.com/nicsim/nicsim/simulator/settings"
	"github.com/nicsim/nicsim/simulator/situation"
)

// The situations that the issue asks for exist, and every file can be used: its faults and settings are read by the
// parsers of the control API.
func TestBuiltIn(t *testing.T) {
	files, err := fixtures.Situations()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := situation.Read(files); err != nil {
		t.Fatal(err)
	}
	want := []string{"calm", "api-down", "flaky-network", "hostile", "month-end", "next-portal-not-synchronised",
		"peak-hours", "portal-down", "sms-late", "two-factor"}
	if got := situation.Names(); !slices.Equal(got, want) {
		t.Errorf("the situations are %q", got)
	}
	for _, s := range situation.All() {
		before := settings.Default()
		after := before.Clone()
		if err := s.Apply(&after); err != nil {
			t.Error(err)
		}
		changed := 0
		for _, d := range settings.All() {
			if d.Of(before) != d.Of(after) {
				changed++
			}
			if d.NotBelow != "" && (s.Settings[d.Name] != nil || s.Settings[d.NotBelow] != nil) {
				t.Errorf("%s: leaving it may put %s below its bound", s.Name, d.Name)
			}
		}
		if changed != len(s.Settings) {
			t.Errorf("%s changes %d of its settings %s", s.Name, changed, s.Settings)
		}
		if calm := len(s.Rules()) == 0 && changed == 0; calm != (s.Name == situation.Calm) {
			t.Errorf("%s changes nothing: %v", s.Name, calm)
		}
		for _, r := range s.Rules() {
			if r.Situation() != s.Name || !strings.HasPrefix(r.Name, s.Name+".") {
				t.Errorf("%s has the fault %s of %q", s.Name, r.Name, r.Situation())
			}
		}
	}
}

// Hostile has a fault of every kind, each with a probability.
func TestHostileHasEveryKind(t *testing.T) {
	hostile, err := situation.Named("hostile")
	if err != nil {
		t.Fatal(err)
	}
	missing := map[string]bool{}
	for _, k := range fault.Kinds() {
		missing[k.Name] = true
	}
	for _, r := range hostile.Rules() {
		delete(missing, r.Does.Kind().Name)
		if r.Often.Probability == 0 {
			t.Errorf("%s has no probability", r.Name)
		}
	}
	if len(missing) > 0 {
		t.Errorf("hostile lacks %v", missing)
	}
}

func TestNamed(t *testing.T) {
	if s, err := situation.Named("calm"); err != nil || s.Name != "calm" {
		t.Error(s, err)
	}
	_, err := situation.Named("stormy")
	if err == nil || !strings.HasPrefix(err.Error(), "must be one of calm, api-down, ") {
		t.Error(err)
	}
}

// Everything that is wrong with the files is reported.
func TestRead(t *testing.T) {
	const words = `"title":"T","happens":"H","teaches":"L"`
	for _, c := range []struct{ name, file, text, want string }{
		{"no JSON", "x.json", `{`, "x.json: unexpected EOF"},
		{"an unknown member", "x.json", `{"titel":"T"}`, `x.json: json: unknown field "titel"`},
		{"no words", "x.json", `{}`, "x.json: happens: must be given\nx.json: teaches: must be given\nx.json: title: must be given"},
		{"a name", "x.json", `{"name":"y",` + words + `}`, "x.json: name: is that of the file, and is not given"},
		{"the name of a file", "X.json", `{` + words + `}`, "X.json: the name must be 1 to 40 of a-z, 0-9 and -"},
		{"an unknown setting", "x.json", `{` + words + `,"settings":{"smsDlay":"1m"}}`,
			`x.json: settings: json: unknown field "smsDlay"`},
		{"a setting out of bounds", "x.json", `{` + words + `,"settings":{"otpMaxSends":0}}`,
			"x.json: settings.otpMaxSends: must be from 1 to 1000000"},
		{"no fault", "x.json", `{` + words + `,"faults":[7]}`, "x.json: faults[0]: must be an object"},
		{"wrong faults", "x.json", `{` + words + `,"faults":[{"name":"a","does":{"kind":"reset"},"often":{"next":-1}},
			{"name":"a","does":{"kind":"reset"}}]}`,
			"x.json: faults[0].often.next: must be a whole number from 1 to 1000000\n" +
				"x.json: faults[1].name: a is the name of another fault"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := situation.Read(fstest.MapFS{c.file: &fstest.MapFile{Data: []byte(c.text)}})
			if got := fmt.Sprint(err); got != c.want {
				t.Errorf("says\n%s\nwant\n%s", got, c.want)
			}
		})
	}
	broken := fstest.MapFS{"x.json": &fstest.MapFile{Mode: fs.ModeDir}}
	if _, err := situation.Read(broken); err == nil {
		t.Error("a folder was read as a file")
	}
}
