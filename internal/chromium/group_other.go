//go:build !unix

package chromium

import "os/exec"

// ownGroup does nothing: process groups are a feature of Unix.
func ownGroup(*exec.Cmd) {}
