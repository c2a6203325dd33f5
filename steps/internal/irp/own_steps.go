package irp

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/steps/internal/scene"
	"github.com/nicsim/nicsim/steps/needs"
)

// ownSteps call the API with records that were made through the control API, and read there what was registered.
type ownSteps struct{ *calls }

func (g ownSteps) Register(r *scene.Registry) {
	r.Act(`{who} has the API user {text} for {text}, made through the control API of the {portal} portal`, g.makes,
		needs.APIUsers, needs.Keys, needs.Providers, needs.Taxpayers)
	r.Step(`the API user is deleted through the control API`, g.deleted, needs.APIUsers)
	r.Then(`the control API lists it as (active|cancelled)`, g.isListed, needs.Invoices)
	r.Then(`the control API has every member that was sent`, g.hasPayload, needs.Invoices)
}

// makes makes an API user with a provider of its own. It becomes the person's user of the portal.
func (g ownSteps) makes(ctx context.Context, p *scene.Person, username, gstin, portal string) error {
	with := client.Credentials{
		ClientID: teamClientID, ClientSecret: teamSecret, Username: username, Password: "no policy, " + username,
	}
	err := g.Control.AddProvider(ctx, client.Provider{
		ClientID: with.ClientID, ClientSecret: with.ClientSecret, CompanyName: "Acme GST",
	})
	if err != nil {
		return err
	}
	err = g.Control.AddAPIUser(ctx, client.APIUserRecord{
		Environment: environments[portal], Username: username, Password: with.Password, GSTIN: gstin,
		ClientID: with.ClientID,
	})
	if err != nil {
		return err
	}
	firm, err := g.Control.Taxpayer(ctx, gstin)
	if err != nil {
		return err
	}
	_, err = g.uses(ctx, p, portal, firm, with)
	return err
}

func (g ownSteps) deleted(ctx context.Context) error {
	u := g.of(g.Named).current
	return g.Control.DeleteAPIUser(ctx, environments[u.portal], u.Username)
}

// isListed compares the newest invoice that the control API lists with what the API answered.
func (g ownSteps) isListed(ctx context.Context, state string) error {
	u, made := g.of(g.Named).current, g.run.made
	status := map[string]string{"active": client.InvoiceActive, "cancelled": client.InvoiceCancelled}[state]
	list, err := g.Control.Invoices(ctx, client.RecordFilter{
		Environment: environments[u.portal], GSTIN: u.GSTIN, Status: status, Limit: 1,
	})
	if err != nil {
		return err
	}
	if len(list) != 1 {
		return fmt.Errorf("%d invoices are listed", len(list))
	}
	got, total := list[0], fmt.Sprint(g.run.invoice.object("ValDtls")["TotInvVal"])
	for _, same := range [][3]string{
		{"environment", got.Environment, environments[u.portal]},
		{"IRN", got.IRN, made.IRN}, {"status", got.Status, status}, {"supplier", got.SellerGSTIN, u.GSTIN},
		{"client id", got.ClientID, u.ClientID}, {"username", got.Username, u.Username},
		{"recipient", got.BuyerGSTIN, g.run.invoice.text("BuyerDtls", "Gstin")},
		{"type", got.DocumentType, g.run.invoice.text("DocDtls", "Typ")},
		{"date", got.DocumentDate, g.run.invoice.text("DocDtls", "Dt")},
		{"acknowledgement", fmt.Sprint(got.AckNo), fmt.Sprint(made.AckNo)},
		{"total", got.TotalValue.String(), total},
	} {
		if err := scene.Same(same[0], same[1], same[2]); err != nil {
			return err
		}
	}
	if cancelled := !got.CancelledAt.IsZero(); cancelled != (state == "cancelled") || cancelled &&
		(got.CancelReason != client.CancelDataEntry || got.CancelRemarks != "Wrong entry") {
		return fmt.Errorf("it is said to be cancelled at %v for %q, %q", got.CancelledAt, got.CancelReason, got.CancelRemarks)
	}
	others, err := g.Control.Invoices(ctx, client.RecordFilter{Environment: environments[otherPortal[u.portal]]})
	if err == nil && slices.ContainsFunc(others, func(i client.RegisteredInvoice) bool { return i.IRN == made.IRN }) {
		err = fmt.Errorf("the %s portal has it too", otherPortal[u.portal])
	}
	return err
}

func (g ownSteps) hasPayload(ctx context.Context) error {
	u := g.of(g.Named).current
	got, err := g.Control.RegisteredInvoice(ctx, environments[u.portal], g.run.made.IRN)
	if err != nil {
		return err
	}
	var payload map[string]any
	if err := json.Unmarshal(got.Payload, &payload); err != nil {
		return fmt.Errorf("the payload: %w", err)
	}
	for name := range g.run.invoice {
		if _, there := payload[name]; !there {
			return fmt.Errorf("the payload has no %s", name)
		}
	}
	return scene.Same("IRN of the payload", fmt.Sprint(payload["Irn"]), g.run.made.IRN)
}
