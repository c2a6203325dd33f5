package house_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/nicsim/nicsim/internal/house"
)

// docs/security.md names a test for each threat, and each of them exists.
func TestSecurityPageNamesTests(t *testing.T) {
	page, err := os.ReadFile(filepath.Join(root, "docs", "security.md"))
	if err != nil {
		t.Fatal(err)
	}
	tree, err := house.Read(os.DirFS(root), module)
	if err != nil {
		t.Fatal(err)
	}
	tests := house.Tests(tree)
	scripts, err := filepath.Glob(filepath.Join(root, "cmd", "nicsim", "testdata", "script", "*.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	for _, script := range scripts {
		tests[filepath.Base(script)] = true
	}
	report(t, house.Threats(string(page), tests))
}

func TestThreatsWithoutTestsAreFound(t *testing.T) {
	page := "| threat | what holds it back | ASVS | tests |\n|---|---|---|---|\n" +
		"| a | b | V1 | `TestOne`, `two.txtar` |\n| none | b | | |\n| gone | b | | `TestOne`, `FuzzGone` |\n"
	found := house.Threats(page, map[string]bool{"TestOne": true, "two.txtar": true})
	var said []string
	for _, f := range found {
		said = append(said, f.String())
	}
	want := regexp.MustCompile(`(?s)^docs/security\.md:4: names no test.*\n.*:5: names FuzzGone`)
	if len(found) != 2 || !want.MatchString(strings.Join(said, "\n")) {
		t.Errorf("found %q", said)
	}
	if found := house.Threats("no table", nil); len(found) != 1 {
		t.Errorf("a page without threats: %v", found)
	}
}
