package admin

import (
	"slices"

	"github.com/nicsim/nicsim/simulator/irp"
	"github.com/nicsim/nicsim/simulator/irp/invoice"
	"github.com/nicsim/nicsim/simulator/portal"
	"github.com/nicsim/nicsim/simulator/rulebook"
)

// Rules returns every rule that the setting rules can switch.
func Rules() []rulebook.Rule { return slices.Concat(portal.Rules(), irp.Rules(), invoice.Rows()) }
