package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"
)

// The script of examples/ci performs every step, keeps the reports, and fails if a step fails.
func TestCIScript(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("the script is for a POSIX shell")
	}
	programs := filepath.Dir(built(t, "."))
	const walk = `nicsim walk --sandbox "$NIC_SANDBOX_URL" --production "$NIC_PRODUCTION_URL" --control "$NIC_CONTROL_URL"`
	for _, c := range []struct {
		name, tests string
		code        int
		want        string
	}{
		{"good", walk, 0, "The client broke no rule that it must keep"},
		{"tests that fail", walk + "; exit 7", 1, "ci.sh: tests failed with the exit code 7"},
		{"tests without a call", "true", 1, "ci.sh: judge failed with the exit code 2"},
		{"no tests", "", 2, "TESTS is not set"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			reports := filepath.Join(t.TempDir(), "reports")
			run := exec.CommandContext(t.Context(), "sh", "../../examples/ci/ci.sh")
			run.Env = append(os.Environ(), "PATH="+programs+string(os.PathListSeparator)+os.Getenv("PATH"),
				"TESTS="+c.tests, "SUITE=--tags @REF-otp-expired", "REPORTS="+reports)
			out, _ := run.CombinedOutput()
			if code := run.ProcessState.ExitCode(); code != c.code || !strings.Contains(string(out), c.want) {
				t.Errorf("exit code %d, want %d and %q:\n%s", code, c.code, c.want, out)
			}
			for _, file := range []string{"suite.html", "suite.xml", "suite.json", "client.html", "client.xml", "client.json"} {
				if _, err := os.Stat(filepath.Join(reports, file)); (err == nil) != (c.tests != "") {
					t.Errorf("%s: %v", file, err)
				}
			}
		})
	}
}

// The workflow and the job are YAML, call the script, and keep its folder of reports.
func TestCIFiles(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"github.yml", "gitlab-ci.yml"} {
		text, err := os.ReadFile("../../examples/ci/" + name)
		if err != nil {
			t.Fatal(err)
		}
		var document map[string]any
		if err := yaml.Unmarshal(text, &document); err != nil || len(document) == 0 {
			t.Errorf("%s is not YAML: %v", name, err)
		}
		for _, want := range []string{"sh ci.sh", "TESTS: ", "reports"} {
			if !strings.Contains(string(text), want) {
				t.Errorf("%s lacks %q", name, want)
			}
		}
	}
}
