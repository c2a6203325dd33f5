package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"os/exec"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/simulator"
	"github.com/nicsim/nicsim/steps"
)

// served is a process of nicsim serve.
type served struct {
	urls simulator.URLs
	// stop ends the process and returns its exit code and output.
	stop func() (code int, said string)
	kill func() // ends it at once, as kill -9 does
}

func serve(t *testing.T, flags ...string) served {
	t.Helper()
	return started(t, nil, append([]string{built(t, "."), "serve", "--control", "127.0.0.1:0",
		"--sandbox", "127.0.0.1:0", "--production", "127.0.0.1:0"}, flags...)...)
}

// started starts a process of nicsim serve. A nil environ is that of the test.
func started(t *testing.T, environ []string, argv ...string) served {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	var stdout, stderr bytes.Buffer // only the process uses them until it has ended
	read, write := io.Pipe()
	cmd := exec.CommandContext(ctx, argv[0], argv[1:]...)
	cmd.Env, cmd.Stdout, cmd.Stderr = environ, io.MultiWriter(&stdout, write), &stderr
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	cmd.WaitDelay = patience
	if runtime.GOOS == "windows" {
		cmd.Cancel = cmd.Process.Kill
	}
	if err := cmd.Start(); err != nil {
		t.Fatalf("starting nicsim: %v", err)
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = cmd.Wait()    // stop returns the exit code
		_ = write.Close() // it never fails
	}()
	t.Cleanup(func() { cancel(); <-ended })
	lines := bufio.NewReader(read)
	line, err := lines.ReadBytes('\n')
	if err != nil {
		t.Fatalf("reading the first line: %v", err)
	}
	go func() { _, _ = io.Copy(io.Discard, lines) }() // it ends with the pipe
	s := served{stop: func() (int, string) {
		cancel()
		<-ended
		return cmd.ProcessState.ExitCode(), stdout.String() + stderr.String()
	}, kill: func() {
		_ = cmd.Process.Kill() // it may have ended
		<-ended
	}}
	if err := json.Unmarshal(line, &s.urls); err != nil {
		t.Fatalf("the first line %q: %v", line, err)
	}
	return s
}

// listener records the answers of a source.
type listener struct {
	client.Source
	heard []string
}

func (l *listener) Captcha(ctx context.Context, from client.Portal, c client.Captcha) (string, error) {
	answer, err := l.Source.Captcha(ctx, from, c)
	l.heard = append(l.heard, answer)
	return answer, err
}

func (l *listener) OTP(ctx context.Context, q client.OTPQuery) (string, error) {
	answer, err := l.Source.OTP(ctx, q)
	l.heard = append(l.heard, answer)
	return answer, err
}

func TestServePrintsNoSecret(t *testing.T) {
	s := serve(t)
	asha := person{
		GSTIN: "29ABCCD1234E1Z1", Mobile: "9876543210", Email: "accounts@dakshin.example",
		LoginUsername: "dakshin29", LoginPassword: "Dakshin@2024", Through: client.ThroughGSP,
		Company: "Sahyadri GST Suvidha", ClientID: "AAFCC29ERP82ZSO", Username: "loud_name", Password: "Quiet@Night7",
		driver: steps.JSON{},
	}
	control, err := client.NewControl(s.urls.Control, client.Options{})
	if err != nil {
		t.Fatal(err)
	}
	source := &listener{Source: client.FromControl(control)}
	if _, err := asha.performFirst(t.Context(), s.urls, client.Options{}, source, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := asha.performSecond(t.Context(), s.urls, client.Options{}, source, nil); err != nil {
		t.Fatal(err)
	}
	// The same registration again is refused. A failure prints more.
	if _, err := asha.performFirst(t.Context(), s.urls, client.Options{}, source, nil); err == nil {
		t.Fatal("the second registration was not refused")
	}
	code, said := s.stop()
	if code != exitGood && runtime.GOOS != "windows" || !strings.Contains(said, "nicsim is ready") {
		t.Errorf("exit code %d, output %q", code, said)
	}
	if len(source.heard) != 6 {
		t.Fatalf("%d answers were given, want 6", len(source.heard))
	}
	for _, secret := range append(source.heard, asha.Password, asha.LoginPassword, "SahyadriSecret000001") {
		if secret == "" || strings.Contains(said, secret) {
			t.Errorf("serve printed the secret %q", secret)
		}
	}
}
