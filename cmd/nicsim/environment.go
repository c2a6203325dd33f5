package main

import (
	"fmt"
	"strings"

	"github.com/spf13/pflag"
)

// environmentPrefix begins the variable of every flag: NICSIM_SANDBOX for --sandbox.
const environmentPrefix = "NICSIM_"

// commandVariables are set for the programs that nicsim starts (see walk
// --answer-command) and are no flags of ours.
var commandVariables = []string{"NICSIM_ASK", "NICSIM_IMAGE", "NICSIM_GSTIN", "NICSIM_PAN", "NICSIM_SENT_TO", "NICSIM_ENVIRONMENT", "NICSIM_PURPOSE"}

// applyEnvironment sets the flags that were not given from their variables. A
// variable that belongs to no flag of any command is most likely misspelt, and an
// error; one that belongs to another command is left alone.
func applyEnvironment(flags *pflag.FlagSet, environ []string) error {
	for _, entry := range environ {
		key, value, _ := strings.Cut(entry, "=")
		name, ours := strings.CutPrefix(key, environmentPrefix)
		if !ours {
			continue
		}
		flag := flags.Lookup(strings.ReplaceAll(strings.ToLower(name), "_", "-"))
		if flag == nil || flag.Changed {
			continue
		}
		if err := flags.Set(flag.Name, value); err != nil {
			return wrongUse{fmt.Errorf("environment variable %s: %w", key, err), "it stands for --" + flag.Name}
		}
	}
	return nil
}
