// Package hidepath prevents a child process at the start of nicsim.
//
// godog runs `go env GOTOOLDIR` while its package builder is initialised, which is at every start of a program
// that contains godog. It ignores the error if there is no go. With Go installed, this takes as long as the
// rest of nicsim's start, and nicsim does not need the answer. With an empty PATH, no go is found.
//
// Go initialises packages in the order of their import paths, each as soon as its imports are initialised.
// This package imports only os, and builder imports os/exec, so PATH is hidden before builder reads it.
// Package main is initialised last and calls [Restore].
package hidepath

import "os"

var path, given = os.LookupEnv("PATH")

func init() {
	if given {
		_ = os.Setenv("PATH", "") // at worst the start is slower
	}
}

// Restore makes PATH what it was when the program started.
func Restore() {
	if given {
		_ = os.Setenv("PATH", path) // it was valid before
	}
}
