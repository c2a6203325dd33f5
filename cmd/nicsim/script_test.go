package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/nicsim/nicsim/internal/golden"
	"github.com/nicsim/nicsim/simulator"
)

// TestScripts runs the real program, as a process. It is built as a release is, without the race detector: the tests
// that perform commands in this process have that.
func TestScripts(t *testing.T) {
	samples, err := filepath.Abs("../../docs/samples")
	if err != nil {
		t.Fatal(err)
	}
	programs := filepath.Dir(built(t, "."))
	built(t, "../../examples/send-one")
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		UpdateScripts:       golden.Updating(),
		Setup: func(e *testscript.Env) error {
			e.Setenv("PATH", programs+string(os.PathListSeparator)+e.Getenv("PATH"))
			e.Setenv("SAMPLES", samples)
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits, "urls": urls, "sigterm": sigterm, "occupy": occupy, "gateway": gateway,
		},
	})
}

// built builds a program of this module when a test first needs it, and returns its file.
func built(t *testing.T, folder string) string {
	t.Helper()
	absolute, err := filepath.Abs(folder)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(buildFolder, filepath.Base(absolute))
	if runtime.GOOS == "windows" {
		file += ".exe"
	}
	building.Lock()
	defer building.Unlock()
	if _, err := os.Stat(file); err == nil {
		return file
	}
	build := exec.CommandContext(t.Context(), "go", "build", "-o", file, folder)
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", build, err, out)
	}
	return file
}

// building guards the files in buildFolder.
var building sync.Mutex

var buildFolder string

func TestMain(m *testing.M) {
	var err error
	if buildFolder, err = os.MkdirTemp("", "nicsim"); err != nil {
		panic(err)
	}
	m.Run() // its code is that of the program when TestMain returns
	if err := os.RemoveAll(buildFolder); err != nil {
		panic(err)
	}
}

// exits CODE PROGRAM ARGS... runs the program and expects the exit code.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE PROGRAM ARGS...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		failed, ok := errors.AsType[*exec.ExitError](err)
		if !ok {
			ts.Fatalf("running %s: %v", args[1], err)
		}
		got = failed.ExitCode()
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// patience is the time limit for a background program.
const patience = 20 * time.Second

// urls FILE puts the URLs of a ready file into SANDBOX, PRODUCTION and CONTROL, the control listener's
// host and port into ADDRESS, and the ports into SANDBOX_PORT and CONTROL_PORT.
func urls(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: urls FILE")
	}
	var found simulator.URLs
	ts.Check(json.Unmarshal([]byte(ts.ReadFile(args[0])), &found))
	ts.Setenv("SANDBOX", found.Sandbox)
	ts.Setenv("PRODUCTION", found.Production)
	ts.Setenv("CONTROL", found.Control)
	ts.Setenv("ADDRESS", strings.TrimPrefix(found.Control, "http://"))
	ts.Setenv("SANDBOX_PORT", found.Sandbox[strings.LastIndex(found.Sandbox, ":")+1:])
	ts.Setenv("CONTROL_PORT", found.Control[strings.LastIndex(found.Control, ":")+1:])
}

// sigterm sends SIGTERM to every background program.
func sigterm(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 0 {
		ts.Fatalf("usage: sigterm")
	}
	for _, program := range ts.BackgroundCmds() {
		ts.Check(program.Process.Signal(syscall.SIGTERM))
	}
}

// occupy NAME listens on a port and sets the variable to its address.
func occupy(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: occupy NAME")
	}
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	ts.Check(err)
	ts.Defer(func() {
		if err := taken.Close(); err != nil {
			ts.Logf("freeing the port: %v", err)
		}
	})
	ts.Setenv(args[0], fmt.Sprint(taken.Addr()))
}
