package scene

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/nicsim/nicsim/client"
)

// The passwords that people choose for their API users, all within NIC's policy.
const (
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

// Person is one of the cast: two portals with a session each, and what the portals answered last.
type Person struct {
	Name       string
	Trial      TrialPortal
	Production ProductionPortal

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
	if p.Trial, err = s.Target.Driver.Trial(s.Base(OnTrial), s.HTTP(OnTrial)); err != nil {
		return nil, err
	}
	if p.Production, err = s.Target.Driver.Production(s.Base(OnProduction), s.HTTP(OnProduction)); err != nil {
		return nil, err
	}
	s.People[who], s.Named = p, p
	return p, nil
}

// closePortals closes what people looked at.
func (s *Scene) closePortals() error {
	var errs []error
	for _, p := range s.People {
		for _, at := range []Portal{p.Trial, p.Production} {
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
			for _, at := range []Portal{p.Trial, p.Production} {
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
