package irp

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/steps/internal/scene"
	"github.com/nicsim/nicsim/steps/needs"
)

// portalSteps are about the two portals of NIC's IRP, and about other IRPs.
type portalSteps struct{ *calls }

func (g portalSteps) Register(r *scene.Registry) {
	r.Step(`{who} (?:calls|has called) the API at {text}`, g.callsAt)
	r.Step(`{who} calls the API without naming a portal`, g.callsAtNone)
	r.Step(`the IRP {text} has registered the number of {their} next invoice`, g.takes, needs.Invoices)
	r.Step(`the IRP {text} had registered the same number before`, g.hadTaken, needs.Invoices)
	r.Step(`the refusal names the IRN and {text}`, g.namesIRP, needs.DuplicateIRN)
	r.Step(`the journal explains it with {text}`, g.explains, needs.Journal)
	r.Then(`its IRN is listed`, g.isListed)
}

// callsAt names the portal of a person's next calls. The login stays.
func (g portalSteps) callsAt(u *caller, portal string) error {
	u.api = u.api.At(portal)
	return nil
}

func (g portalSteps) callsAtNone(u *caller) error { return g.callsAt(u, "") }

func (g portalSteps) takes(ctx context.Context, irp string) error {
	now, err := g.Now(ctx)
	if err != nil {
		return err
	}
	return g.register(ctx, irp, client.Document{Type: "INV", Number: numbered(g.run.numbers + 1), Date: written(now)})
}

func (g portalSteps) hadTaken(ctx context.Context, irp string) error {
	i := g.run.invoice
	return g.register(ctx, irp, client.Document{
		Type: i.text("DocDtls", "Typ"), Number: i.text("DocDtls", "No"), Date: i.text("DocDtls", "Dt"),
	})
}

func (g portalSteps) register(ctx context.Context, irp string, d client.Document) error {
	u := g.of(g.Named).current
	_, err := g.Control.AddInvoice(ctx, client.OtherIRPInvoice{
		Environment: environments[u.portal], IRP: irp, SellerGSTIN: u.GSTIN, DocumentType: d.Type,
		DocumentNumber: d.Number, DocumentDate: d.Date,
	})
	return err
}

// namesIRP compares what comes with a refusal with the IRN of the document as it was sent.
func (g portalSteps) namesIRP(irp string, refusal *client.APIError) error {
	var desc struct {
		Irn    string
		IrnDtl struct{ RegIrp string }
	}
	if err := json.Unmarshal(refusal.InfoDesc(client.InfoDuplicateOtherIRP), &desc); err != nil {
		return fmt.Errorf("reading what comes with the refusal: %w", err)
	}
	want, err := g.run.invoice.irn(true)
	return cmp.Or(err, scene.Same("IRP", desc.IrnDtl.RegIrp, irp), scene.Same("IRN", desc.Irn, want))
}

func (g portalSteps) explains(ctx context.Context, words string) error {
	environment := environments[g.of(g.Named).current.portal]
	rows, err := g.Control.Requests(ctx, client.RequestFilter{Limit: 1, Environment: environment})
	if err != nil {
		return err
	}
	if len(rows) == 0 || rows[0].Reason == nil || !strings.Contains(rows[0].Reason.Cause, words) {
		return fmt.Errorf("the journal does not say %q: %+v", words, rows)
	}
	return nil
}

func (g portalSteps) isListed() error {
	if g.run.made.IRN == "" {
		return errors.New("no invoice was registered")
	}
	return scene.Same("rejected IRNs", strings.Join(g.run.rejected, ", "), g.run.made.IRN)
}
