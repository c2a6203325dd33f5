package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"unicode/utf8"

	"github.com/spf13/cobra"
)

// maxInput is the largest input of a command, several times as large as NIC's largest signed invoice.
const maxInput = 64 << 20

// atMostOne refuses a second argument. does says what the command does with one, as in "takes one file".
func atMostOne(does, hint string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) > 1 {
			return wrongUse{fmt.Errorf("it %s, not %d", does, len(args)), "'" + cmd.CommandPath() + hint}
		}
		return nil
	}
}

// oneInput takes one argument FILE at most. None, or -, means standard input.
var oneInput = atMostOne("takes one file", " --help' shows how it is called")

// input reads the file that a command was given, or standard input.
func (p program) input(args []string) ([]byte, error) {
	name, from := "standard input", p.in
	if len(args) == 1 && args[0] != "-" {
		name = args[0]
		file, err := os.Open(name)
		if err != nil {
			return nil, wrongUse{err, "give the name of a file, or - for standard input"}
		}
		defer file.Close() //nolint:errcheck // nothing was written to it
		from = file
	}
	text, err := io.ReadAll(io.LimitReader(from, maxInput+1))
	if err != nil {
		return nil, wrongUse{fmt.Errorf("reading %s: %w", name, err), ""}
	}
	text = bytes.TrimPrefix(text, []byte("\ufeff")) // editors on Windows write a byte order mark
	switch {
	case len(text) > maxInput:
		return nil, wrongUse{fmt.Errorf("%s is longer than %d MB", name, maxInput>>20), ""}
	case len(bytes.TrimSpace(text)) == 0:
		return nil, wrongUse{fmt.Errorf("%s is empty", name), "give the name of a file, or pipe one in"}
	case bytes.HasPrefix(text, []byte("\xff\xfe")) || bytes.HasPrefix(text, []byte("\xfe\xff")):
		return nil, wrongUse{fmt.Errorf("%s is in UTF-16", name), "save it as UTF-8"}
	case !utf8.Valid(text):
		return nil, wrongUse{fmt.Errorf("%s is not UTF-8 text", name), ""}
	}
	return text, nil
}

// secretFlag is a secret that is given by a flag or, better, its variable, or in a file.
type secretFlag struct {
	name        string // of the flag
	value, file string
}

// read returns the secret, "" if none was given.
func (s secretFlag) read() (string, error) {
	switch {
	case s.file == "":
		return s.value, nil
	case s.value != "":
		return "", wrongUse{fmt.Errorf("--%s and --%s-file exclude each other", s.name, s.name),
			"NICSIM_ variables count as flags"}
	}
	text, err := os.ReadFile(s.file)
	if err == nil && len(bytes.TrimSpace(text)) == 0 {
		err = errors.New(s.file + " is empty")
	}
	if err != nil {
		return "", wrongUse{fmt.Errorf("--%s-file: %w", s.name, err), ""}
	}
	return string(text), nil
}
