package scene

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

// menu is the production portal with the menu of a person who is logged in.
type menu interface {
	OpenMenu(ctx context.Context, entry string) error
}

// FillsIn puts what the person has entered so far into the Registration Form.
func (p *Person) FillsIn(ctx context.Context, r client.Registrant) error {
	if form, hasOne := p.Trial.(registrantForm); hasOne {
		return form.FillIn(ctx, r)
	}
	return nil
}

// Chooses chooses on the form for the API user. A person who is not that far can only look at the
// companies.
func (p *Person) Chooses(ctx context.Context, through, company string) error {
	if p.Flow == nil {
		return nil
	}
	if form, hasOne := p.PortalOf(p.Flow.Portal).(companyChooser); hasOne {
		return form.ChooseCompany(ctx, through, company)
	}
	return nil
}

// OpensMenu clicks an entry of the menu.
func (p *Person) OpensMenu(ctx context.Context, entry string) error {
	if m, hasOne := p.Production.(menu); hasOne {
		return m.OpenMenu(ctx, entry)
	}
	return nil
}
