//go:build snapshot

package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"debug/buildinfo"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"net/http"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"
)

// dist is where goreleaser writes a release.
const dist = "../../dist"

// snapshot is the version in dist, and the commit of the tree.
type snapshot struct{ Version, Commit string }

func readSnapshot(t *testing.T) (s snapshot) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dist, "metadata.json"))
	if err != nil {
		t.Fatalf("'make snapshot' makes the release: %v", err)
	}
	if err := json.Unmarshal(text, &s); err != nil || s.Version == "" {
		t.Fatalf("metadata.json: %v: %s", err, text)
	}
	commit, err := exec.CommandContext(t.Context(), "git", "rev-parse", "HEAD").Output()
	if err != nil {
		t.Fatal(err)
	}
	s.Commit = strings.TrimSpace(string(commit))
	return s
}

// TestSnapshotHasEveryArtefact compares dist with the list of what a release has, and the checksums with the files.
func TestSnapshotHasEveryArtefact(t *testing.T) {
	s := readSnapshot(t)
	want := []string{"checksums.txt"}
	for _, system := range []string{"linux", "darwin", "windows"} {
		for _, processor := range []string{"amd64", "arm64"} {
			name := "nicsim_" + s.Version + "_" + system + "_" + processor
			want = append(want, name+map[bool]string{true: ".zip", false: ".tar.gz"}[system == "windows"], name+".cdx.json")
			if system == "linux" {
				want = append(want, name+".deb", name+".rpm")
			}
		}
	}
	summed := map[string]string{}
	for line := range strings.Lines(string(artefact(t, "checksums.txt"))) {
		sum, name, _ := strings.Cut(strings.TrimSpace(line), "  ")
		summed[name] = sum
	}
	for _, name := range want[1:] {
		if sum := sha256.Sum256(artefact(t, name)); summed[name] != hex.EncodeToString(sum[:]) {
			t.Errorf("checksums.txt has %q for %s", summed[name], name)
		}
	}
	if len(summed) != len(want)-1 {
		t.Errorf("checksums.txt has %d files, want %d: %v", len(summed), len(want)-1, slices.Sorted(maps.Keys(summed)))
	}
	for _, manifest := range []string{"homebrew/Casks/nicsim.rb", "scoop/nicsim.json"} {
		text := string(artefact(t, manifest))
		sums := regexp.MustCompile(`[0-9a-f]{64}`).FindAllString(text, -1)
		for name, sum := range summed {
			if strings.Contains(text, name) && !slices.Contains(sums, sum) {
				t.Errorf("%s has no checksum of %s", manifest, name)
			}
		}
		if !strings.Contains(text, s.Version) || len(sums) < 2 {
			t.Errorf("%s has %d checksums, and not the version: %s", manifest, len(sums), text)
		}
	}
}

// TestSnapshotArchives reads each archive: a static program for its system, documents, manual pages, completions; and
// the list of what is in the program.
func TestSnapshotArchives(t *testing.T) {
	s := readSnapshot(t)
	for _, file := range matches(t, "nicsim_*.tar.gz", "nicsim_*.zip") {
		base := strings.TrimSuffix(strings.TrimSuffix(path.Base(file), ".zip"), ".tar.gz")
		parts := strings.Split(base, "_")
		system, processor := parts[len(parts)-2], parts[len(parts)-1]
		files := unpack(t, file)
		program := files[programName(system)]
		info, err := buildinfo.Read(bytes.NewReader(program))
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		built := map[string]string{}
		for _, setting := range info.Settings {
			built[setting.Key] = setting.Value
		}
		if built["GOOS"] != system || built["GOARCH"] != processor || built["CGO_ENABLED"] != "0" {
			t.Errorf("%s: the program is for %s/%s, with CGO_ENABLED=%s", file, built["GOOS"], built["GOARCH"],
				built["CGO_ENABLED"])
		}
		for _, name := range append([]string{"LICENSE", "README.md", "CHANGELOG.md", "THIRD-PARTY-LICENSES",
			"completions/nicsim.bash", "completions/_nicsim", "completions/nicsim.fish", "completions/nicsim.ps1"},
			manualOfCask(t)...) {
			if len(files[name]) == 0 {
				t.Errorf("%s has no %s", file, name)
			}
		}
		if pages := len(manualOfCask(t)); pages != countIn(files, "man/") {
			t.Errorf("%s has %d manual pages, and .goreleaser.yaml lists %d", file, countIn(files, "man/"), pages)
		}
		var bom struct {
			BOMFormat  string
			Metadata   struct{ Component struct{ Version string } }
			Components []struct{ Name string }
		}
		if err := json.Unmarshal(artefact(t, base+".cdx.json"), &bom); err != nil {
			t.Errorf("%s.cdx.json: %v", base, err)
		}
		names := []string{}
		for _, c := range bom.Components {
			names = append(names, c.Name)
		}
		for _, module := range info.Deps {
			if !slices.Contains(names, module.Path) {
				t.Errorf("%s.cdx.json has no %s", base, module.Path)
			}
		}
		if bom.BOMFormat != "CycloneDX" || bom.Metadata.Component.Version != s.Version {
			t.Errorf("%s.cdx.json is %s of version %s", base, bom.BOMFormat, bom.Metadata.Component.Version)
		}
	}
}

// TestSnapshotRuns runs the program in the archive of this system: it knows its version, and serves.
func TestSnapshotRuns(t *testing.T) {
	s := readSnapshot(t)
	kind := map[bool]string{true: ".zip", false: ".tar.gz"}[runtime.GOOS == "windows"]
	found := matches(t, "nicsim_*_"+runtime.GOOS+"_"+runtime.GOARCH+kind)
	program := filepath.Join(t.TempDir(), programName(runtime.GOOS))
	if err := os.WriteFile(program, unpack(t, found[0])[programName(runtime.GOOS)], 0o755); err != nil {
		t.Fatal(err)
	}
	out, err := exec.CommandContext(t.Context(), program, "version").Output()
	if want := "nicsim " + s.Version + " (" + s.Commit + " 20"; err != nil || !strings.HasPrefix(string(out), want) {
		t.Errorf("nicsim version: %v, %q, want %q…", err, out, want)
	}
	serving := started(t, nil, program, "serve", "--control", "127.0.0.1:0", "--sandbox", "127.0.0.1:0",
		"--production", "127.0.0.1:0")
	answer, err := http.Get(serving.urls.Control + "/readyz") //nolint:noctx // of this machine
	if err != nil || answer.StatusCode != http.StatusOK {
		t.Errorf("GET /readyz: %v, %+v", err, answer)
	}
	if err == nil {
		_ = answer.Body.Close()
	}
	if code, said := serving.stop(); code != exitGood && runtime.GOOS != "windows" {
		t.Errorf("serve ended with the exit code %d: %s", code, said)
	}
}

// TestSnapshotPackages reads the packages with the tools of Debian and of RPM, as far as they are here.
func TestSnapshotPackages(t *testing.T) {
	readSnapshot(t)
	both := []string{"/usr/bin/nicsim", "/usr/share/man/man1/nicsim.1.gz", "/usr/share/man/man1/nicsim-serve.1.gz",
		"/usr/share/bash-completion/completions/nicsim", "/usr/share/fish/vendor_completions.d/nicsim.fish",
		"/usr/share/doc/nicsim/THIRD-PARTY-LICENSES", "/usr/share/doc/nicsim/CHANGELOG.md"}
	for _, c := range []struct {
		pattern string
		list    []string
		more    []string
	}{
		{"nicsim_*.deb", []string{"dpkg-deb", "-c"},
			[]string{"/usr/share/doc/nicsim/copyright", "/usr/share/zsh/vendor-completions/_nicsim"}},
		{"nicsim_*.rpm", []string{"rpm", "-qlp"},
			[]string{"/usr/share/licenses/nicsim/LICENSE", "/usr/share/zsh/site-functions/_nicsim"}},
	} {
		for _, file := range matches(t, c.pattern) {
			out, err := exec.CommandContext(t.Context(), c.list[0], append(c.list[1:], file)...).Output()
			if errors.Is(err, exec.ErrNotFound) {
				t.Logf("not read, as %s is missing: %s", c.list[0], file)
				continue
			}
			if err != nil {
				t.Errorf("%s: %v", file, err)
			}
			for _, name := range slices.Concat(both, c.more) {
				if !regexp.MustCompile(`(?m)(^|\.)` + regexp.QuoteMeta(name) + `$`).Match(out) {
					t.Errorf("%s has no %s", file, name)
				}
			}
		}
	}
}

func programName(system string) string {
	if system == "windows" {
		return "nicsim.exe"
	}
	return "nicsim"
}

// artefact reads a file of the release.
func artefact(t *testing.T, name string) []byte {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dist, name))
	if err != nil {
		t.Errorf("the release lacks it: %v", err)
	}
	return text
}

// matches returns the files of the release that match one of the patterns.
func matches(t *testing.T, patterns ...string) (all []string) {
	t.Helper()
	for _, pattern := range patterns {
		found, err := filepath.Glob(filepath.Join(dist, pattern))
		if err != nil || len(found) == 0 {
			t.Fatalf("no file of the release is %s: %v", pattern, err)
		}
		all = append(all, found...)
	}
	return all
}

// unpack returns the files of an archive by name.
func unpack(t *testing.T, file string) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	if strings.HasSuffix(file, ".zip") {
		archive, err := zip.OpenReader(file)
		if err != nil {
			t.Fatal(err)
		}
		defer archive.Close()
		for _, f := range archive.File {
			content, err := f.Open()
			if err == nil {
				files[f.Name], err = io.ReadAll(content)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		return files
	}
	archive, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer archive.Close()
	plain, err := gzip.NewReader(archive)
	if err != nil {
		t.Fatal(err)
	}
	for content := tar.NewReader(plain); ; {
		header, err := content.Next()
		if errors.Is(err, io.EOF) {
			return files
		}
		if err == nil {
			files[header.Name], err = io.ReadAll(content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

func countIn(files map[string][]byte, folder string) (n int) {
	for name := range files {
		if strings.HasPrefix(name, folder) && !strings.HasSuffix(name, "/") {
			n++
		}
	}
	return n
}

// manualOfCask is the list of manual pages that Homebrew installs.
func manualOfCask(t *testing.T) []string {
	t.Helper()
	text, err := os.ReadFile("../../.goreleaser.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var config struct {
		Casks []struct{ Manpages []string } `yaml:"homebrew_casks"`
	}
	if err := yaml.Unmarshal(text, &config); err != nil || len(config.Casks) != 1 {
		t.Fatalf(".goreleaser.yaml: %v, %+v", err, config)
	}
	return config.Casks[0].Manpages
}
