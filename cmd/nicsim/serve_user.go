package main

import (
	"context"
	"os"
	"strings"

	"github.com/nicsim/nicsim/simulator"
)

// madeUser is an API user that serve makes, with the files that a client needs.
type madeUser struct {
	lines  string // for a shell; empty without a user
	remove func()
}

// makeUser makes an API user in the default world, or takes that of the world file. CA is the file that clients have to
// trust, or empty.
func makeUser(ctx context.Context, running *simulator.Running, o simulator.Options, ca string) (madeUser, error) {
	folder, err := os.MkdirTemp("", "nicsim-user-")
	if err != nil {
		return madeUser{}, err
	}
	remove := func() { _ = os.RemoveAll(folder) } // the system empties its folder of temporary files, too
	variables, err := enterWorld(ctx, running, folder, o, ca)
	if err != nil {
		remove()
		return madeUser{}, err
	}
	var b strings.Builder
	b.WriteString("A user of the e-Invoice API, for a shell:\n")
	for _, variable := range variables {
		name, value, _ := strings.Cut(variable, "=")
		b.WriteString("export " + name + "=" + quote(value) + "\n")
	}
	return madeUser{b.String(), remove}, nil
}
