package steps

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/nicsim/nicsim/client"
)

// The companies that the guide's sections are performed with, and the guide's client id.
const (
	trialCompany      = "Sahyadri GST Suvidha"
	productionCompany = "Konkan Tax Gateway"
	guideClientID     = "AAFCC29ERP82ZSO"
)

// Client credentials of the right shape that nobody has.
const (
	unknownClientID     = "ABZCX29TXP00000"
	unknownClientSecret = "NobodyKnowsThis00000"
)

// newUser is the form for an API user, filled in as it should be. No company means the portal's
// usual one.
func (s *scenario) newUser(ctx context.Context, p *person, company string) (client.NewAPIUser, error) {
	f, err := p.current()
	if err != nil {
		return client.NewAPIUser{}, err
	}
	u := client.NewAPIUser{
		Through: client.ThroughGSP, CompanyName: company,
		Username: "books_2026", Password: apiPassword, ConfirmPassword: apiPassword,
	}
	if f.portal == onProduction {
		if company == "" {
			u.CompanyName = productionCompany
		}
		return u, nil
	}
	if company == "" {
		u.CompanyName = trialCompany
	}
	u.ClientID, err = s.clientID(ctx, u.CompanyName)
	return u, err
}

// clientID is the one that a company lends, or the guide's for a company that nobody knows.
func (s *scenario) clientID(ctx context.Context, company string) (string, error) {
	providers, err := s.control.Providers(ctx)
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

// credentials are a client id and a secret, right or wrong, as a step words them.
func (s *scenario) credentials(ctx context.Context, words string) (id, secret string, err error) {
	if words == "an unknown client id" {
		return unknownClientID, unknownClientSecret, nil
	}
	owner, what, found := strings.Cut(words, "'s client id")
	if !found {
		return "", "", fmt.Errorf("nobody knows the client credentials %q", words)
	}
	providers, err := s.control.Providers(ctx)
	if err != nil {
		return "", "", err
	}
	for _, p := range providers {
		if !strings.HasPrefix(p.CompanyName, owner) {
			continue
		}
		if what == " and a wrong secret" {
			return p.ClientID, unknownClientSecret, nil
		}
		return p.ClientID, p.ClientSecret, nil
	}
	return "", "", fmt.Errorf("%s has no client credentials", owner)
}

// clickTwice performs an act twice at the same time and returns what came of both.
func clickTwice(act func() error) (first, second error) {
	done := make(chan error, 1)
	go func() { done <- act() }()
	first = act()
	return first, <-done
}

// refusedWith returns the code of a refusal, "" for an act that was accepted.
func refusedWith(err error) (string, error) {
	var refusal *client.Problem
	if err == nil {
		return "", nil
	}
	if errors.As(err, &refusal) {
		return refusal.Code, nil
	}
	return "", err
}
