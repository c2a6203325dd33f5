package main

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/nicsim/nicsim/features"
	"github.com/nicsim/nicsim/simulator"
	"github.com/nicsim/nicsim/steps"
	"github.com/nicsim/nicsim/steps/needs"
)

func TestWrap(t *testing.T) {
	for _, c := range []struct {
		text    string
		columns int
		want    []string
	}{
		{"", 10, []string{""}},
		{"one", 10, []string{"one"}},
		{"one two three", 7, []string{"one two", "three"}},
		{"one two three", 6, []string{"one", "two", "three"}},
		{"immeasurable", 5, []string{"immeasurable"}},
		{"››› ››› ›››", 7, []string{"››› ›››", "›››"}},
	} {
		if got := wrap(c.text, c.columns); !slices.Equal(got, c.want) {
			t.Errorf("wrap(%q, %d) is %q, want %q", c.text, c.columns, got, c.want)
		}
	}
}

func TestPage(t *testing.T) {
	var out bytes.Buffer
	p := page{out: &out}
	p.entry("  short", 10, strings.Repeat("word ", 20))
	p.entry("  rather long", 10, "text")
	p.table(1, [][]string{{"a", "bb", "c"}, {"aaa", "", "c"}})
	p.table(1, [][]string{{strings.Repeat("-", 80), "below"}})
	want := "  short   " + strings.TrimSpace(strings.Repeat("word ", 18)) + "\n          word word\n" +
		"  rather long\n          text\n a    bb  c\n aaa      c\n " +
		strings.Repeat("-", 80) + "\n     below\n"
	if out.String() != want || p.err != nil {
		t.Errorf("%v\n%s\nwant\n%s", p.err, out.String(), want)
	}
}

// full is a writer to a full disk.
type full struct{}

var errFull = errors.New("no space left")

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestOutputThatCannotBeWritten(t *testing.T) {
	for _, args := range [][]string{{"walk"}, {"walk", "--json"}, {"fixtures"}, {"fixtures", "--json"}, {"version"},
		{"conformance", "--list"}, {"conformance", "--tags", "@walk"},
		{"serve", "--control", "127.0.0.1:0", "--sandbox", "127.0.0.1:0", "--production", "127.0.0.1:0"}} {
		var stderr bytes.Buffer
		p := program{in: strings.NewReader(""), out: full{}, err: &stderr}
		if code := p.run(t.Context(), args); code != exitFailure || !strings.Contains(stderr.String(), "no space left") {
			t.Errorf("%v: exit code %d, standard error %q", args, code, stderr.String())
		}
	}
}

func TestSeedNumber(t *testing.T) {
	for text, want := range map[string]int64{"1": 1, "531834837": 531834837} {
		if got := seedNumber(text); got != want {
			t.Errorf("seed %q is %d", text, got)
		}
	}
	for _, text := range []string{"monday", "0", "-3", "99999999999999999999"} {
		got := seedNumber(text)
		if got < 1 || got != seedNumber(text) || got != seedNumber(fmt.Sprint(got)) {
			t.Errorf("seed %q is %d", text, got)
		}
	}
	if seedNumber("monday") == seedNumber("tuesday") {
		t.Error("two seeds have one number")
	}
}

func TestSummaryRepeatsTheRun(t *testing.T) {
	var out bytes.Buffer
	p := program{out: &out}
	scenario := func(id string, row int) features.Scenario {
		return features.Scenario{ID: id, Row: row, Tags: []string{"@must"}}
	}
	err := p.summarise(conformance{
		aim: aim{urls: simulator.URLs{Sandbox: "http://s", Production: "http://p"}}, tags: "@must && ~@sim", concurrency: 2,
	}, steps.Result{Seed: 7, Outcomes: []steps.Outcome{
		{Scenario: scenario("REF-a", 1), Verdict: steps.Fail, Reason: "first\nsecond"},
		{Scenario: scenario("REF-a", 2), Verdict: steps.Fail, Reason: "first"},
		{Scenario: scenario("REF-b", 0), Verdict: steps.Skipped, Cause: steps.TargetLacks, Lacks: []needs.Need{needs.Clock}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"  REF-a-1  (must)\n", "  actual    first\n",
		"     1  need what the target does not have", "     1 need clock (tag @needs-clock)",
		"nicsim conformance --seed 7 --sandbox http://s --production http://p --tags '@must && ~@sim' --concurrency 2\n",
		"--tags @REF-a --concurrency 2\n",
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the summary lacks %q:\n%s", want, out.String())
		}
	}
	if got := quote("it's"); got != `'it'\''s'` {
		t.Errorf("quoted: %s", got)
	}
}
