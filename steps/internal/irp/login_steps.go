package irp

import (
	"context"
	"fmt"
	"regexp"
	"time"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/steps/internal/scene"
	"github.com/nicsim/nicsim/steps/needs"
)

// apiAuthSteps log in to the e-Invoice API, with and without mistakes.
type apiAuthSteps struct{ *calls }

func (g apiAuthSteps) Register(r *scene.Registry) {
	r.Act(`{who} has API credentials(?: through {text})?(?: for {firm})? of the {portal} portal`,
		g.hasCredentials, needs.Captcha, needs.Inbox, needs.Keys, needs.Providers)
	r.Act(`{who} (?:logs|is logged|has logged) in to the {portal} API(?: again)?(?: for {firm})?`,
		g.logIn, needs.Captcha, needs.Inbox, needs.Keys, needs.Providers, needs.Taxpayers)
	r.Act(`{who} logs in to the {portal} API (with|without|under|as|through) (.+)`,
		g.wrongly, needs.Captcha, needs.Inbox, needs.Keys, needs.Providers, needs.Taxpayers)
	r.Step(`{who} has logged in to the {portal} API {n} times with a wrong password`,
		g.oftenWrongly, needs.Captcha, needs.Inbox, needs.Keys, needs.Providers)
	r.Act(`{who} logs in to the {portal} API, and everything is wrong from "(.+)" on`,
		g.wrongFrom, needs.Captcha, needs.Inbox, needs.Keys, needs.Providers, needs.Taxpayers)
	r.Act(`{who} logs in to the {portal} API, ((?:its|with|by) .+)`,
		g.unusually, needs.Captcha, needs.Inbox, needs.Keys, needs.Providers)
	r.Then(`the API accepts the login`, g.letsIn)
	r.Then(`the token has 25 letters and digits`, g.tokenShape)
	r.Then(`the token lasts {n} minutes`, g.tokenLasts)
}

func (g apiAuthSteps) logIn(ctx context.Context, p *scene.Person, portal, firm string) error {
	if err := g.hasCredentials(ctx, p, "", firm, portal); err != nil {
		return err
	}
	return g.of(p).current.logInToAPI(ctx, false)
}

// by sends a login by hand that was changed somehow.
func (g apiAuthSteps) by(ctx context.Context, p *scene.Person, portal string, how func(*attempt) error) error {
	if err := g.hasCredentials(ctx, p, "", "", portal); err != nil {
		return err
	}
	a, err := g.attempt(ctx, p)
	if err != nil {
		return err
	}
	if err := how(a); err != nil {
		return err
	}
	return g.send(ctx, a)
}

func (g apiAuthSteps) wrongly(ctx context.Context, p *scene.Person, portal, preposition, what string) error {
	words := preposition + " " + what
	return g.by(ctx, p, portal, func(a *attempt) error {
		if spoil, ok := otherMistakes[words]; ok {
			return spoil(a)
		}
		i, err := authMistake(words)
		if err != nil {
			return err
		}
		return g.spoil(ctx, a, authMistakes[i:i+1])
	})
}

func (g apiAuthSteps) wrongFrom(ctx context.Context, p *scene.Person, portal, words string) error {
	return g.by(ctx, p, portal, func(a *attempt) error {
		i, err := authMistake(words)
		if err != nil {
			return err
		}
		return g.spoil(ctx, a, authMistakes[i:])
	})
}

func (g apiAuthSteps) oftenWrongly(ctx context.Context, p *scene.Person, portal string, times int) error {
	for range times {
		if err := g.Act(g.wrongly(ctx, p, portal, "with", "a wrong password")); err != nil {
			return err
		}
		if err := g.ExpectAPIRefusal("1019"); err != nil {
			return err
		}
	}
	return nil
}

func (g apiAuthSteps) unusually(ctx context.Context, p *scene.Person, portal, how string) error {
	return g.by(ctx, p, portal, func(a *attempt) error {
		change, ok := unusual[how]
		if !ok {
			return fmt.Errorf("there is no login %q", how)
		}
		return change(a)
	})
}

var tokenShape = regexp.MustCompile(`^[0-9A-Za-z]{25}$`)

func (apiAuthSteps) letsIn(client.APILogin) error { return nil }

func (apiAuthSteps) tokenShape(login client.APILogin) error {
	if !tokenShape.MatchString(login.Token) {
		return fmt.Errorf("the token has %d characters, or other ones than letters and digits", len(login.Token))
	}
	return nil
}

func (apiAuthSteps) tokenLasts(minutes int, login client.APILogin, now time.Time) error {
	return scene.Near("its end", login.ExpiresAt, now.Add(time.Duration(minutes)*time.Minute))
}
