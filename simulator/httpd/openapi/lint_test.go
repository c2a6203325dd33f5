package openapi_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/nicsim/nicsim/simulator/httpd/openapi"
)

// rules are those of the linter. No reference leads to what is inside Data, since it is encrypted. Each call has the
// refusals that all calls have under default.
const rules = `extends: [recommended-strict]
rules: {no-unused-components: off, operation-4xx-response: off, tag-description: off}
`

// The linter of Redocly finds nothing. Its warnings are errors here.
func TestLint(t *testing.T) {
	found, _ := filepath.Glob("../../../.tools/redocly-*/bin/cli.js") // the pattern is valid
	node, err := exec.LookPath("node")
	if len(found) == 0 || err != nil {
		t.Skip("scripts/redocly.sh fetches the linter, which needs node")
	}
	linter, err := filepath.Abs(found[len(found)-1])
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	write := func(name string, text []byte) {
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("redocly.yaml", []byte(rules))
	arguments := []string{linter, "lint", "--format=stylish", "--max-problems=50"}
	for _, listener := range openapi.Listeners() {
		document, err := openapi.Document(listener)
		if err != nil {
			t.Fatal(err)
		}
		text, err := json.MarshalIndent(document, "", " ")
		if err != nil {
			t.Fatal(err)
		}
		write(listener+".json", text)
		arguments = append(arguments, listener+".json")
	}
	lint := exec.CommandContext(t.Context(), node, arguments...)
	lint.Dir, lint.Env = dir, append(os.Environ(), "REDOCLY_TELEMETRY=off", "REDOCLY_SUPPRESS_UPDATE_NOTICE=true")
	if said, err := lint.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, said)
	}
}
