package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// moduleRoot returns the folder of README.md. A test must call it before it changes the working directory.
func moduleRoot(t *testing.T) string {
	t.Helper()
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	return root
}

// tried are the pages whose commands are run, README.md first.
var tried = []string{
	"README.md", "docs/walk.md", "docs/control.md", "docs/own-world.md", "docs/invoices.md", "docs/conformance.md",
	"docs/faults.md", "docs/drills.md", "docs/judge-your-client.md", "docs/test-your-gateway.md",
	"docs/read-the-report.md", "docs/exec.md", "docs/gsp.md", "docs/crypto-by-example.md",
	"docs/install.md", "docs/keep-state.md", "docs/limits.md",
	"docs/openapi.md",
}

// tryPage performs the commands of a page and returns its blocks.
func tryPage(t *testing.T, root, page string) []block {
	t.Helper()
	file := filepath.Join(root, page)
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	blocks, err := readBlocks(string(text))
	if err != nil {
		t.Fatal(err)
	}
	r := newReader(t, root, page)
	for _, b := range blocks {
		switch b.language {
		case "sh":
			r.perform(b.lines)
		case "console":
			r.compare(b, func(output string) {
				text = []byte(strings.Replace(string(text), b.text(), output, 1))
				if err := os.WriteFile(file, text, 0o644); err != nil {
					t.Fatal(err)
				}
			})
		case "json":
			if !json.Valid([]byte(b.text())) {
				t.Errorf("%s:%d: the block is not JSON", page, b.lines[0].number)
			}
		case "yaml":
			if name, named := strings.CutPrefix(b.lines[0].text, "# "); named { // a file that the commands need
				name, _, _ = strings.Cut(name, ",")
				if err := os.WriteFile(name, []byte(b.text()), 0o600); err != nil {
					t.Fatal(err)
				}
				continue
			}
			t.Run("workflow", func(t *testing.T) { // its commands run in a new folder
				lines, err := runLines(b.lines)
				if err != nil {
					t.Fatal(err)
				}
				newReader(t, root, page).perform(lines)
			})
		}
	}
	r.checkPictures()
	return blocks
}

// The test fails on mistakes in a page.
func TestReadmeMistakesAreFound(t *testing.T) {
	r := newReader(t, moduleRoot(t), "README.md")
	if err := r.do("curl -s localhost:7000/healthz"); err == nil {
		t.Error("a call before nicsim serve succeeded")
	}
	for _, good := range []string{
		"nicsim serve --ready-file nicsim.json &",
		"nicsim wait --ready-file nicsim.json",
		`curl -s -X PUT localhost:7000/control/v1/settings -H 'Content-Type: application/json' -d '{"otpLifetime":"1m"}' # settings`,
	} {
		if err := r.do(good); err != nil {
			t.Errorf("%s: %v", good, err)
		}
	}
	for _, c := range []struct{ command, violation string }{
		{"rm -rf nicsim", "the test does not support"},
		{"nicsim wlak", "exit code 2"},
		{"nicsim walk --mobile 9876500001", "exit code 1"},
		{"nicsim serve --prot 1", "unknown flag: --prot"},
		{"go run ./cmd/nicsin walk", "the test does not support"},
		{"go install github.com/nicsim/nicsim/cmd/nicsin@latest", "cmd/nicsin"},
		{"go install github.com/nicsim/nicsim/features@latest", "not a program of this module"},
		{"go install github.com/gorilla/mux@latest", "not a program of this module"},
		{"go get github.com/gorilla/mux", "not this module"},
		{"make tets", "tets"},
		{"curl -s localhost:7000/control/v1/inbx", "404"},
		{"curl -s -X POST localhost:7000/control/v1/clock/advance -d '{}'", "415"},
		{"curl -s localhost:7004/healthz", "localhost:7004"},
		{"curl --slient localhost:7000/healthz", "slient"},
		{"nicsim version | cat", "'|'"},
		{"nicsim version 'x", "quote"},
		{"until [ -s nicsim.json ]; do true; done", "';'"},
		{"nicsim wait --ready-file other.json --timeout 1ms", "exit code 3"},
		{"nicsim conformance --junti nicsim.xml", "unknown flag"},
	} {
		if err := r.do(c.command); err == nil || !strings.Contains(err.Error(), c.violation) {
			t.Errorf("%s: error %v, want one with %q", c.command, err, c.violation)
		}
	}
}

// An excerpt has lines of the output in the same order.
func TestExcerpts(t *testing.T) {
	const output = "one\ntwo\nthree\nfour\n"
	for shown, want := range map[string]bool{
		output: true, "one\n…\nfour\n": true, "…\ntwo\nthree\n…\n": true, "one\n…\ntwo\n…\n": true,
		"one\ntwo\n": false, "…\ntwo\n": false, "two\n…\n": false, "one\n…\nthree\ntwo\n…\n": false, "one\n…\nive\n": false,
	} {
		if got := shows(shown, output); got != want {
			t.Errorf("%q: %t, want %t", shown, got, want)
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
