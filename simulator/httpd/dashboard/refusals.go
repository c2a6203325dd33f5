package dashboard

import (
	"github.com/nicsim/nicsim/simulator/admin"
	"github.com/nicsim/nicsim/simulator/httpd/layout"
)

// refusalsPage sums up the refused requests of the journal by their causes.
func refusalsPage(v *visit) (layout.Page, error) {
	return layout.Page{Title: "Why was I refused?", Name: "refusals", Data: admin.Refusals(v.ctx, v.world, "")}, nil
}
