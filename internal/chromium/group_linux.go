package chromium

import (
	"os/exec"
	"syscall"
)

// ownGroup starts the browser in a process group of its own, and has it killed when this program dies.
func ownGroup(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
}
