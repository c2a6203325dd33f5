//go:build unix

package main

import (
	"os"
	"os/exec"
	"os/signal"
	"slices"
	"syscall"
)

// ownGroup has a process start in a process group of its own, so that a signal reaches what it starts, too.
func ownGroup(process *exec.Cmd) { process.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

// terminate asks the group to end.
func terminate(process *exec.Cmd) error { return syscall.Kill(-process.Process.Pid, syscall.SIGTERM) }

// kill ends what is left of the group.
func kill(process *exec.Cmd) {
	if process.Process != nil {
		_ = syscall.Kill(-process.Process.Pid, syscall.SIGKILL) // there may be nothing left
	}
}

// passedOn are the signals that a program gets from nicsim, but for those that nicsim was told to ignore.
func passedOn() []os.Signal {
	signals := []os.Signal{syscall.SIGTERM, syscall.SIGHUP, syscall.SIGINT, syscall.SIGQUIT}
	return slices.DeleteFunc(signals, signal.Ignored)
}

// passOn sends a signal to a program, and to its group if it is alone there.
func passOn(process *exec.Cmd, s os.Signal, alone bool) {
	number, pid := s.(syscall.Signal), process.Process.Pid
	if alone {
		pid = -pid
	} else if number == syscall.SIGINT || number == syscall.SIGQUIT {
		return // the terminal has sent it
	}
	_ = syscall.Kill(pid, number) // the program may have ended
}

// codeOf is the exit code of a program, as a shell has it.
func codeOf(failed *exec.ExitError) int {
	if status, ok := failed.Sys().(syscall.WaitStatus); ok && status.Signaled() {
		return 128 + int(status.Signal())
	}
	return failed.ExitCode()
}
