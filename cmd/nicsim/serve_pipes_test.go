package main

import (
	"bufio"
	"context"
	"encoding/json"
	"net/http"
	"os"
	"os/exec"
	"runtime"
	"syscall"
	"testing"

	"github.com/nicsim/nicsim/simulator"
)

// A reader that closes standard output or standard error, such as head or a log collector that ends, does not end
// the server.
func TestServeSurvivesClosedPipes(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no SIGPIPE")
	}
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, built(t, "."), "serve", "--control", "127.0.0.1:0", "--sandbox", "127.0.0.1:0",
		"--production", "127.0.0.1:0", "--log-level", "info", "--log-format", "json")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	said, writes, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stderr = writes
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer cmd.Process.Kill() //nolint:errcheck // it has ended, if the test passed
	line, err := bufio.NewReader(out).ReadBytes('\n')
	if err != nil {
		t.Fatal(err)
	}
	for _, end := range []*os.File{writes, said} {
		if err := end.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	var urls simulator.URLs
	if err := json.Unmarshal(line, &urls); err != nil {
		t.Fatal(err)
	}
	for range 3 { // each is a line of the log, which cannot be written
		w, err := http.Get(urls.Sandbox + "/login")
		if err != nil {
			t.Fatal(err)
		}
		w.Body.Close()
	}
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("the server ended with %v", err)
	}
}
