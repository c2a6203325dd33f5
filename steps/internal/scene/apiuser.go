package scene

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/nicsim/nicsim/client"
)

// The companies that the guide's sections are performed with, and the guide's client id.
const (
	TrialCompany      = "Sahyadri GST Suvidha"
	ProductionCompany = "Konkan Tax Gateway"
	guideClientID     = "AAFCC29ERP82ZSO"
)

// Client credentials of the right shape that do not exist.
const (
	UnknownClientID     = "ABZCX29TXP00000"
	UnknownClientSecret = "NobodyKnowsThis00000"
)

// NewUser is the form for an API user, filled in as it should be. No company means the portal's
// usual one.
func (s *Scene) NewUser(ctx context.Context, p *Person, company string) (client.NewAPIUser, error) {
	f, err := p.Current()
	if err != nil {
		return client.NewAPIUser{}, err
	}
	u := client.NewAPIUser{
		Through: client.ThroughGSP, CompanyName: company,
		Username: "books_2026", Password: APIPassword, ConfirmPassword: APIPassword,
	}
	if f.Portal == OnProduction {
		if company == "" {
			u.CompanyName = ProductionCompany
		}
		return u, nil
	}
	if company == "" {
		u.CompanyName = TrialCompany
	}
	u.ClientID, err = s.clientID(ctx, u.CompanyName)
	return u, err
}

// clientID is the one that a company lends, or the guide's for an unknown company.
func (s *Scene) clientID(ctx context.Context, company string) (string, error) {
	providers, err := s.Control.Providers(ctx)
	if err != nil {
		return "", err
	}
	for _, p := range providers {
		if p.CompanyName == company {
			return p.ClientID, nil
		}
	}
	return guideClientID, nil
}

// Credentials are a client id and a secret, right or wrong, as a step words them.
func (s *Scene) Credentials(ctx context.Context, words string) (id, secret string, err error) {
	if words == "an unknown client id" {
		return UnknownClientID, UnknownClientSecret, nil
	}
	owner, what, found := strings.Cut(words, "'s client id")
	if !found {
		return "", "", fmt.Errorf("there are no client credentials %q", words)
	}
	providers, err := s.Control.Providers(ctx)
	if err != nil {
		return "", "", err
	}
	for _, p := range providers {
		if !strings.HasPrefix(p.CompanyName, owner) {
			continue
		}
		if what == " and a wrong secret" {
			return p.ClientID, UnknownClientSecret, nil
		}
		return p.ClientID, p.ClientSecret, nil
	}
	return "", "", fmt.Errorf("%s has no client credentials", owner)
}

// ClickTwice performs an act twice at the same time and returns the answers to both.
func ClickTwice(act func() error) (first, second error) {
	done := make(chan error, 1)
	go func() { done <- act() }()
	first = act()
	return first, <-done
}

// RefusedWith returns the code of a refusal, "" for an act that was accepted.
func RefusedWith(err error) (string, error) {
	var refusal *client.Problem
	if err == nil {
		return "", nil
	}
	if errors.As(err, &refusal) {
		return refusal.Code, nil
	}
	return "", err
}
