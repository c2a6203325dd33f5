package steps

import (
	"context"

	"github.com/nicsim/nicsim/client"
)

// A step of the guide may only select or enter something, for a later one to send. On a page it is done
// at once, and so it is on the step's picture; in JSON it goes along with what is sent. So only a
// portal with pages needs to have what follows.

// companyChooser is a portal with the form for the API user open.
type companyChooser interface {
	// ChooseCompany chooses the way of registration and, if one is given, the company.
	ChooseCompany(ctx context.Context, through, companyName string) error
}

// registrantForm is the trial portal with the Registration Form open.
type registrantForm interface {
	// FillIn puts what is known of the registrant into the form. The category must be.
	FillIn(ctx context.Context, r client.Registrant) error
}

// menu is the production portal with the menu of somebody who is logged in.
type menu interface {
	OpenMenu(ctx context.Context, entry string) error
}

// fillsIn puts what the person has entered so far into the Registration Form.
func (p *person) fillsIn(ctx context.Context, r client.Registrant) error {
	if form, hasOne := p.trial.(registrantForm); hasOne {
		return form.FillIn(ctx, r)
	}
	return nil
}

// chooses chooses on the form for the API user. A person who is not that far can only look at the
// companies.
func (p *person) chooses(ctx context.Context, through, company string) error {
	if p.flow == nil {
		return nil
	}
	if form, hasOne := p.portalOf(p.flow.portal).(companyChooser); hasOne {
		return form.ChooseCompany(ctx, through, company)
	}
	return nil
}

// opensMenu clicks an entry of the menu.
func (p *person) opensMenu(ctx context.Context, entry string) error {
	if m, hasOne := p.production.(menu); hasOne {
		return m.OpenMenu(ctx, entry)
	}
	return nil
}
