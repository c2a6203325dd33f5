// Package hidepath keeps nicsim's start free of a child process.
//
// godog runs `go env GOTOOLDIR` while its package builder is initialised, that is at every start of
// every program that has godog in it, and passes over the error where there is no go. On a machine
// that has Go this takes as long as everything else that nicsim does until it is ready, and nothing
// in nicsim needs the answer. With an empty PATH no go is found.
//
// The language initialises the first package, by import path, whose imports are initialised. This
// one imports os alone, builder imports os/exec: so PATH is hidden before builder looks, and package
// main, which is initialised last, calls [Restore].
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
		_ = os.Setenv("PATH", path) // it was an environment variable before and fits
	}
}
