//go:build !unix

package main

import (
	"os"
	"os/exec"
)

// ownGroup does nothing: process groups are a feature of Unix.
func ownGroup(*exec.Cmd) {}

// terminate ends the process, as there is no signal that asks it to.
func terminate(process *exec.Cmd) error { return process.Process.Kill() }

// kill does nothing: terminate has ended the process.
func kill(*exec.Cmd) {}

// passedOn is the one signal of a console. The program in it gets the signal too.
func passedOn() []os.Signal { return []os.Signal{os.Interrupt} }

// passOn does nothing: the console has sent the signal to all programs in it.
func passOn(*exec.Cmd, os.Signal, bool) {}

// codeOf is the exit code of a program.
func codeOf(failed *exec.ExitError) int { return failed.ExitCode() }
