//go:build !unix

package main

import "os/exec"

// ownGroup does nothing: process groups are a feature of Unix.
func ownGroup(*exec.Cmd) {}

// terminate ends the process, as there is no signal that asks it to.
func terminate(process *exec.Cmd) error { return process.Process.Kill() }

// kill does nothing: terminate has ended the process.
func kill(*exec.Cmd) {}
