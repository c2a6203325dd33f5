//go:build unix && !linux

package chromium

import (
	"os/exec"
	"syscall"
)

// ownGroup starts the browser in a process group of its own. It ends when its end of the pipe to this program closes.
func ownGroup(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }
