package backstage

import (
	"context"
	"fmt"
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
	r.Step(`the GST registration of {firm} was suspended and is active again`,
		g.patched(client.TaxpayerChange{Status: new("SUSPENDED")}, client.TaxpayerChange{Status: new("ACTIVE")}),
		needs.Taxpayers)
	r.Step(`the GST record of {firm} has no mobile`, g.patched(client.TaxpayerChange{Mobile: new("")}), needs.Taxpayers)
	r.Step(`the GST record of {firm} gets the mobile {text}`, g.mobile, needs.Taxpayers)
	r.Step(`{firm} is not enabled for e-invoicing`,
		g.patched(client.TaxpayerChange{EInvoiceEnabled: new(false)}), needs.Taxpayers)
	r.Step(`{firm} was not enabled for e-invoicing and is enabled now`,
		g.patched(client.TaxpayerChange{EInvoiceEnabled: new(false)}, client.TaxpayerChange{EInvoiceEnabled: new(true)}),
		needs.Taxpayers)
	r.Step(`{firm} is enrolled as a transporter only`,
		g.patched(client.TaxpayerChange{TransporterOnly: new(true)}), needs.Taxpayers)
	r.Step(`{firm} is blocked from e-way bills for not filing returns`,
		g.patched(client.TaxpayerChange{EWayBillBlocked: new(true)}), needs.Taxpayers)
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

// patch changes the record of a taxpayer, once for each change.
func (g recordSteps) patch(ctx context.Context, firm string, changes ...client.TaxpayerChange) error {
	t, err := g.Taxpayer(ctx, g.Named, firm)
	for _, change := range changes {
		if err == nil {
			err = g.Control.PatchTaxpayer(ctx, t.GSTIN, change)
		}
	}
	return err
}

func (g recordSteps) patched(changes ...client.TaxpayerChange) func(context.Context, string) error {
	return func(ctx context.Context, firm string) error { return g.patch(ctx, firm, changes...) }
}

func (g recordSteps) status(ctx context.Context, firm, status string) error {
	return g.patch(ctx, firm, client.TaxpayerChange{Status: new(strings.ToUpper(status))})
}

func (g recordSteps) mobile(ctx context.Context, firm, mobile string) error {
	return g.patch(ctx, firm, client.TaxpayerChange{Mobile: &mobile})
}

func (g recordSteps) turnover(ctx context.Context, firm string, crore int) error {
	return g.patch(ctx, firm, client.TaxpayerChange{AATOCrore: new(float64(crore))})
}

func (g recordSteps) taxpayerType(ctx context.Context, firm, code string) error {
	return g.patch(ctx, firm, client.TaxpayerChange{TaxpayerType: &code})
}

// addWithDates adds a taxpayer with dates of which either may be unknown.
func (g recordSteps) addWithDates(ctx context.Context, gstin, status, registered, cancelled string) error {
	if err := g.add(ctx, gstin); err != nil {
		return err
	}
	return g.Control.PatchTaxpayer(ctx, gstin, client.TaxpayerChange{
		Status: new(strings.ToUpper(status)), RegisteredOn: &registered, CancelledOn: &cancelled,
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
