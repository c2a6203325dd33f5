package main

import (
	"cmp"
	"fmt"
	"io"
	"os"
)

// output is a file that a flag names and that a command writes at its end. Without a name no file is wanted.
type output struct {
	flag, name string
	write      func(io.Writer) error
}

// createAll makes the files before the work begins, so that a name that cannot be written is found first.
func createAll(outputs []output) error {
	for _, o := range outputs {
		if o.name == "" {
			continue
		}
		if err := os.WriteFile(o.name, nil, 0o644); err != nil { //nolint:gosec // a report for others
			return wrongUse{fmt.Errorf("--%s: the report cannot be written: %w", o.flag, err), "its directory must exist"}
		}
	}
	return nil
}

// writeAll fills the files.
func writeAll(outputs []output) error {
	for _, o := range outputs {
		if o.name == "" {
			continue
		}
		if err := writeFile(o.name, o.write); err != nil {
			return fmt.Errorf("--%s: %w", o.flag, err)
		}
	}
	return nil
}

// writeFile makes a file and has it written.
func writeFile(name string, write func(io.Writer) error) error {
	file, err := os.Create(name)
	if err != nil {
		return err
	}
	return cmp.Or(write(file), file.Close())
}
