//go:build unix

package main

import (
	"os/exec"
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
