package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// server is a program under measurement.
type server struct {
	command *exec.Cmd
	urls    map[string]string // by listener, as in its first line of output
	ready   time.Duration     // from its start to that line
}

// arguments make nicsim listen where nothing else does. The bare program takes none.
var arguments = []string{"serve", "--control", "127.0.0.1:0", "--sandbox", "127.0.0.1:0", "--production", "127.0.0.1:0"}

// start runs a program until it has said where it listens. What it logs is thrown away, like
// a service's in a container that nobody looks at.
func start(ctx context.Context, program string, args ...string) (*server, error) {
	return begin(exec.CommandContext(ctx, program, args...))
}

func begin(command *exec.Cmd) (*server, error) {
	s := &server{command: command}
	out, err := s.command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	began := time.Now()
	if err := s.command.Start(); err != nil {
		return nil, fmt.Errorf("starting %s: %w", command.Path, err)
	}
	lines := bufio.NewReader(out)
	line, err := lines.ReadBytes('\n')
	s.ready = time.Since(began)
	if err == nil {
		err = json.Unmarshal(line, &s.urls)
	}
	if err != nil {
		return nil, errors.Join(
			fmt.Errorf("%s did not say where it listens (run %s by hand): %w", command.Path, command, err), s.kill())
	}
	go func() { _, _ = io.Copy(io.Discard, lines) }() // ends with the program
	return s, nil
}

// stop asks the program to end, as whoever runs a service does, and wants it to end well.
func (s *server) stop() error {
	if runtime.GOOS == "windows" { // which has no such signal
		return s.kill()
	}
	if err := s.command.Process.Signal(syscall.SIGTERM); err != nil {
		return fmt.Errorf("stopping %s: %w", s.command.Path, err)
	}
	if err := s.command.Wait(); err != nil {
		return fmt.Errorf("%s did not end well: %w", s.command.Path, err)
	}
	return nil
}

func (s *server) kill() error {
	if err := s.command.Process.Kill(); err != nil {
		return err
	}
	_ = s.command.Wait() // that it was killed is no news
	return nil
}

// memory is the program's resident set in bytes; 0 where nothing tells it.
func (s *server) memory(ctx context.Context) int64 {
	pid := strconv.Itoa(s.command.Process.Pid)
	if status, err := os.ReadFile("/proc/" + pid + "/status"); err == nil {
		_, rest, _ := bytes.Cut(status, []byte("VmRSS:"))
		return kibibytes(string(rest))
	}
	listed, err := exec.CommandContext(ctx, "ps", "-o", "rss=", "-p", pid).Output()
	if err != nil {
		return 0
	}
	return kibibytes(string(listed))
}

func kibibytes(text string) int64 {
	fields := strings.Fields(text)
	if len(fields) == 0 {
		return 0
	}
	n, err := strconv.ParseInt(fields[0], 10, 64)
	if err != nil {
		return 0
	}
	return n << 10
}

// both starts the two programs, the bare one first.
func both(ctx context.Context, p plan) (bare, nicsim *server, err error) {
	if bare, err = start(ctx, p.bare); err != nil {
		return nil, nil, err
	}
	if nicsim, err = start(ctx, p.nicsim, arguments...); err != nil {
		return nil, nil, errors.Join(err, bare.stop())
	}
	return bare, nicsim, nil
}

func measureStarts(ctx context.Context, p plan, r *report) error {
	for range p.starts {
		bare, nicsim, err := both(ctx, p)
		if err != nil {
			return err
		}
		r.bareReady = append(r.bareReady, bare.ready)
		r.nicsimReady = append(r.nicsimReady, nicsim.ready)
		if err := errors.Join(bare.stop(), nicsim.stop()); err != nil {
			return err
		}
	}
	return nil
}

func measureSuite(ctx context.Context, p plan, r *report) error {
	for range p.suites {
		began := time.Now()
		suite := exec.CommandContext(ctx, p.nicsim, "conformance")
		if out, err := suite.CombinedOutput(); err != nil {
			return fmt.Errorf("%s: %w\n%s", suite, err, out[max(0, len(out)-2000):])
		}
		r.suite = append(r.suite, time.Since(began))
	}
	return nil
}
