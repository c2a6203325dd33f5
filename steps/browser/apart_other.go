//go:build !unix

package browser

import "os/exec"

// apart does nothing: process groups are for Unix.
func apart(*exec.Cmd) {}
