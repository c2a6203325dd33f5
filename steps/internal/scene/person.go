package scene

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/nicsim/nicsim/client"
)

// The username and the passwords that people choose for their API users, all within NIC's policy.
const (
	APIUsername     = "books_2026"
	APIPassword     = "Trial@2024"
	AnotherPassword = "Other#2025"
	WrongPassword   = "Wrong_2026"
)

// portalPasswords are those of the logins that every start of a simulator has.
var portalPasswords = map[string]string{
	"dakshin29": "Dakshin@2024",
	"deccan29":  "Deccan@2024",
	"ewbtel36":  "Ewaybill#36",
	"kikar06":   "Kikar@2024",
	"udaan23":   "Udaan@2024",
	"rajhans10": "Rajhans@2024",
}

// Person is a user that scenarios name: two portals with a session each, and what the portals answered last.
type Person struct {
	Name       string
	Trial      TrialPortal
	Production ProductionPortal
	GSP        GSP // where the credentials are entered

	Firm  string // whose books the person keeps, as steps name it
	Login string // username at the production portal

	Captcha       client.Captcha
	CaptchaPortal string               // where it came from
	CaptchaAnswer client.CaptchaAnswer // the right one, once it was read
	Form          client.Registrant
	Companies     []client.Company
	Registration  client.Registration
	Flow          *Flow

	Session         client.Session // of the portal that was logged in to last
	InProduction    bool           // logged in there
	APIUser         client.APIUser
	Acknowledgement client.Acknowledgement

	FirmOfPAN client.Organisation // a provider's
	Issued    client.IssuedClient
	Dummies   []string

	Passwords map[string]string // of the API users that the person made
}

// Person returns the person that a step names. "She" and "he" mean the person named last.
func (s *Scene) Person(who string) (*Person, error) {
	if lower := strings.ToLower(who); lower == "she" || lower == "he" {
		if s.Named == nil {
			return nil, fmt.Errorf("no person is named before %q", who)
		}
		return s.Named, nil
	}
	if known, ok := s.People[who]; ok {
		s.Named = known
		return known, nil
	}
	p := &Person{Name: who, Firm: "Dakshin", Login: "dakshin29", Passwords: map[string]string{}}
	if who == "Mallory" {
		p.Firm, p.Login = "Deccan", "deccan29"
	}
	var err error
	if base := s.Base(OnTrial); base != "" {
		if p.Trial, err = s.Target.Driver.Trial(base, s.HTTP(OnTrial)); err != nil {
			return nil, err
		}
	}
	if base := s.Base(OnProduction); base != "" {
		if p.Production, err = s.Target.Driver.Production(base, s.HTTP(OnProduction)); err != nil {
			return nil, err
		}
	}
	if base := s.Target.GSP; base != "" {
		if p.GSP, err = s.Target.Driver.GSP(InWorld(base, s.World), s.HTTP(OnGSP)); err != nil {
			return nil, err
		}
	}
	s.People[who], s.Named = p, p
	return p, nil
}

// closePortals closes what people looked at.
func (s *Scene) closePortals() error {
	var errs []error
	for _, p := range s.People {
		for _, at := range []any{p.Trial, p.Production, p.GSP} {
			if open, ok := at.(io.Closer); ok {
				errs = append(errs, open.Close())
			}
		}
	}
	return errors.Join(errs...)
}

// Cameras are the screens that people look at, in the order of their names.
func (s *Scene) Cameras() (all []Camera) {
	for w := s; w != nil; w = w.Other {
		for _, name := range slices.Sorted(maps.Keys(w.People)) {
			p := w.People[name]
			for _, at := range []any{p.Trial, p.Production, p.GSP} {
				if c, hasOne := at.(Camera); hasOne {
					all = append(all, c)
				}
			}
		}
	}
	return all
}

// PortalOf returns the person's browser at the trial or the production portal.
func (p *Person) PortalOf(name string) Portal {
	if name == OnTrial {
		return p.Trial
	}
	return p.Production
}

// A step of the guide may only select or enter something, for a later one to send. On a page it is done
// at once, and so it is on the step's picture; in JSON it goes along with what is sent. So only a
// portal with pages needs to have the methods that are called here.

// FillIn types the values of the person into the Registration Form.
func (p *Person) FillIn(ctx context.Context, r client.Registrant) error {
	if form, hasOne := p.Trial.(interface {
		FillIn(ctx context.Context, r client.Registrant) error
	}); hasOne {
		return form.FillIn(ctx, r)
	}
	return nil
}

// Choose selects on the form for the API user. Before that step, a person can only look at the
// companies.
func (p *Person) Choose(ctx context.Context, through, company string) error {
	if p.Flow == nil {
		return nil
	}
	if form, hasOne := p.PortalOf(p.Flow.Portal).(interface {
		ChooseCompany(ctx context.Context, through, companyName string) error
	}); hasOne {
		return form.ChooseCompany(ctx, through, company)
	}
	return nil
}

// OpenMenu clicks an entry of the menu.
func (p *Person) OpenMenu(ctx context.Context, entry string) error {
	if m, hasOne := p.Production.(interface {
		OpenMenu(ctx context.Context, entry string) error
	}); hasOne {
		return m.OpenMenu(ctx, entry)
	}
	return nil
}

// GivenTaxpayers are taxpayers of the portal contract, so that they need no control API.
var GivenTaxpayers = map[string]client.Taxpayer{
	"Dakshin": {GSTIN: "29ABCCD1234E1Z1", Mobile: "9876543210", Email: "accounts@dakshin.example"},
	"Deccan":  {GSTIN: "29ABCPD1234E2Z9", Mobile: "9876529002", Email: "books@deccan.example"},
}

// Taxpayer returns the taxpayer that a step names: Dakshin, Deccan, a GSTIN in quotes, the one of a certain status,
// the one without mobile, or the dummy GSTIN that the person made last.
func (s *Scene) Taxpayer(ctx context.Context, p *Person, firm string) (client.Taxpayer, error) {
	if given, ok := GivenTaxpayers[firm]; ok {
		return s.known(firm, given), nil
	}
	if firm == "the dummy GSTIN" {
		if len(p.Dummies) == 0 {
			return client.Taxpayer{}, fmt.Errorf("%s has no dummy GSTIN", p.Name)
		}
		return client.Taxpayer{
			GSTIN: p.Dummies[len(p.Dummies)-1], Mobile: p.FirmOfPAN.Mobile, Email: p.FirmOfPAN.Email,
		}, nil
	}
	if gstin, quoted := strings.CutPrefix(firm, `"`); quoted {
		return s.Control.Taxpayer(ctx, strings.TrimSuffix(gstin, `"`))
	}
	status, byStatus := strings.CutPrefix(firm, "the taxpayer whose GSTIN is ")
	all, err := s.Control.Taxpayers(ctx)
	if err != nil {
		return client.Taxpayer{}, err
	}
	for _, t := range all {
		if byStatus && strings.EqualFold(t.Status, status) || !byStatus && t.Mobile == "" {
			return t, nil
		}
	}
	return client.Taxpayer{}, fmt.Errorf("there is no such taxpayer: %s", firm)
}
