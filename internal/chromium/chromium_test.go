package chromium

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// started starts a browser. Without one on the PATH the test is skipped.
func started(t *testing.T) *Browser {
	t.Helper()
	path, err := Find("")
	if err != nil {
		t.Skip(err)
	}
	b, err := Start(path)
	if err != nil {
		b, err = Start(path, chromedp.NoSandbox) // some machines have no user namespaces
	}
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestFind(t *testing.T) {
	folder := t.TempDir()
	t.Setenv("PATH", folder)
	for _, named := range []string{"", "/does/not/exist"} {
		if path, err := Find(named); !errors.Is(err, ErrMissing) {
			t.Errorf("%q: found %q, %v", named, path, err)
		}
	}
	for _, name := range []string{"google-chrome-stable", "chromium-browser"} { // the later one is preferred
		file := filepath.Join(folder, name)
		if err := os.WriteFile(file, []byte("#!/bin/sh\n"), 0o700); err != nil {
			t.Fatal(err)
		}
		if path, err := Find(""); path != file || err != nil {
			t.Errorf("found %q, %v, want %q", path, err, file)
		}
	}
}

func TestStartReportsAProgramThatIsNotABrowser(t *testing.T) {
	programs := []string{"/does/not/exist"}
	if path, err := exec.LookPath("false"); err == nil {
		programs = append(programs, path)
	}
	for _, path := range programs {
		_, err := Start(path)
		if start, ok := errors.AsType[*StartError](err); !ok || start.Path != path || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: %v", path, err)
		}
	}
}

func TestCloseLeavesNothingBehind(t *testing.T) {
	files := t.TempDir()
	t.Setenv("TMPDIR", files)
	b := started(t)
	if _, err := os.Stat("/proc/self/cmdline"); err == nil && len(processesOf(t, files)) == 0 {
		t.Error("no process of the running browser was found")
	}
	if err := b.Close(); err != nil {
		t.Errorf("closing: %v", err)
	}
	if got := processesOf(t, files); len(got) != 0 {
		t.Errorf("left running: %v", got)
	}
	if left, err := os.ReadDir(files); err != nil || len(left) != 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
	if err := b.Close(); !errors.Is(err, context.Canceled) {
		t.Errorf("closing again: %v", err)
	}
}

// processesOf lists the processes with a folder in their command line, where the system has /proc.
func processesOf(t *testing.T, folder string) []string {
	t.Helper()
	lines, err := filepath.Glob("/proc/[0-9]*/cmdline")
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, line := range lines {
		if text, err := os.ReadFile(line); err == nil && strings.Contains(string(text), folder) {
			found = append(found, fmt.Sprintf("%s %.60s", filepath.Dir(line), text))
		}
	}
	return found
}

func TestLocate(t *testing.T) {
	b := started(t)
	defer b.Close() //nolint:errcheck // TestCloseLeavesNothingBehind checks it
	ctx, cancel, err := b.Tab(func(any) {})
	if err != nil {
		t.Fatal(err)
	}
	defer cancel()
	const page = `<!doctype html><style>* {margin: 0} .off {display: none} button {display: block; width: 40px; height: 20px}
		.over {position: absolute; top: 60px; left: 0; width: 40px; height: 20px}</style>
		<button id=good>Good</button><button id=off class=off></button><button id=disabled disabled></button>
		<div style="height: 20px"></div><button id=under></button><div class=over></div>
		<select id=list disabled><option id=option>One</select>`
	if err := chromedp.Do(ctx, chromedp.Navigate("data:text/html,"+page)); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ id, then, obstacle string }{
		{"good", "", ""},
		{"good", "e => e.id === 'good' ? '' : 'another'", ""},
		{"good", "e => 'it is ' + e.id", "it is good"},
		{"gone", "", "there is no such element"},
		{"off", "", "it is not shown"},
		{"disabled", "", "it is disabled"},
		{"option", "", "it is disabled"},
		{"under", "", `it is covered by <div class="over">`},
	} {
		at, err := chromedp.Run(ctx, Locate("document.getElementById("+Quote(c.id)+")", c.then))
		switch {
		case c.obstacle == "" && (err != nil || at != Point{20, 10}):
			t.Errorf("%s: it is at %v, %v", c.id, at, err)
		case c.obstacle != "" && (err == nil || !strings.Contains(err.Error(), c.obstacle)):
			t.Errorf("%s: %v, want %q", c.id, err, c.obstacle)
		}
	}
}
