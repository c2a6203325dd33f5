package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/drill"
	"github.com/nicsim/nicsim/simulator"
	"github.com/nicsim/nicsim/simulator/simtest"
)

// judgedClient runs a client in a world in which the answer of its registration is lost, and judges it.
func judgedClient(t *testing.T, name string, argv ...string) (code int, said string, broken []string, page string) {
	t.Helper()
	sim := simtest.Start(t, simulator.Options{Seed: "judge"})
	urls := inWorld(simulator.URLs{Control: sim.Control, Sandbox: sim.Sandbox}, name)
	c, err := newCast(urls, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	world, err := client.NewControl(urls.Control, client.Options{})
	if err == nil {
		err = c.enter(t.Context(), world)
	}
	if err == nil {
		err = c.writeInvoice("JU-1", time.Now())
	}
	lost, _ := drill.Named("lost-answer")
	if err == nil {
		err = lost.Set(t.Context(), world)
	}
	if err != nil {
		t.Fatal(err)
	}
	run := exec.CommandContext(t.Context(), argv[0], argv[1:]...)
	run.Env = c.variables()
	_, _ = run.CombinedOutput() // the verdict says how it went
	html, result := filepath.Join(t.TempDir(), "client.html"), filepath.Join(t.TempDir(), "client.json")
	junit := filepath.Join(t.TempDir(), "client.xml")
	code, out, stderr := called(t.Context(), "judge", "--control", sim.Control, "--world", name, "--html", html,
		"--result", result, "--junit", junit)
	text, err := os.ReadFile(result)
	if err != nil {
		t.Fatalf("%v: %s", err, stderr)
	}
	var d struct {
		Rules []struct{ Name, Level, Outcome string }
	}
	if err := json.Unmarshal(text, &d); err != nil {
		t.Fatalf("%v: %s", err, stderr)
	}
	for _, r := range d.Rules {
		if r.Outcome == "fail" {
			broken = append(broken, r.Name+" "+r.Level)
		}
	}
	checkJudgeSchema(t, text)
	if code, out, said := called(t.Context(), "report", "compare", result, result); code != exitGood ||
		!strings.Contains(out, fmt.Sprintf("0 broken, 0 mended, 0 other changes, %d the same", len(d.Rules))) {
		t.Errorf("compared with itself: exit code %d, %s%s", code, out, said)
	}
	shown, err := os.ReadFile(html)
	if err != nil {
		t.Fatal(err)
	}
	cases, err := os.ReadFile(junit)
	if err != nil || !strings.Contains(string(cases), `<skipped message="no cancellation was seen">`) {
		t.Errorf("the JUnit report is %s, %v", cases, err)
	}
	for _, secret := range []string{castPassword, c.clientSecret} {
		if strings.Contains(out+stderr+string(text)+string(shown)+string(cases), secret) {
			t.Errorf("a report has the secret %s", secret)
		}
	}
	return code, out + stderr, broken, string(shown)
}

// checkJudgeSchema checks a result of the judge against the schema that is published.
func checkJudgeSchema(t *testing.T, document []byte) {
	t.Helper()
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	schema, err := compiler.Compile("../../docs/judge.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(document))
	if err == nil {
		err = schema.Validate(value)
	}
	if err != nil {
		t.Error(err)
	}
}

// The example keeps the rules when an answer is lost, and the naive client does not read the duplicate.
func TestJudge(t *testing.T) {
	t.Parallel()
	reference, naive := built(t, "../../examples/send-one"), built(t, "./testdata/naive")
	code, said, broken, page := judgedClient(t, "reference", reference, "-pause", "10ms")
	if code != exitGood || !slices.Equal(broken, []string{"go-live should"}) {
		t.Errorf("the example: exit code %d, it broke %v\n%s", code, broken, said)
	}
	for _, want := range []string{defaultGSTIN, "nicsim-client", "reference"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	code, said, broken, _ = judgedClient(t, "naive", naive)
	if code != exitNotConformant || !slices.Equal(broken, []string{"duplicate-read must", "go-live should"}) {
		t.Errorf("the naive client: exit code %d, it broke %v\n%s", code, broken, said)
	}
	said = strings.Join(strings.Fields(said), " ")
	if !strings.Contains(said, "refused with 2150, and the invoice was not read afterwards") {
		t.Errorf("the naive client: %s", said)
	}
}

// Wrong use names the flag, and a world without a call is wrong use.
func TestJudgeWrongUse(t *testing.T) {
	t.Parallel()
	sim := simtest.Start(t, simulator.Options{})
	empty := filepath.Join(t.TempDir(), "empty.json")
	if err := os.WriteFile(empty, []byte("{}"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args []string
		code int
		want string
	}{
		{[]string{}, exitWrongUse, "--control is missing"},
		{[]string{"--control", sim.Control}, exitWrongUse, "has no call"},
		{[]string{"--control", sim.Control, "--world", "A_B"}, exitWrongUse, "--world"},
		{[]string{"--control", sim.Control + "/w/a", "--world", "b"}, exitWrongUse, "names a world already"},
		{[]string{"--control", sim.Control, "--drills", empty}, exitWrongUse, "has no drills"},
		{[]string{"--control", sim.Control, "--html", t.TempDir() + "/x/y"}, exitWrongUse, "--html"},
		{[]string{"--control", "127.0.0.1:1"}, exitFailure, "reading the journal"},
	} {
		code, _, said := called(t.Context(), append([]string{"judge"}, c.args...)...)
		if code != c.code || !strings.Contains(said, c.want) {
			t.Errorf("%v: exit code %d, %s; want %d, %s", c.args, code, said, c.code, c.want)
		}
	}
	code, out, _ := called(t.Context(), "judge", "--list")
	if code != exitGood || !strings.Contains(out, "one-login, level must") {
		t.Errorf("--list: exit code %d, %s", code, out)
	}
}

// A simulator judges the client of its default world when it ends.
func TestServeJudges(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("a process of Windows is killed, and does not write its report")
	}
	file := filepath.Join(t.TempDir(), "client.html")
	s := serve(t, "--judge", file)
	answer, err := http.Get(s.urls.Sandbox + "/eivital/v1.04/heartbeat/ping")
	if err != nil {
		t.Fatal(err)
	}
	_ = answer.Body.Close()
	code, said := s.stop()
	page, err := os.ReadFile(file)
	const want = "The client kept all 2 rules that could be judged"
	if code != exitGood || err != nil || !strings.Contains(said, want) || !strings.Contains(string(page), want) {
		t.Errorf("exit code %d, %v, %s\n%s", code, err, said, page)
	}
}
