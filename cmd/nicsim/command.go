package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"time"
)

// command is a program of the user's, as a line for the system's shell.
type command struct {
	line    string
	environ []string
	out     io.Writer // its output and errors
}

// endTime is how long a command may take to end after it was asked to.
const endTime = 5 * time.Second

// errCannotRun is the error of a command that the shell did not find, or may not run.
var errCannotRun = errors.New("the command cannot be run")

// run runs the command and returns its exit code. When the context ends, the command and the processes that it started
// are asked to end (SIGTERM), and killed if they do not; the exit code is then -1.
func (c command) run(ctx context.Context) (int, error) {
	argv := shell(c.line)
	process := exec.CommandContext(ctx, argv[0], argv[1:]...)
	process.Env, process.Stdout, process.Stderr = c.environ, c.out, c.out
	process.WaitDelay = endTime
	ownGroup(process)
	process.Cancel = func() error { return terminate(process) }
	err := process.Run()
	if ctx.Err() != nil {
		kill(process)
		return -1, nil //nolint:nilerr // the error is that of the end that was asked for
	}
	failed, ended := errors.AsType[*exec.ExitError](err)
	switch {
	case err == nil, errors.Is(err, exec.ErrWaitDelay): // a process that it left behind keeps its output open
		return 0, nil
	case !ended:
		return -1, fmt.Errorf("%w: %w", errCannotRun, err)
	case failed.ExitCode() == 126, failed.ExitCode() == 127: // POSIX: not executable, not found
		return failed.ExitCode(), fmt.Errorf("%w: exit code %d of the shell", errCannotRun, failed.ExitCode())
	}
	return failed.ExitCode(), nil
}
