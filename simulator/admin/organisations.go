package admin

import (
	"context"
	"strings"

	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/portal"
	"github.com/nicsim/nicsim/simulator/store"
	"github.com/nicsim/nicsim/simulator/world"
)

// Organisation is a firm that may register on the sandbox portal with its PAN.
type Organisation struct {
	PAN       string `json:"pan"`
	LegalName string `json:"legalName"`
	Type      string `json:"type"` // GSP, ERP or ECO
	Mobile    string `json:"mobile"`
	Email     string `json:"email"`
}

// Organisations returns the firms of a world in the order in which they were added.
func Organisations(ctx context.Context, w *world.World, p Page) (page []Organisation, next string, err error) {
	return List(ctx, w, p, store.Reader.Organisations, func(o store.Organisation) string { return o.PAN },
		all(func(o store.Organisation) Organisation { return Organisation(o) }))
}

// ReadOrganisation returns one firm.
func ReadOrganisation(ctx context.Context, w *world.World, pan string) (Organisation, error) {
	o, err := view(ctx, w, func(r store.Reader) (store.Organisation, error) { return r.Organisation(normal(pan)) })
	return Organisation(o), found(err, "such organisation")
}

// OrganisationChange is a new firm, or a change to one. A nil field keeps its value or, in a new firm, has its default.
type OrganisationChange struct {
	PAN       *string `json:"pan"`
	LegalName *string `json:"legalName"`
	Type      *string `json:"type"`
	Mobile    *string `json:"mobile"`
	Email     *string `json:"email"`
}

// OrganisationTypes are the kinds of firm.
var OrganisationTypes = []string{portal.ThroughGSP, portal.ThroughERP, "ECO"}

func (c OrganisationChange) apply(o *store.Organisation, violations *findings) {
	violations.needed("legalName", c.LegalName, &o.LegalName)
	violations.oneOf("type", c.Type, &o.Type, OrganisationTypes)
	violations.mobile(c.Mobile, &o.Mobile)
	violations.email(c.Email, &o.Email)
}

// Add adds a firm, by default a GSP. Its PAN must have the form of one, since the portal reads nothing else.
func (c OrganisationChange) Add(tx store.Tx, _ *world.World) (Organisation, error) {
	var violations findings
	var given string
	set(c.PAN, &given)
	pan, err := nic.ParsePAN(given)
	if err != nil {
		violations.add("pan", "pan-invalid", nic.DetailOf(err))
	}
	o := store.Organisation{PAN: string(pan), Type: portal.ThroughGSP}
	c.apply(&o, &violations)
	if err := violations.refusal(); err != nil {
		return Organisation{}, err
	}
	return Organisation(o), free(tx.AddOrganisation(o), "organisation "+o.PAN, "pan")
}

// ChangeOrganisation changes a firm. The PAN itself cannot be changed.
func ChangeOrganisation(ctx context.Context, w *world.World, pan string, c OrganisationChange) (Organisation, error) {
	return run(ctx, w, func(tx store.Tx, _ *world.World) (Organisation, error) {
		o, err := tx.Organisation(normal(pan))
		if err != nil {
			return Organisation{}, found(err, "such organisation")
		}
		var violations findings
		violations.fixed("pan", normalised(c.PAN), o.PAN)
		c.apply(&o, &violations)
		if err := violations.refusal(); err != nil {
			return Organisation{}, err
		}
		return Organisation(o), tx.PutOrganisation(o)
	})
}

// DeleteOrganisation deletes a firm. A provider of its PAN stays.
func DeleteOrganisation(ctx context.Context, w *world.World, pan string) error {
	return w.Store.Update(ctx, func(tx store.Tx) error {
		o, err := tx.Organisation(normal(pan))
		if err != nil {
			return found(err, "such organisation")
		}
		return tx.DeleteOrganisation(o.PAN)
	})
}

// normal is a GSTIN or a PAN as it is kept.
func normal(id string) string { return strings.ToUpper(strings.TrimSpace(id)) }

// normalised is normal for a member that may not be given.
func normalised(id *string) *string {
	if id == nil {
		return nil
	}
	return new(normal(*id))
}
