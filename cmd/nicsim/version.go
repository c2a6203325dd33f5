package main

import (
	"cmp"
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"
	"time"

	"github.com/spf13/cobra"
)

// The linker sets these in a release: the version without a v, the commit, and its time in the form of RFC 3339. Other
// builds have them from Go's build information.
var version, commit, date string

// build is which program this is.
type build struct {
	version string
	commit  string // empty if that is not known; -dirty follows if files differed from it
	time    string // of the commit, in the form of RFC 3339, or empty
}

// thisBuild returns what the linker was told, or else what Go recorded.
func thisBuild() build {
	b := build{version: version, commit: commit, time: date}
	info, ok := debug.ReadBuildInfo()
	if !ok || b.version != "" {
		return b
	}
	recorded := map[string]string{}
	for _, s := range info.Settings {
		recorded[s.Key] = s.Value
	}
	b = build{info.Main.Version, recorded["vcs.revision"], recorded["vcs.time"]}
	if b.commit != "" && recorded["vcs.modified"] == "true" {
		b.commit += "-dirty"
	}
	return b
}

// name is the version alone.
func (b build) name() string { return cmp.Or(b.version, "(devel)") }

// when is the time of the commit; zero if that is not known.
func (b build) when() time.Time {
	at, err := time.Parse(time.RFC3339, b.time)
	if err != nil {
		return time.Time{}
	}
	return at
}

func (b build) String() string {
	parts := []string{b.name()}
	if known := strings.TrimSpace(b.commit + " " + b.time); known != "" {
		parts = append(parts, "("+known+")")
	}
	return strings.Join(append(parts, runtime.Version(), runtime.GOOS+"/"+runtime.GOARCH), " ")
}

func (p program) version() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version",
		Long: `Prints the version, the commit and its time as far as they are known, the version of
Go, and the system for which the program was built. 'nicsim --version' prints the same.`,
		Example: "  nicsim version",
		Args:    noArgs,
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprintf(p.out, "nicsim %s\n", thisBuild())
			return err
		},
	}
}

// noArgs refuses arguments as wrong use.
func noArgs(cmd *cobra.Command, args []string) error {
	if err := cobra.NoArgs(cmd, args); err != nil {
		return wrongUse{err, "'" + cmd.CommandPath() + " --help' shows how it is called"}
	}
	return nil
}
