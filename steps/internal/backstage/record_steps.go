package backstage

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/steps/internal/scene"
	"github.com/nicsim/nicsim/steps/needs"
)

// recordSteps change what the GST record and NIC's records say about a taxpayer.
type recordSteps struct{ *scene.Scene }

func (g recordSteps) Register(r *scene.Registry) {
	r.Step(`a taxpayer with the GSTIN {text} is on record`, g.add, needs.Taxpayers)
	r.Step(`the taxpayer {text} has no portal login`, g.add, needs.Taxpayers)
	r.Step(`{text} has the portal login {text}`, g.addLogin, needs.Logins)
	r.Step(`the GST registration of {firm} is (cancelled|suspended|inactive|provisional)`, g.status, needs.Taxpayers)
	r.Step(`the GST registration of {firm} was suspended and is active again`, g.activeAgain, needs.Taxpayers)
	r.Step(`the GST record of {firm} has no mobile`, g.noMobile, needs.Taxpayers)
	r.Step(`the GST record of {firm} gets the mobile {text}`, g.mobile, needs.Taxpayers)
	r.Step(`{firm} is not enabled for e-invoicing`, g.notEnabled, needs.Taxpayers)
	r.Step(`{firm} was not enabled for e-invoicing and is enabled now`, g.enabledNow, needs.Taxpayers)
	r.Step(`{firm} is enrolled as a transporter only`, g.transporter, needs.Taxpayers)
	r.Step(`{firm} is blocked from e-way bills for not filing returns`, g.blocked, needs.Taxpayers)
	r.Step(`the yearly turnover of {firm} is {n} crore rupees`, g.turnover, needs.Taxpayers)
	r.Step(`{firm} is a taxpayer of the type "([A-Z]{3})"`, g.taxpayerType, needs.Taxpayers)
	r.Step(`a taxpayer {text} is on record, (active|cancelled), registered on "([0-9-]*)" and cancelled on "([0-9-]*)"`,
		g.addWithDates, needs.Taxpayers)
	r.Step(`the portal login {text} is frozen`, g.freezeLogin, needs.Logins)
}

func (g recordSteps) add(ctx context.Context, gstin string) error {
	return g.Control.AddTaxpayer(ctx, client.Taxpayer{
		GSTIN: gstin, LegalName: "Remainder Cloth Works", TradeName: "Remainder Cloth", Status: "ACTIVE",
		TaxpayerType: "REG", Mobile: "9876529009", Email: "desk@remainder.example", EInvoiceEnabled: true,
	})
}

func (g recordSteps) addLogin(ctx context.Context, gstin, username string) error {
	return g.Control.AddPortalUser(ctx, client.PortalUser{
		Username: username, Password: scene.APIPassword, GSTIN: gstin, Source: client.SourceEInvoice,
	})
}

// patch changes the record of a taxpayer.
func (g recordSteps) patch(ctx context.Context, firm string, change client.TaxpayerChange) error {
	t, err := g.Taxpayer(ctx, g.Named, firm)
	if err != nil {
		return err
	}
	return g.Control.PatchTaxpayer(ctx, t.GSTIN, change)
}

func (g recordSteps) status(ctx context.Context, firm, status string) error {
	upper := strings.ToUpper(status)
	return g.patch(ctx, firm, client.TaxpayerChange{Status: &upper})
}

func (g recordSteps) activeAgain(ctx context.Context, firm string) error {
	if err := g.status(ctx, firm, "suspended"); err != nil {
		return err
	}
	return g.status(ctx, firm, "active")
}

func (g recordSteps) noMobile(ctx context.Context, firm string) error {
	return g.mobile(ctx, firm, "")
}

func (g recordSteps) mobile(ctx context.Context, firm, mobile string) error {
	return g.patch(ctx, firm, client.TaxpayerChange{Mobile: &mobile})
}

func (g recordSteps) blocked(ctx context.Context, firm string) error {
	yes := true
	return g.patch(ctx, firm, client.TaxpayerChange{EWayBillBlocked: &yes})
}

func (g recordSteps) enabled(ctx context.Context, firm string, enabled bool) error {
	return g.patch(ctx, firm, client.TaxpayerChange{EInvoiceEnabled: &enabled})
}

func (g recordSteps) notEnabled(ctx context.Context, firm string) error {
	return g.enabled(ctx, firm, false)
}

func (g recordSteps) enabledNow(ctx context.Context, firm string) error {
	if err := g.enabled(ctx, firm, false); err != nil {
		return err
	}
	return g.enabled(ctx, firm, true)
}

func (g recordSteps) transporter(ctx context.Context, firm string) error {
	only := true
	return g.patch(ctx, firm, client.TaxpayerChange{TransporterOnly: &only})
}

func (g recordSteps) turnover(ctx context.Context, firm string, crore int) error {
	turnover := float64(crore)
	return g.patch(ctx, firm, client.TaxpayerChange{AATOCrore: &turnover})
}

func (g recordSteps) taxpayerType(ctx context.Context, firm, code string) error {
	return g.patch(ctx, firm, client.TaxpayerChange{TaxpayerType: &code})
}

// addWithDates adds a taxpayer with dates of which either may be unknown.
func (g recordSteps) addWithDates(ctx context.Context, gstin, status, registered, cancelled string) error {
	if err := g.add(ctx, gstin); err != nil {
		return err
	}
	return g.Tell(ctx, http.MethodPatch, "taxpayers/"+gstin, map[string]any{
		"status": strings.ToUpper(status), "registeredOn": registered, "cancelledOn": cancelled,
	})
}

func (g recordSteps) freezeLogin(ctx context.Context, username string) error {
	if err := g.Control.FreezePortalUser(ctx, username, true); err != nil {
		return err
	}
	users, err := g.Control.PortalUsers(ctx)
	if err != nil {
		return err
	}
	for _, u := range users {
		if u.Username == username && u.Frozen {
			return nil
		}
	}
	return fmt.Errorf("the control API does not list %s as frozen", username)
}
