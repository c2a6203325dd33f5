package main

import (
	"archive/tar"
	"compress/gzip"
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"
)

// releaseAt writes a release with the program of this test for this system, and returns its URL.
func releaseAt(t *testing.T, folder string) string {
	t.Helper()
	if err := os.MkdirAll(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	name := fmt.Sprintf("nicsim_1.2.3_%s_%s.tar.gz", runtime.GOOS, runtime.GOARCH)
	file, err := os.Create(filepath.Join(folder, name))
	if err != nil {
		t.Fatal(err)
	}
	program, err := os.ReadFile(built(t, "."))
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.New()
	compressed, err := gzip.NewWriterLevel(io.MultiWriter(file, sum), gzip.NoCompression)
	if err != nil {
		t.Fatal(err)
	}
	files := tar.NewWriter(compressed)
	header := tar.Header{Typeflag: tar.TypeReg, Name: "nicsim", Mode: 0o755, Size: int64(len(program))}
	err = files.WriteHeader(&header)
	if err == nil {
		_, err = files.Write(program)
	}
	for _, each := range []error{err, files.Close(), compressed.Close(), file.Close()} {
		if each != nil {
			t.Fatal(each)
		}
	}
	sums := fmt.Sprintf("%x  %s\n%x  nicsim_1.2.3_plan9_386.tar.gz\n", sum.Sum(nil), name, sha256.Sum256(nil))
	if err := os.WriteFile(filepath.Join(folder, "checksums.txt"), []byte(sums), 0o600); err != nil {
		t.Fatal(err)
	}
	return "file://" + filepath.ToSlash(filepath.Dir(filepath.Dir(folder)))
}

// The script of the action fetches a release, checks it, and runs a command under nicsim exec.
func TestActionScript(t *testing.T) {
	t.Parallel()
	for _, tool := range []string{"bash", "curl"} {
		if _, err := exec.LookPath(tool); err != nil || runtime.GOOS == "windows" {
			t.Skipf("the test needs %s: %v", tool, err)
		}
	}
	folder := t.TempDir()
	releases := releaseAt(t, filepath.Join(folder, "latest", "download"))
	releaseAt(t, filepath.Join(folder, "download", "v1.2.3"))
	broken := releaseAt(t, filepath.Join(folder, "broken", "latest", "download"))
	archive, err := filepath.Glob(filepath.Join(folder, "broken", "latest", "download", "*.tar.gz"))
	if err == nil {
		err = os.WriteFile(archive[0], []byte("another program"), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name   string
		inputs []string
		code   int
		want   string
	}{
		{"the latest", []string{"RUN=echo at $NIC_SANDBOX_URL as $NIC_GSTIN"}, 0, "at http://127.0.0.1:"},
		{"a version", []string{"VERSION=1.2.3", "RUN=false | cat"}, 1, "the command ended with the exit code 1"},
		{"a version with a v", []string{"VERSION=v1.2.3", "SEED=monday", "RUN=true"}, 0, "seed monday"},
		{"all inputs", []string{"SITUATION=portal-down", "JUDGE=client.html", "JUNIT=client.xml", "FLAGS=--log-level info",
			"RUN=true; true"}, 0, "nicsim exec: the command ended with the exit code 0"},
		{"a missing world", []string{"WORLD=missing.yaml", "RUN=echo ran"}, 2, "--world-file"},
		{"only the program", nil, 0, "nicsim "},
		{"another version", []string{"VERSION=9.9.9"}, 2, "there is no release at"},
		{"another program", []string{"RELEASES=" + broken}, 2, "does not have the checksum of the release"},
	} {
		t.Run(c.name, func(t *testing.T) {
			script, err := filepath.Abs("../../examples/ci/action.sh")
			if err != nil {
				t.Fatal(err)
			}
			run := exec.CommandContext(t.Context(), "bash", script)
			run.Dir = t.TempDir()
			paths := filepath.Join(run.Dir, "paths")
			run.Env = append(os.Environ(), "RUNNER_TEMP="+t.TempDir(), "GITHUB_PATH="+paths, "NIC_ACTION_RELEASES="+releases)
			for _, input := range c.inputs {
				run.Env = append(run.Env, "NIC_ACTION_"+input)
			}
			out, _ := run.CombinedOutput()
			if code := run.ProcessState.ExitCode(); code != c.code || !strings.Contains(string(out), c.want) {
				t.Errorf("exit code %d, want %d and %q:\n%s", code, c.code, c.want, out)
			}
			if c.name == "only the program" {
				added, err := os.ReadFile(paths)
				if err == nil {
					_, err = os.Stat(filepath.Join(strings.TrimSpace(string(added)), "nicsim"))
				}
				if err != nil {
					t.Errorf("the next step does not find nicsim: %v", err)
				}
			}
			if c.name == "all inputs" {
				for _, report := range []string{"client.html", "client.xml"} {
					if _, err := os.Stat(filepath.Join(run.Dir, report)); err != nil {
						t.Error(err)
					}
				}
			}
		})
	}
}

// The action gives each of its inputs to the script, under the variable that the script reads, and the page names it.
func TestActionFile(t *testing.T) {
	t.Parallel()
	read := func(name string) string {
		text, err := os.ReadFile("../../" + name)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	var action struct {
		Name, Description string
		Inputs            map[string]struct{ Description string }
		Runs              struct {
			Using string
			Steps []struct {
				Shell, Run string
				Env        map[string]string
			}
		}
	}
	if err := yaml.Unmarshal([]byte(read("action.yml")), &action); err != nil || len(action.Runs.Steps) != 1 {
		t.Fatalf("%v: %+v", err, action)
	}
	step := action.Runs.Steps[0]
	if action.Runs.Using != "composite" || step.Shell != "bash" || len(step.Env) != len(action.Inputs) {
		t.Errorf("the step is %+v, and there are %d inputs", step, len(action.Inputs))
	}
	file := regexp.MustCompile(`\$GITHUB_ACTION_PATH/([\w/.]+)`).FindStringSubmatch(step.Run)
	if file == nil {
		t.Fatalf("the step runs %q", step.Run)
	}
	script, page := read(file[1]), read("docs/install.md")
	for name, input := range action.Inputs {
		variable := "NIC_ACTION_" + strings.ToUpper(name)
		if step.Env[variable] != "${{ inputs."+name+" }}" || !strings.Contains(script, "${"+variable+":-}") {
			t.Errorf("the input %s does not reach the script as %s", name, variable)
		}
		if input.Description == "" || !strings.Contains(page, "`"+name+"`") {
			t.Errorf("the input %s is not explained", name)
		}
	}
}
