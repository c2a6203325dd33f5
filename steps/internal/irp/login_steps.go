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
	user := account(2)
	r.Act(`{who} has API credentials(?: through {text})?(?: for {firm})? of the {portal} portal`,
		g.hasCredentials).Needing(account(4, 2, 3))
	r.Act(`{who} (logs|is logged|has logged) in to the {portal} API(?: again)?(?: for {firm})?`,
		g.logIn).Needing(account(3, 4))
	r.Act(`{who} logs in to the {portal} API (with|without|under|as|through) (.+)`, g.wrongly).Needing(
		func(values []string) []needs.Need {
			return append(user(values), loginNeeds(values[3]+" "+values[4])...)
		})
	r.Step(`{who} has logged in to the {portal} API {n} times with a wrong password`,
		g.oftenWrongly, needs.WrongLogins).Needing(user)
	r.Act(`{who} logs in to the {portal} API, and everything is wrong from "(.+)" on`, g.wrongFrom).Needing(
		func(values []string) []needs.Need { return append(user(values), loginNeeds(values[3])...) }).
		Using(needs.Providers, needs.Taxpayers)
	r.Act(`{who} logs in to the {portal} API, ((?:its|with|by) .+)`, g.unusually).Needing(
		func(values []string) []needs.Need { return append(user(values), protocol(values[3])...) })
	r.Then(`the API accepts the login`, g.letsIn)
	r.Then(`the token has 25 letters and digits`, g.tokenShape)
	r.Then(`the token lasts {n} minutes`, g.tokenLasts, needs.Sealed)
}

// logIn logs a person in. Where the scenarios share an API user, a person who is logged in has the token of the run.
func (g apiAuthSteps) logIn(ctx context.Context, p *scene.Person, how, portal, firm string) error {
	if err := g.hasCredentials(ctx, p, "", firm, portal); err != nil {
		return err
	}
	u := g.of(p).current
	if g.Control != nil || how == "logs" {
		return u.logInToAPI(ctx, false)
	}
	login, err := g.Target.Run.Login(ctx, portal, u.api, time.Now())
	if err == nil {
		u.former, u.login = u.login, login
	}
	return err
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

// tokenLasts compares the end of the token. A token of an API user that scenarios share is older.
func (g apiAuthSteps) tokenLasts(minutes int, login client.APILogin, now time.Time) error {
	if left := login.ExpiresAt.Sub(now); g.Control == nil && left > 0 && left < time.Duration(minutes)*time.Minute {
		return nil
	}
	return scene.Near("its end", login.ExpiresAt, now.Add(time.Duration(minutes)*time.Minute))
}
