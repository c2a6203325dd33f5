package main

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// environmentPrefix begins the variable of every flag: NICSIM_READY_FILE for --ready-file.
const environmentPrefix = "NICSIM_"

// foreignVariables begin with our prefix and are no flags of ours.
var foreignVariables = []string{
	// client.FromCommand sets these for the program that it asks, which may be a script that
	// calls nicsim.
	"NICSIM_ASK", "NICSIM_ENVIRONMENT", "NICSIM_IMAGE", "NICSIM_CAPTCHA_ID",
	"NICSIM_GSTIN", "NICSIM_PAN", "NICSIM_SENT_TO", "NICSIM_PURPOSE",
}

// isServiceLink tells the variables that Kubernetes puts into every container beside a service of
// the name nicsim, and Docker into linked ones.
func isServiceLink(variable string) bool {
	matched, _ := regexp.MatchString(`^NICSIM_(SERVICE_HOST|SERVICE_PORT(_\w+)?|PORT|PORT_\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)$`, variable)
	return matched // the error could only be that of the pattern
}

// applyEnvironment sets the flags of cmd that were not given from their variables; an empty
// variable is as good as none. A variable that belongs to no flag of any command is most likely
// misspelt, and an error; one that belongs to another command is left alone.
func applyEnvironment(cmd *cobra.Command, environ []string) error {
	known := flagNames(cmd.Root())
	for _, entry := range environ {
		variable, value, _ := strings.Cut(entry, "=")
		suffix, ours := strings.CutPrefix(variable, environmentPrefix)
		if !ours {
			continue
		}
		name := strings.ReplaceAll(strings.ToLower(suffix), "_", "-")
		if !slices.Contains(known, name) {
			if slices.Contains(foreignVariables, variable) || isServiceLink(variable) {
				continue
			}
			return wrongUse{fmt.Errorf("environment variable %s: no command has a flag --%s", variable, name),
				"variables are named after flags, as NICSIM_READY_FILE after --ready-file; correct it or unset it"}
		}
		flag := cmd.Flags().Lookup(name)
		if flag == nil || flag.Changed || value == "" {
			continue
		}
		if err := cmd.Flags().Set(name, value); err != nil {
			return wrongUse{fmt.Errorf("environment variable %s: %w", variable, err), "it stands for --" + name}
		}
	}
	return nil
}

// flagNames are the flags of all commands below one, but for --help.
func flagNames(root *cobra.Command) []string {
	var names []string
	for _, cmd := range root.Commands() {
		cmd.Flags().VisitAll(func(f *pflag.Flag) {
			if f.Name != "help" {
				names = append(names, f.Name)
			}
		})
		names = append(names, flagNames(cmd)...)
	}
	return names
}
