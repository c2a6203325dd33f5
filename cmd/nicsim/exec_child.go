package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"os/signal"
	"strings"
)

// The exit codes of a command that did not run are those of POSIX shells, of env and of timeout.
const (
	exitCannotRun = 126
	exitNotFound  = 127
)

// cannotRun is the error of a command that was not found, or may not be run.
type cannotRun struct {
	error
	code int
	hint string
}

// findCommand returns a cannotRun for a command that cannot be run.
func findCommand(name string) error {
	_, err := exec.LookPath(name)
	switch {
	case err == nil:
		return nil
	case errors.Is(err, exec.ErrNotFound), errors.Is(err, fs.ErrNotExist):
		hint := "give the name of a program on the PATH, or the path of a file"
		if strings.ContainsAny(name, " \t\n") {
			hint = "a line of the shell is given as in: nicsim exec -- sh -c 'npm ci && npm test'"
		}
		return cannotRun{fmt.Errorf("the command %q was not found", name), exitNotFound, hint}
	}
	return cannotRun{fmt.Errorf("the command cannot be run: %w", err), exitCannotRun, "it must be an executable file"}
}

// child is a program that runs as if the user had started it: with nicsim's input and output, and with the signals
// that nicsim receives.
type child struct {
	argv     []string
	environ  []string
	in       io.Reader
	out, err io.Writer
}

// run runs the program and returns its exit code; 128 and the number of the signal if one ended it.
func (c child) run() (int, error) {
	process := exec.Command(c.argv[0], c.argv[1:]...) //nolint:noctx // a signal, not a context, ends it
	process.Env, process.Stdin, process.Stdout, process.Stderr = c.environ, c.in, c.out, c.err
	process.WaitDelay = endTime // for what the program leaves behind and keeps the output open
	// On a terminal, the program shares the group of nicsim: only the group in the foreground can read the input and
	// is stopped with Ctrl-Z, and Ctrl-C reaches all of it. Elsewhere a group of its own gets the signals with all
	// that the program started.
	alone := !isTerminal(c.in)
	if alone {
		ownGroup(process)
	}
	received := make(chan os.Signal, 4)
	signal.Notify(received, passedOn()...)
	defer signal.Stop(received)
	if err := process.Start(); err != nil {
		err = fmt.Errorf("the command cannot be run: %w", err)
		return 0, cannotRun{err, exitCannotRun, "is it a program for this system?"}
	}
	ended := make(chan error, 1)
	go func() { ended <- process.Wait() }()
	for {
		select {
		case s := <-received:
			passOn(process, s, alone)
		case err := <-ended:
			failed, left := errors.AsType[*exec.ExitError](err)
			switch {
			case left:
				return codeOf(failed), nil
			case err == nil, errors.Is(err, exec.ErrWaitDelay):
				return 0, nil
			}
			return 0, fmt.Errorf("running the command: %w", err)
		}
	}
}
