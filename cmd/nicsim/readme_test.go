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

// tried are the pages whose commands are run, README.md first.
var tried = []string{"README.md", "docs/walk.md", "docs/control.md", "docs/invoices.md", "docs/conformance.md"}

// TestReadme performs the commands of the README and of the pages by task, each page from top to bottom, and
// compares what a page shows with what the program prints. After a change of the program's output, -update
// writes the copies of it in the pages.
func TestReadme(t *testing.T) {
	root := moduleRoot(t)
	example, err := os.ReadFile("readme_example_test.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, page := range tried {
		t.Run(page, func(t *testing.T) {
			var written []string
			for _, b := range tryPage(t, root, page) {
				written = append(written, b.language)
				if b.language == "go" && !strings.HasSuffix(string(example), "\n\n"+b.text()) {
					t.Errorf("line %d: the Go code is not that of readme_example_test.go", b.lines[0].number)
				}
			}
			for _, language := range []string{"sh", "console", "yaml", "go"} {
				if page == "README.md" && !slices.Contains(written, language) {
					t.Errorf("the README has no %s block", language)
				}
			}
		})
	}
}

// tryPage performs a page and returns its blocks.
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
	stranger := newReader(t, root, page)
	for _, b := range blocks {
		switch b.language {
		case "sh":
			stranger.perform(b.lines)
		case "console":
			stranger.compare(b, func(output string) {
				text = []byte(strings.Replace(string(text), b.text(), output, 1))
				if err := os.WriteFile(file, text, 0o644); err != nil {
					t.Fatal(err)
				}
			})
		case "yaml":
			t.Run("workflow", func(t *testing.T) { // a machine of its own
				lines, err := runLines(b.lines)
				if err != nil {
					t.Fatal(err)
				}
				newReader(t, root, page).perform(lines)
			})
		}
	}
	stranger.look()
	return blocks
}

// A page that is wrong fails.
func TestReadmeMistakesAreFound(t *testing.T) {
	stranger := newReader(t, moduleRoot(t), "README.md")
	if err := stranger.do("curl -s localhost:7000/healthz"); err == nil {
		t.Error("a simulator was asked before it was started")
	}
	for _, good := range []string{
		"nicsim serve --ready-file nicsim.json &",
		"nicsim wait --ready-file nicsim.json",
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
		{"nicsim wait --ready-file other.json --timeout 1ms", "exit code 3"},
		{"nicsim conformance --junti nicsim.xml", "unknown flag"},
	} {
		if err := stranger.do(c.command); err == nil || !strings.Contains(err.Error(), c.violation) {
			t.Errorf("%s: error %v, want one with %q", c.command, err, c.violation)
		}
	}
}

// An excerpt shows lines of the output in their order.
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
