package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/nicsim/nicsim/examples"
)

func (p program) example() *cobra.Command {
	return &cobra.Command{
		Use:   "example [LANGUAGE [FOLDER]]",
		Short: "Write a client of the e-Invoice API to start from, in your language",
		Long: `Writes a small client of the e-Invoice API and its tests into a folder, which is the
current one unless another is named. The client logs in and keeps the token, registers,
reads and cancels invoices, makes e-way bills and verifies signed QR codes. It does not
depend on nicsim. A file that exists is not overwritten. Without a language, the
languages are listed.`,
		Example: `  nicsim example
  nicsim example node
  nicsim example java e-invoice`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 2 {
				return wrongUse{fmt.Errorf("%q: at most a language and a folder are taken", args[2]), "as in nicsim example node"}
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return p.listExamples()
			}
			return p.writeExample(args[0], append(args, ".")[1])
		},
	}
}

func (p program) listExamples() error {
	out := page{out: p.out, width: reportWidth}
	rows := [][]string{{"LANGUAGE", "NEEDS"}}
	for _, each := range examples.All() {
		rows = append(rows, []string{each.Name, each.Title})
	}
	out.table(0, rows)
	return out.err
}

// writeExample writes the files of an example into a folder.
func (p program) writeExample(language, folder string) error {
	var names []string
	for _, each := range examples.All() {
		if names = append(names, each.Name); each.Name != language {
			continue
		}
		if err := writeNewFiles(folder, each.Files()); err != nil {
			return err
		}
		into := ""
		if folder != "." {
			into = "cd " + folder + " && "
		}
		_, err := fmt.Fprintf(p.out, "The example is written. Run its tests: %snicsim exec -- %s\n", into, each.Test)
		return err
	}
	return wrongUse{fmt.Errorf("there is no example in %q", language), "choose from " + strings.Join(names, ", ")}
}

// writeNewFiles copies files into a folder, unless one of them is there already.
func writeNewFiles(folder string, files fs.FS) error {
	err := fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		if _, err := os.Lstat(filepath.Join(folder, name)); err == nil {
			return wrongUse{fmt.Errorf("%s exists already, and would be overwritten", filepath.Join(folder, name)),
				"name another folder, as in nicsim example node e-invoice"}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if err := os.CopyFS(folder, files); err != nil {
		return wrongUse{fmt.Errorf("writing the example: %w", err), "the folder must be one that can be written"}
	}
	return nil
}
