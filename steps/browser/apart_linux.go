package browser

import (
	"os/exec"
	"syscall"
)

// apart keeps the browser out of the program's process group: Ctrl-C is for the program, which lets
// the scenarios under way end. It dies with the program all the same.
func apart(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
}
