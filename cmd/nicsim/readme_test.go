package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// moduleRoot is the folder of README.md. Tests that go elsewhere ask first.
func moduleRoot(t *testing.T) string {
	t.Helper()
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	return root
}

// TestReadme does what the README tells its reader to do, from top to bottom, and compares what it
// shows with what there is. After a change of the program's output, -update writes the README's
// copy of it anew.
func TestReadme(t *testing.T) {
	root := moduleRoot(t)
	file := filepath.Join(root, "README.md")
	readme, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	blocks, err := readBlocks(string(readme))
	if err != nil {
		t.Fatal(err)
	}
	var written []string
	for _, b := range blocks {
		written = append(written, b.language)
	}
	for _, language := range []string{"sh", "console", "yaml", "go"} {
		if !slices.Contains(written, language) {
			t.Errorf("the README has no %s block", language)
		}
	}
	example, err := os.ReadFile("readme_example_test.go")
	if err != nil {
		t.Fatal(err)
	}

	stranger := newReader(t, root)
	for _, b := range blocks {
		switch b.language {
		case "sh":
			stranger.perform(b.lines)
		case "console":
			stranger.compare(b, func(output string) {
				readme = []byte(strings.Replace(string(readme), b.text(), output, 1))
				if err := os.WriteFile(file, readme, 0o644); err != nil {
					t.Fatal(err)
				}
			})
		case "yaml":
			t.Run("workflow", func(t *testing.T) { // a machine of its own
				lines, err := runLines(b.lines)
				if err != nil {
					t.Fatal(err)
				}
				newReader(t, root).perform(lines)
			})
		case "go":
			if !strings.HasSuffix(string(example), "\n\n"+b.text()) {
				t.Errorf("line %d: the Go code is not that of readme_example_test.go", b.lines[0].number)
			}
		}
	}
}

// A README that is wrong fails.
func TestReadmeMistakesAreFound(t *testing.T) {
	stranger := newReader(t, moduleRoot(t))
	if err := stranger.do("curl -s localhost:7000/healthz"); err == nil {
		t.Error("a simulator was asked before it was started")
	}
	for _, good := range []string{
		"nicsim serve --ready-file nicsim.json &",
		"timeout 30 sh -c 'until [ -s nicsim.json ]; do sleep 0.1; done'",
		`curl -s -X PUT localhost:7000/control/v1/settings -H 'Content-Type: application/json' -d '{"otpLifetime":"1m"}' # settings`,
	} {
		if err := stranger.do(good); err != nil {
			t.Errorf("%s: %v", good, err)
		}
	}
	for _, c := range []struct{ command, violation string }{
		{"rm -rf nicsim", "no test knows how to try"},
		{"nicsim wlak", "exit code 2"},
		{"nicsim walk --mobile 9876500001", "exit code 1"},
		{"nicsim serve --prot 1", "unknown flag: --prot"},
		{"go run ./cmd/nicsin walk", "no test knows how to try"},
		{"go install github.com/nicsim/nicsim/cmd/nicsin@latest", "cmd/nicsin"},
		{"go install github.com/nicsim/nicsim/features@latest", "no program of this module"},
		{"go install github.com/gorilla/mux@latest", "no program of this module"},
		{"go get github.com/gorilla/mux", "not this module"},
		{"make tets", "tets"},
		{"curl -s localhost:7000/control/v1/inbx", "404"},
		{"curl -s -X POST localhost:7000/control/v1/clock/advance -d '{}'", "415"},
		{"curl -s localhost:7003/healthz", "localhost:7003"},
		{"curl --slient localhost:7000/healthz", "slient"},
		{"nicsim version | cat", "'|'"},
		{"nicsim version 'x", "quote"},
		{"until [ -s nicsim.json ]; do true; done", "';'"},
	} {
		if err := stranger.do(c.command); err == nil || !strings.Contains(err.Error(), c.violation) {
			t.Errorf("%s: error %v, want one with %q", c.command, err, c.violation)
		}
	}
}

func TestReadmeBlocksThatCannotBeTried(t *testing.T) {
	for _, c := range []struct{ markdown, violation string }{
		{"```\nmake\n```\n", `line 1: a block in the language ""`},
		{"```bash\nmake\n```\n", `line 1: a block in the language "bash"`},
		{"text\n\n    make\n", "line 3: an indented block"},
		{"```sh\nmake\n", "line 1: the block has no end"},
		{"```sh\n```\n", "line 1: the block is empty"},
		{"```console\nmake\n```\n", "line 2: the first line of a console block"},
	} {
		if _, err := readBlocks(c.markdown); err == nil || !strings.Contains(err.Error(), c.violation) {
			t.Errorf("%q: error %v, want one with %q", c.markdown, err, c.violation)
		}
	}
	for _, c := range []struct{ workflow, violation string }{
		{"- uses: x", "no run line"},
		{"- run: make\n- shell: bash", `line 2: "- shell: bash"`},
		{"- run: |\n    make\n  if: x", `line 3: "if: x"`},
	} {
		if _, err := runLines(numbered(c.workflow)); err == nil || !strings.Contains(err.Error(), c.violation) {
			t.Errorf("%q: error %v, want one with %q", c.workflow, err, c.violation)
		}
	}
}
