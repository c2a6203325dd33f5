package main

import (
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/nicsim/nicsim/simulator/clock"
	"github.com/nicsim/nicsim/simulator/nic"
)

func (p program) invoice() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "invoice",
		Short: "Make a sample invoice, or check one as the Invoice Registration Portal does",
		Example: `  nicsim invoice new --supply EXPWP -o export.json
  nicsim invoice check export.json`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return wrongUse{fmt.Errorf("there is no command %q", "invoice "+args[0]),
					"'nicsim invoice --help' lists the commands"}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(p.newInvoice(), p.checkInvoice())
	return cmd
}

// dayForms are the forms in which a day can be given.
var dayForms = []string{"02/01/2006", time.DateOnly}

// dayFlag reads a day in India, at noon; today if none was given.
func dayFlag(name, text string) (time.Time, error) {
	if text == "" {
		return clock.System().In(nic.IST), nil
	}
	for _, form := range dayForms {
		if day, err := time.ParseInLocation(form, text, nic.IST); err == nil {
			return day.Add(12 * time.Hour), nil
		}
	}
	return time.Time{}, wrongUse{fmt.Errorf("--%s: %q is not a date", name, text), "write it as 22/11/2026 or 2026-11-22"}
}
