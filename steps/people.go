package steps

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

// The passwords that people choose for their API users, all within NIC's policy.
const (
	apiPassword     = "Trial@2024"
	anotherPassword = "Other#2025"
	wrongPassword   = "Wrong_2026"
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

// person is somebody in front of a browser: two portals with a session each, and what is on the
// screen.
type person struct {
	name       string
	trial      TrialPortal
	production ProductionPortal

	firm  string // whose books the person keeps, as steps name it
	login string // username at the production portal

	captcha       client.Captcha
	captchaPortal string               // where it came from
	captchaAnswer client.CaptchaAnswer // the right one, once it was read
	form          client.Registrant
	companies     []client.Company
	registration  client.Registration
	flow          *flow

	session         client.Session // of the portal that was logged in to last
	inProduction    bool           // logged in there
	apiUser         client.APIUser
	acknowledgement client.Acknowledgement

	firmOfPAN client.Organisation // a provider's
	issued    client.IssuedClient
	dummies   []string

	passwords map[string]string // of the API users that the person made
}

// person returns whom a step names: one of the cast, or the one named last.
func (s *scenario) person(who string) (*person, error) {
	if lower := strings.ToLower(who); lower == "she" || lower == "he" {
		if s.named == nil {
			return nil, fmt.Errorf("nobody was named before %q", who)
		}
		return s.named, nil
	}
	if known, ok := s.people[who]; ok {
		s.named = known
		return known, nil
	}
	p := &person{name: who, firm: "Dakshin", login: "dakshin29", passwords: map[string]string{}}
	if who == "Mallory" {
		p.firm, p.login = "Deccan", "deccan29"
	}
	var err error
	if p.trial, err = s.target.Driver.Trial(s.base(onTrial), s.http(onTrial)); err != nil {
		return nil, err
	}
	if p.production, err = s.target.Driver.Production(s.base(onProduction), s.http(onProduction)); err != nil {
		return nil, err
	}
	s.people[who], s.named = p, p
	return p, nil
}

// closePortals closes what people looked at.
func (s *scenario) closePortals() error {
	var violations []error
	for _, p := range s.people {
		for _, at := range []portal{p.trial, p.production} {
			if open, ok := at.(io.Closer); ok {
				violations = append(violations, open.Close())
			}
		}
	}
	return errors.Join(violations...)
}

// cameras are the screens that people look at, in the order of their names.
func (s *scenario) cameras() (all []Camera) {
	for w := s; w != nil; w = w.other {
		for _, name := range slices.Sorted(maps.Keys(w.people)) {
			p := w.people[name]
			for _, at := range []portal{p.trial, p.production} {
				if c, hasOne := at.(Camera); hasOne {
					all = append(all, c)
				}
			}
		}
	}
	return all
}

// portalOf returns the person's browser at the trial or the production portal.
func (p *person) portalOf(name string) portal {
	if name == onTrial {
		return p.trial
	}
	return p.production
}

// open goes to a form of a portal and reads the captcha's answer from the control API.
func (s *scenario) open(ctx context.Context, p *person, portal string, f client.Form) (client.CaptchaAnswer, error) {
	if err := s.see(ctx, p, portal, f); err != nil {
		return client.CaptchaAnswer{}, err
	}
	return s.answer(ctx, p)
}

// see goes to a form of a portal.
func (s *scenario) see(ctx context.Context, p *person, portal string, f client.Form) error {
	captcha, err := p.portalOf(portal).Open(ctx, f)
	if err != nil {
		return err
	}
	p.captcha, p.captchaPortal = captcha, portal
	return nil
}

// answer reads the picture of the captcha that the person sees.
func (s *scenario) answer(ctx context.Context, p *person) (client.CaptchaAnswer, error) {
	text, err := s.control.CaptchaAnswer(ctx, p.captcha.ID)
	if err != nil {
		return client.CaptchaAnswer{}, fmt.Errorf("reading the captcha's answer: %w", err)
	}
	s.keepSecret("a captcha's answer", text)
	p.captchaAnswer = client.CaptchaAnswer{CaptchaID: p.captcha.ID, Answer: text}
	return p.captchaAnswer, nil
}

// taxpayers whom the contract lays down, so that they need no control API.
var givenTaxpayers = map[string]client.Taxpayer{
	"Dakshin": {GSTIN: "29ABCCD1234E1Z1", Mobile: "9876543210", Email: "accounts@dakshin.example"},
	"Deccan":  {GSTIN: "29ABCPD1234E2Z9", Mobile: "9876529002", Email: "books@deccan.example"},
}

// taxpayer finds whom a step means: Dakshin, Deccan, a GSTIN in quotes, the one of a certain status,
// the one without mobile, or the dummy GSTIN that the person made last.
func (s *scenario) taxpayer(ctx context.Context, p *person, firm string) (client.Taxpayer, error) {
	if given, ok := givenTaxpayers[firm]; ok {
		return given, nil
	}
	if firm == "the dummy GSTIN" {
		if len(p.dummies) == 0 {
			return client.Taxpayer{}, fmt.Errorf("%s has no dummy GSTIN", p.name)
		}
		return client.Taxpayer{
			GSTIN: p.dummies[len(p.dummies)-1], Mobile: p.firmOfPAN.Mobile, Email: p.firmOfPAN.Email,
		}, nil
	}
	if gstin, quoted := strings.CutPrefix(firm, `"`); quoted {
		return s.control.Taxpayer(ctx, strings.TrimSuffix(gstin, `"`))
	}
	status, byStatus := strings.CutPrefix(firm, "the taxpayer whose GSTIN is ")
	all, err := s.control.Taxpayers(ctx)
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
