package main

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// TestSuiteReadme performs the commands of the README and of the pages by task, each page from top to bottom, and
// compares what a page shows with what the program prints. After a change of the program's output, -update
// writes the copies of it in the pages.
func TestSuiteReadme(t *testing.T) {
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
				if page == "README.md" && b.language == "go" && !strings.HasSuffix(string(example), "\n\n"+b.text()) {
					t.Errorf("line %d: the Go code differs from readme_example_test.go", b.lines[0].number)
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
