package house_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/nicsim/nicsim/internal/house"
)

const (
	root   = "../.."
	module = "github.com/nicsim/nicsim"
)

func TestModuleKeepsTheRules(t *testing.T) {
	tree, err := house.Read(os.DirFS(root), module)
	if err != nil {
		t.Fatal(err)
	}
	if len(tree.Files) < 100 {
		t.Fatalf("read only %d files; is %s the module's root?", len(tree.Files), root)
	}
	for name, rule := range map[string]func(house.Tree) []house.Finding{
		"imports": house.Imports, "uses": house.Uses, "lengths": house.Lengths, "comments": house.Comments,
	} {
		t.Run(name, func(t *testing.T) { report(t, rule(tree)) })
	}
}

func TestEachRequiredModuleIsExplained(t *testing.T) {
	page, err := os.ReadFile(filepath.Join(root, "CONTRIBUTING.md"))
	if err != nil {
		t.Fatalf("CONTRIBUTING.md explains what go.mod requires: %v", err)
	}
	report(t, house.Requirements(directRequirements(t), string(page)))
}

// directRequirements returns the direct requirements in go.mod, as the go command reads them.
func directRequirements(t *testing.T) []string {
	t.Helper()
	edit := exec.CommandContext(t.Context(), "go", "mod", "edit", "-json")
	edit.Dir = root
	out, err := edit.Output()
	if err != nil {
		t.Fatalf("go mod edit -json: %v", err)
	}
	var mod struct {
		Require []struct {
			Path     string
			Indirect bool
		}
	}
	if err := json.Unmarshal(out, &mod); err != nil {
		t.Fatal(err)
	}
	var direct []string
	for _, r := range mod.Require {
		if !r.Indirect {
			direct = append(direct, r.Path)
		}
	}
	return direct
}

func report(t *testing.T, found []house.Finding) {
	t.Helper()
	for _, f := range found {
		t.Error(f)
	}
}

// expect checks that there are as many findings as fragments, and that each finding has its fragment.
func expect(t *testing.T, found []house.Finding, fragments ...string) {
	t.Helper()
	if len(found) != len(fragments) {
		t.Fatalf("found %d, want %d: %v", len(found), len(fragments), found)
	}
	for i, f := range found {
		if !strings.Contains(f.String(), fragments[i]) {
			t.Errorf("finding %q does not say %q", f, fragments[i])
		}
	}
}
