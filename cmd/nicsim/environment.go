package main

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// environmentPrefix is the beginning of all variables that stand for flags, as NICSIM_READY_FILE for
// --ready-file.
const environmentPrefix = "NICSIM_"

// foreignVariables begin with the prefix and do not stand for flags.
var foreignVariables = []string{
	// client.FromCommand sets these for the program that it runs, which may call nicsim.
	"NICSIM_ASK", "NICSIM_ENVIRONMENT", "NICSIM_IMAGE", "NICSIM_CAPTCHA_ID",
	"NICSIM_GSTIN", "NICSIM_PAN", "NICSIM_SENT_TO", "NICSIM_PURPOSE",
}

// isServiceLink recognises the variables that Kubernetes sets in containers beside a service with the name
// nicsim, and Docker in linked containers.
func isServiceLink(variable string) bool {
	matched, _ := regexp.MatchString(`^NICSIM_(SERVICE_HOST|SERVICE_PORT(_\w+)?|PORT|PORT_\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)$`, variable)
	return matched // an error would be that of the pattern
}

// applyEnvironment sets the flags of cmd that were not given from their variables. It ignores empty
// variables and those of other commands' flags. A variable that stands for no flag of any command is an
// error, as it is most likely misspelt.
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

// flagNames are the flags of all commands below root, except --help.
func flagNames(root *cobra.Command) []string {
	var names []string
	eachCommand(root, func(cmd *cobra.Command) {
		cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	})
	return slices.DeleteFunc(names, func(name string) bool { return name == "help" })
}
