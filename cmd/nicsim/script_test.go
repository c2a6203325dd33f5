package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/nicsim/nicsim/simulator"
)

var update = flag.Bool("update", false, "write the expected output in scripts and pages again")

// raceOptions is the variable of options for programs that are built with the race detector.
const raceOptions = "GORACE"

func TestMain(m *testing.M) {
	if os.Getenv(raceOptions) == "" { // by default each such program sleeps for a second when it ends
		if err := os.Setenv(raceOptions, "atexit_sleep_ms=0"); err != nil {
			panic(err)
		}
	}
	testscript.Main(m, map[string]func(){"nicsim": main})
}

// TestScripts runs the real program, as a process.
func TestScripts(t *testing.T) {
	samples, err := filepath.Abs("../../docs/samples")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		UpdateScripts:       *update,
		Setup: func(e *testscript.Env) error {
			e.Setenv(raceOptions, os.Getenv(raceOptions))
			e.Setenv("SAMPLES", samples)
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits, "urls": urls, "sigterm": sigterm, "occupy": occupy,
		},
	})
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
