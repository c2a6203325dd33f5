package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// docs/README.md is the index: it lists each page once, and no section of it is empty.
func TestIndexOfPages(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(moduleRoot(t), "docs")
	index, err := os.ReadFile(filepath.Join(folder, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	listed := map[string]int{}
	for _, link := range linkTarget.FindAllStringSubmatch(string(index), -1) {
		listed[link[1]]++
	}
	pages, err := filepath.Glob(filepath.Join(folder, "*.md"))
	if err != nil || len(pages) < 2 {
		t.Fatalf("found no docs: %v", err)
	}
	for _, page := range pages {
		if name := filepath.Base(page); name != "README.md" && listed[name] != 1 {
			t.Errorf("docs/README.md lists %s %d times, want once", name, listed[name])
		}
	}
}

// byExamples are the pages whose commands scripts/examples.sh runs, with the tools of each language.
var byExamples = []string{"docs/from-node.md", "docs/from-python.md", "docs/from-java.md", "docs/from-php.md",
	"docs/from-dotnet.md", "docs/from-go.md"}

// byRules is tried with its output, whose exit code is not 0, by TestRulesByDateShowsTheOutput.
const byRules = "docs/rules-by-date.md"

var triedBlock = regexp.MustCompile("(?m)^```(sh|console)$")

// A block that a page shows as a command is run by a test. Text that is not run is in a block of text.
func TestEveryCommandIsTried(t *testing.T) {
	t.Parallel()
	root := moduleRoot(t)
	pages, err := filepath.Glob(filepath.Join(root, "docs", "*.md"))
	if err != nil || len(pages) == 0 {
		t.Fatalf("found no docs: %v", err)
	}
	script, err := os.ReadFile(filepath.Join(root, "scripts", "examples.sh"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range pages {
		page := "docs/" + filepath.Base(file)
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if triedBlock.Match(text) && page != byRules && !slices.Contains(slices.Concat(tried, byExamples), page) {
			t.Errorf("%s has commands that no test runs: add it to tried, or make the block one of text and say why", page)
		}
	}
	for _, page := range byExamples {
		language := strings.TrimSuffix(strings.TrimPrefix(page, "docs/from-"), ".md")
		if !regexp.MustCompile(`\nfor language in .*\b` + language + `\b`).Match(script) {
			t.Errorf("scripts/examples.sh does not follow %s", page)
		}
	}
}

// aCommand begins a line that a reader may take for a command. saysWhy marks a section that says why no test runs it.
var (
	aCommand = regexp.MustCompile(
		`(?m)^(NIC\w+=\S+ )?(nicsim [a-z]+( |$)|(brew|curl|docker|export|go|make|mvn|npm|openssl|scoop|sudo|vendor/\S+) \S)`)
	saysWhy = regexp.MustCompile(`(?i)\b(not run|no\s+test\s+runs|nothing on this page was run)\b`)
)

// A command in a block of text is one that no test runs. Its section, or what is above all sections, says why.
func TestACommandThatIsNotTriedSaysWhy(t *testing.T) {
	t.Parallel()
	root := moduleRoot(t)
	pages, err := filepath.Glob(filepath.Join(root, "docs", "*.md"))
	if err != nil || len(pages) == 0 {
		t.Fatalf("found no docs: %v", err)
	}
	for _, page := range append(pages, filepath.Join(root, "README.md")) {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		sections := strings.Split(string(text), "\n## ")
		for _, section := range sections {
			for _, block := range strings.Split(section, "\n```text\n")[1:] {
				block, _, _ = strings.Cut(block, "\n```")
				line := aCommand.FindString(block)
				if line != "" && !saysWhy.MatchString(section) && !saysWhy.MatchString(sections[0]) {
					t.Errorf("%s: %q: say in the section why no test runs it, or make the block one of the shell", page, line)
				}
			}
		}
	}
}
