package main

import (
	"errors"
	"fmt"
	"os"
	"regexp"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"
)

// man writes the manual pages, for packages of nicsim.
func (p program) man() *cobra.Command {
	return &cobra.Command{
		Use:    "man DIRECTORY",
		Hidden: true,
		Short:  "Write the manual pages of all commands into a directory",
		Long: `Writes a manual page for each command into the directory, which is made if it is
missing: nicsim.1, nicsim-serve.1 and so on. 'nicsim completion' prints the
completions of a shell.`,
		Example: `  nicsim man ~/.local/share/man/man1
  nicsim completion bash > ~/.local/share/bash-completion/completions/nicsim`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return wrongUse{errors.New("one directory is needed"), "as in nicsim man ~/.local/share/man/man1"}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error { return writeManual(cmd.Root(), args[0]) },
	}
}

// writeManual writes the pages of root and of the commands below it.
func writeManual(root *cobra.Command, directory string) error {
	if err := os.MkdirAll(directory, 0o755); err != nil { //nolint:gosec // pages are for all users
		return wrongUse{fmt.Errorf("the directory cannot be made: %w", err), "choose one that you can write to"}
	}
	header := doc.GenManHeader{Section: "1", Source: "nicsim " + thisBuild().name(), Manual: "nicsim manual"}
	if at := thisBuild().when(); !at.IsZero() {
		header.Date = &at // the same page for each build of a commit
	}
	root.Long = preformatted(root.Long)
	eachCommand(root, func(cmd *cobra.Command) { cmd.Long = preformatted(cmd.Long) })
	root.DisableAutoGenTag = true
	if err := doc.GenManTree(root, &header, directory); err != nil {
		return fmt.Errorf("writing the manual pages: %w", err)
	}
	return nil
}

var indented = regexp.MustCompile(`(?m)^(?: .*\n?)+`)

// preformatted makes the indented lines of a help text blocks of code. A manual page would fill them otherwise.
func preformatted(help string) string {
	return indented.ReplaceAllString(help, "\n```\n$0\n```\n")
}
