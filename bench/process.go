package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"
)

// server is a program under measurement.
type server struct {
	command *exec.Cmd
	urls    map[string]string // by listener, from the first line of its output
	ready   time.Duration     // from its start to that line
}

// serve starts nicsim on free ports.
var serve = []string{"serve", "--control", "127.0.0.1:0", "--sandbox", "127.0.0.1:0", "--production", "127.0.0.1:0",
	"--gsp", "127.0.0.1:0"}

// start starts a program and reads its URLs from the first line of its output. The log is discarded.
func start(ctx context.Context, program string, args ...string) (*server, error) {
	s := &server{command: exec.CommandContext(ctx, program, args...)}
	out, err := s.command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	began := time.Now()
	if err := s.command.Start(); err != nil {
		return nil, err
	}
	lines := bufio.NewReader(out)
	line, err := lines.ReadBytes('\n')
	s.ready = time.Since(began)
	if err == nil {
		err = json.Unmarshal(line, &s.urls)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("%s did not print its URLs: %w", s.command, err), s.stop())
	}
	go func() { _, _ = io.Copy(io.Discard, lines) }() // ends with the program
	return s, nil
}

// stop ends the program. It has nothing to save.
func (s *server) stop() error {
	err := s.command.Process.Kill()
	_ = s.command.Wait() // the error is that it was killed
	return err
}

// memory returns the program's resident set in bytes, as ps prints it, or 0 if there is no ps.
func (s *server) memory(ctx context.Context) int64 {
	listed, err := exec.CommandContext(ctx, "ps", "-o", "rss=", "-p", strconv.Itoa(s.command.Process.Pid)).Output()
	if err != nil {
		return 0
	}
	kibibytes, _ := strconv.ParseInt(strings.TrimSpace(string(listed)), 10, 64)
	return kibibytes << 10
}

// both starts the bare handler, which is this program, and nicsim.
func both(ctx context.Context, p plan) (bare, nicsim *server, err error) {
	program, err := os.Executable()
	if err != nil {
		return nil, nil, err
	}
	if bare, err = start(ctx, program, "bare"); err != nil {
		return nil, nil, err
	}
	if nicsim, err = start(ctx, p.nicsim, serve...); err != nil {
		return nil, nil, errors.Join(err, bare.stop())
	}
	return bare, nicsim, nil
}

// measureStarts starts and stops both programs.
func measureStarts(ctx context.Context, p plan, r *report) error {
	var bareIdle, nicsimIdle []int64
	for range p.rounds * starts {
		bare, nicsim, err := both(ctx, p)
		if err != nil {
			return err
		}
		r.bareReady, r.nicsimReady = append(r.bareReady, bare.ready), append(r.nicsimReady, nicsim.ready)
		bareIdle, nicsimIdle = append(bareIdle, bare.memory(ctx)), append(nicsimIdle, nicsim.memory(ctx))
		if err := errors.Join(bare.stop(), nicsim.stop()); err != nil {
			return err
		}
	}
	r.memory = append(r.memory, memory{"idle", quantile(bareIdle, 0.5), quantile(nicsimIdle, 0.5)})
	return nil
}

// measureSuite runs all features against a simulator that it starts.
func measureSuite(ctx context.Context, p plan, r *report) error {
	for range p.rounds {
		began := time.Now()
		suite := exec.CommandContext(ctx, p.nicsim, "conformance")
		if out, err := suite.CombinedOutput(); err != nil {
			return fmt.Errorf("%s: %w\n%s", suite, err, out[max(0, len(out)-2000):])
		}
		r.suite = append(r.suite, time.Since(began))
	}
	return nil
}
