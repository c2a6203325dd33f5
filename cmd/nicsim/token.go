package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/pflag"
)

// tokenFlags are the flags for the control token, of serve and of the commands that call a control API.
type tokenFlags struct{ value, file string }

func (f *tokenFlags) register(flags *pflag.FlagSet) {
	flags.StringVar(&f.value, "control-token", "", "`token` of the control API and the dashboard; better "+
		"NICSIM_CONTROL_TOKEN,\nas other users of the machine can see arguments")
	flags.StringVar(&f.file, "control-token-file", "", "`file` with the token")
}

// maxToken limits the file with a token, in bytes.
const maxToken = 1024

// read returns the token; empty without one. The caller checks the token.
func (f *tokenFlags) read() (string, error) {
	if f.file == "" {
		return f.value, nil
	}
	if f.value != "" {
		return "", wrongUse{errors.New("--control-token and --control-token-file exclude each other"), "give one of the two"}
	}
	file, err := os.Open(f.file)
	var text []byte
	if err == nil {
		defer file.Close() //nolint:errcheck // nothing was written to it
		text, err = io.ReadAll(io.LimitReader(file, maxToken))
	}
	token := strings.TrimSpace(string(text))
	if err == nil && token == "" {
		err = fmt.Errorf("%s is empty", f.file)
	}
	if err != nil {
		return "", wrongUse{fmt.Errorf("--control-token-file: %w", err), "it is a file with nothing but the token"}
	}
	return token, nil
}
