package house_test

import (
	"crypto/sha256"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// checkout is a made-up checkout with scripts/pact-lib.sh, a lock for one platform, and a PATH with nothing but the
// usual small programs and those that the test adds.
type checkout struct {
	t    *testing.T
	root string
	bin  string
	home string
}

const libraryText = "the bytes of libpact_ffi"

func newCheckout(t *testing.T, platform string) checkout {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("the made-up programs are shell scripts without an extension, which Windows does not run")
	}
	c := checkout{t, t.TempDir(), t.TempDir(), t.TempDir()}
	script, err := os.ReadFile("../../scripts/pact-lib.sh")
	if err != nil {
		t.Fatal(err)
	}
	c.write("scripts/pact-lib.sh", string(script))
	c.write("scripts/pact-lib.lock", fmt.Sprintf("# a lock\n%s 17.0.0 0.4.28 %x\n", platform,
		sha256.Sum256([]byte(libraryText))))
	for _, tool := range []string{"awk", "basename", "bash", "cat", "chmod", "cp", "cut", "dirname", "find",
		"grep", "gzip", "head", "mkdir", "mktemp", "mv", "openssl", "rm", "sh", "sha256sum", "shasum", "tail", "tar"} {
		if at, err := exec.LookPath(tool); err == nil {
			if err := os.Symlink(at, filepath.Join(c.bin, tool)); err != nil {
				t.Fatal(err)
			}
		}
	}
	c.program("ldd", "echo glibc")
	return c
}

func (c checkout) write(name, text string) {
	c.t.Helper()
	at := filepath.Join(c.root, name)
	if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
		c.t.Fatal(err)
	}
	if err := os.WriteFile(at, []byte(text), 0o644); err != nil {
		c.t.Fatal(err)
	}
}

// program puts a shell script on the PATH. The script records each of its runs.
func (c checkout) program(name, script string) {
	c.t.Helper()
	text := fmt.Sprintf("#!/bin/sh\necho %s \"$@\" >>'%s/ran'\n%s\n", name, c.root, script)
	if err := os.WriteFile(filepath.Join(c.bin, name), []byte(text), 0o755); err != nil {
		c.t.Fatal(err)
	}
}

// goFor adds a go command for a platform. The pact-go that it installs is the given script.
func (c checkout) goFor(goos, goarch, installer string) {
	c.program("go", fmt.Sprintf(`case "$1 $2" in
"env GOOS") echo %s ;;
"env GOARCH") echo %s ;;
"list -m") echo v2.4.2 ;;
install\ *) printf '#!/bin/sh\n%%s\n' '%s' >"$GOBIN/pact-go"; chmod +x "$GOBIN/pact-go" ;;
*) exit 1 ;;
esac`, goos, goarch, installer))
}

// npmWith adds an npm that packs a library under the given file name.
func (c checkout) npmWith(file, library string) {
	c.program("npm", fmt.Sprintf(`mkdir -p package/prebuilds/x
printf %%s '%s' >package/prebuilds/x/%s
tar czf made-up-17.0.0.tgz package
rm -r package`, library, file))
}

func (c checkout) run(environment ...string) (output string, ok bool) {
	c.t.Helper()
	return c.script("scripts/pact-lib.sh", environment...)
}

// script runs one of the project's scripts.
func (c checkout) script(name string, environment ...string) (output string, ok bool) {
	c.t.Helper()
	c.write("ran", "")
	script := exec.CommandContext(c.t.Context(), filepath.Join(c.bin, "bash"), filepath.Join(c.root, name))
	script.Env = append([]string{"PATH=" + c.bin, "HOME=" + c.home}, environment...)
	out, err := script.CombinedOutput()
	return string(out), err == nil
}

func (c checkout) ran() string { return c.read("ran") }

func (c checkout) read(name string) string {
	c.t.Helper()
	text, err := os.ReadFile(filepath.Join(c.root, name))
	if err != nil {
		return ""
	}
	return string(text)
}

// placed checks that the library is in its place, and that no other file is left.
func (c checkout) placed(name, want string) {
	c.t.Helper()
	if got := c.read(".pact/lib/" + name); got != want {
		c.t.Errorf(".pact/lib/%s holds %q, want %q", name, got, want)
	}
	if left, _ := filepath.Glob(filepath.Join(c.root, ".pact/fetch.*")); len(left) != 0 {
		c.t.Errorf("left behind: %v", left)
	}
	if notes, err := os.ReadDir(c.home); err != nil || len(notes) != 0 {
		c.t.Errorf("left behind in the home directory: %v, %v", notes, err)
	}
}

func (c checkout) says(output string, fragments ...string) {
	c.t.Helper()
	for _, f := range fragments {
		if !strings.Contains(output, f) {
			c.t.Errorf("the output lacks %q:\n%s", f, output)
		}
	}
}

func TestPactLibComesFromNPMOnce(t *testing.T) {
	c := newCheckout(t, "linux-x64-glibc")
	c.goFor("linux", "amd64", "exit 1")
	c.npmWith("libpact_ffi.so", libraryText)
	if out, ok := c.run(); !ok {
		t.Fatal(out)
	}
	c.placed("libpact_ffi.so", libraryText)
	c.says(c.ran(), "npm pack --silent @pact-foundation/pact-core-linux-x64-glibc@17.0.0")

	if out, ok := c.run(); !ok || out != "" || strings.Contains(c.ran(), "npm") {
		t.Errorf("the second run ran %q and printed %q, want nothing", c.ran(), out)
	}

	c.write(".pact/lib/libpact_ffi.so", "something else")
	if out, ok := c.run(); !ok {
		t.Fatal(out)
	}
	c.placed("libpact_ffi.so", libraryText)
}

func TestPactLibOfMuslAndWindows(t *testing.T) {
	for _, of := range []struct{ platform, goos, ldd, inPackage, placed string }{
		{"linux-x64-musl", "linux", "musl libc (x86_64)", "libpact_ffi_musl.so", "libpact_ffi.so"},
		{"windows-x64", "windows", "", "pact_ffi.dll", "pact_ffi.dll"},
	} {
		t.Run(of.platform, func(t *testing.T) {
			c := newCheckout(t, of.platform)
			c.goFor(of.goos, "amd64", "exit 1")
			c.program("ldd", "echo '"+of.ldd+"' >&2; exit 1")
			c.npmWith(of.inPackage, libraryText)
			if out, ok := c.run(); !ok {
				t.Fatal(out)
			}
			c.placed(of.placed, libraryText)
		})
	}
}

func TestPactLibIsNamedAndSignedOnMacOS(t *testing.T) {
	c := newCheckout(t, "darwin-arm64")
	c.goFor("darwin", "arm64", "exit 1")
	c.npmWith("libpact_ffi.dylib", libraryText)
	c.program("install_name_tool", `printf '%s' " named $2" >>"$3"`)
	c.program("codesign", `printf '%s' " signed" >>"$4"`)
	if out, ok := c.run(); !ok {
		t.Fatal(out)
	}
	c.placed("libpact_ffi.dylib", libraryText+" named @rpath/libpact_ffi.dylib signed")
	if out, ok := c.run(); !ok || strings.Contains(c.ran(), "npm") {
		t.Errorf("the second run ran %q and printed %q, want nothing", c.ran(), out)
	}
}

func TestPactLibRefusesOtherBytes(t *testing.T) {
	c := newCheckout(t, "linux-x64-glibc")
	c.goFor("linux", "amd64", "exit 1")
	c.npmWith("libpact_ffi.so", "tampered with")
	out, ok := c.run()
	if ok {
		t.Error("a library whose sum is not in the lock was accepted")
	}
	c.says(out, fmt.Sprintf("%x", sha256.Sum256([]byte("tampered with"))), "It was not installed")
	c.placed("libpact_ffi.so", "")

	c.npmWith("libpact_ffi.so", "")
	out, ok = c.run()
	if ok {
		t.Error("an empty library was accepted")
	}
	c.says(out, "an empty one")
}

func TestPactLibOfYourOwn(t *testing.T) {
	c := newCheckout(t, "linux-x64-glibc")
	c.goFor("linux", "amd64", "exit 1")
	c.write("mine.so", libraryText)
	if out, ok := c.run("PACT_LIB_FILE=" + filepath.Join(c.root, "mine.so")); !ok {
		t.Fatal(out)
	}
	c.placed("libpact_ffi.so", libraryText)

	other := newCheckout(t, "linux-x64-glibc")
	other.goFor("linux", "amd64", "exit 1")
	out, ok := other.run("PACT_LIB_FILE=/does/not/exist")
	if ok {
		t.Error("a missing file was accepted")
	}
	c.says(out, "PACT_LIB_FILE names /does/not/exist")
}

func TestPactLibComesFromTheInstallerWithoutNPM(t *testing.T) {
	const download = `[ "$1 $2" = "install --libDir" ] && printf %s "the bytes of libpact_ffi" >"$3/libpact_ffi.so" && : >"$HOME/notes"`
	c := newCheckout(t, "linux-x64-glibc")
	c.goFor("linux", "amd64", download)
	if out, ok := c.run(); !ok {
		t.Fatal(out)
	}
	c.placed("libpact_ffi.so", libraryText)
	c.says(c.ran(), "go install github.com/pact-foundation/pact-go/v2@v2.4.2")

	t.Run("an npm without a registry", func(t *testing.T) {
		c := newCheckout(t, "linux-x64-glibc")
		c.goFor("linux", "amd64", download)
		c.program("npm", "exit 1")
		if out, ok := c.run(); !ok {
			t.Fatal(out)
		}
		c.placed("libpact_ffi.so", libraryText)
	})
	// Without a connection to GitHub the installer can leave an empty file and exit with 0.
	t.Run("an empty file", func(t *testing.T) {
		c := newCheckout(t, "linux-x64-glibc")
		c.goFor("linux", "amd64", `: >"$3/libpact_ffi.so"`)
		out, ok := c.run()
		if ok {
			t.Error("an empty library was accepted")
		}
		c.says(out, "an empty one")
		c.placed("libpact_ffi.so", "")
	})
	t.Run("neither", func(t *testing.T) {
		c := newCheckout(t, "linux-x64-glibc")
		c.goFor("linux", "amd64", "echo no route to host; exit 1")
		out, ok := c.run()
		if ok {
			t.Error("without a library the script exited with 0")
		}
		c.says(out, "no route to host", "PACT_LIB_FILE=")
		c.placed("libpact_ffi.so", "")
	})
}

func TestPactLibNamesAnUnknownPlatform(t *testing.T) {
	c := newCheckout(t, "linux-x64-glibc")
	c.goFor("plan9", "amd64", "exit 1")
	out, ok := c.run()
	if ok {
		t.Error("an unknown platform was accepted")
	}
	c.says(out, "not published for plan9/amd64", "go test ./...")
}
