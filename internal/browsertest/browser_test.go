package browsertest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

func TestFind(t *testing.T) {
	only := func(names ...string) func(string) (string, error) {
		return func(name string) (string, error) {
			for _, n := range names {
				if n == name {
					return "/bin/" + n, nil
				}
			}
			return "", exec.ErrNotFound
		}
	}
	if at, err := find(only("google-chrome", "chromium-browser")); at != "/bin/chromium-browser" || err != nil {
		t.Errorf("found %s, %v", at, err)
	}
	if at, err := find(only("google-chrome-stable")); at != "/bin/google-chrome-stable" || err != nil {
		t.Errorf("found %s, %v", at, err)
	}
	if _, err := find(only("firefox")); !errors.Is(err, errNone) {
		t.Errorf("a machine without Chromium: %v", err)
	}
}

func TestABrowserThatDoesNotStart(t *testing.T) {
	if _, err := exec.LookPath("false"); err != nil {
		t.Skip("no program that fails: skipped")
	}
	_, err := launch(func(string) (string, error) { return exec.LookPath("false") })
	if err == nil || errors.Is(err, errNone) || !strings.Contains(err.Error(), "false") {
		t.Errorf("a program that fails: %v", err)
	}
}

func TestNothingIsLeft(t *testing.T) {
	if _, err := find(exec.LookPath); err != nil {
		t.Skip(err)
	}
	kept := t.TempDir()
	t.Setenv("TMPDIR", kept)
	var b browser
	if _, err := b.start(); err != nil {
		t.Fatal(err)
	}
	if got := processesOf(t, kept); len(got) == 0 && canList() {
		t.Error("no process of the browser was found while it ran")
	}
	if err := b.end(); err != nil {
		t.Errorf("the end: %v", err)
	}
	if got := processesOf(t, kept); len(got) != 0 {
		t.Errorf("left running: %v", got)
	}
	if left, err := os.ReadDir(kept); err != nil || len(left) != 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
	if _, err := b.start(); err == nil {
		t.Error("a browser that has ended was started again")
	}
}

func canList() bool {
	_, err := os.Stat("/proc/self/cmdline")
	return err == nil
}

// processesOf lists the programs that were told of a folder, where the system lets them be listed.
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

type result int

func (r result) Run() int { return int(r) }

func TestMainEndsTheBrowserAndKeepsTheResult(t *testing.T) {
	for _, code := range []int{0, 3} {
		var b browser
		if got := (main{result(code), &b}).Run(); got != code || !b.ended {
			t.Errorf("%d became %d; ended: %v", code, got, b.ended)
		}
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if got := (main{result(0), &browser{ctx: ended}}).Run(); got != 1 {
		t.Errorf("a browser that could not be ended: %d", got)
	}
}
