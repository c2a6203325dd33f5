package irp

import (
	"context"
	"encoding/base64"
	"fmt"
	"regexp"
	"time"

	"github.com/nicsim/nicsim/steps/internal/scene"
	"github.com/nicsim/nicsim/steps/needs"
)

// apiAuthSteps log in to the e-Invoice API, rightly and wrongly.
type apiAuthSteps struct{ *calls }

func (g apiAuthSteps) Register(r *scene.Registry) {
	r.Act(`{who} has API credentials(?: through {text})?(?: for {firm})? of the {portal} portal`,
		g.has, needs.Captcha, needs.Inbox, needs.Keys, needs.Providers)
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

func (g apiAuthSteps) has(ctx context.Context, p *scene.Person, company, firm, portal string) error {
	return g.hasCredentials(ctx, p, company, firm, portal)
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
		if spoil, ok := otherViolations[words]; ok {
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
		if err := g.ForgiveAPI("1019"); err != nil {
			return err
		}
	}
	return nil
}

// otherViolations are those that have no place in the order, being variants of the others.
var otherViolations = map[string]func(*attempt) error{
	"with an unknown client_id":           simply(func(a *attempt) { a.headers["client_id"] = scene.UnknownClientID }),
	"with Data that is empty":             simply(func(a *attempt) { a.inside, a.data = nil, " " }),
	"with Data that is no base64":         simply(func(a *attempt) { a.data = "not sealed!" }),
	"with half a block as Data":           simply(func(a *attempt) { a.data = base64.StdEncoding.EncodeToString(make([]byte, 100)) }),
	"without API_ before the Username":    simply(func(a *attempt) { a.body["UserName"] = a.user.Username[len("API_"):] }),
	"with the Username in the other case": simply(func(a *attempt) { a.body["UserName"] = scene.OtherCase(a.user.Username) }),
	"with the Password in the other case": simply(func(a *attempt) { a.body["Password"] = scene.OtherCase(a.user.Password) }),
	"as a user of the trial portal": func(a *attempt) error {
		known, ok := a.users.byPortal[scene.OnTrial]
		if !ok {
			return fmt.Errorf("the trial portal knows nothing of %s", a.person.Name)
		}
		a.body["UserName"] = known.Username
		return nil
	},
	"without an AppKey":                simply(func(a *attempt) { delete(a.body, "AppKey") }),
	"with an AppKey that is no base64": simply(func(a *attempt) { a.body["AppKey"] = "no key!" }),
}

// unusual are logins as some clients send them, and which are right.
var unusual = map[string]func(*attempt) error{
	"its headers with hyphens":      spelling("with hyphens"),
	"its headers in capitals":       spelling("in capitals"),
	"its headers in small letters":  spelling("in small letters"),
	"its path in small letters":     inPath("/eivital/v1.04/AUTH"),
	"its path with a doubled slash": inPath("//eivital//v1.04/auth"),
	"with data in small letters":    simply(func(a *attempt) { a.outer = "data" }),
	"with Username and Appkey in other letters": func(a *attempt) error {
		a.rename("UserName", "Username")
		a.rename("AppKey", "Appkey")
		return nil
	},
	"with an AppKey of 16 bytes": withAppKey(16),
	"with an AppKey of 24 bytes": withAppKey(24),
	"by its retired version": func(a *attempt) error {
		a.path, a.each = authV103, true
		delete(a.headers, "Gstin") // it asked for none
		return nil
	},
}

// simply makes a change that cannot fail.
func simply(change func(*attempt)) func(*attempt) error {
	return func(a *attempt) error {
		change(a)
		return nil
	}
}

func spelling(how string) func(*attempt) error {
	return func(a *attempt) (err error) {
		a.headers, err = a.headers.spelt(how)
		return err
	}
}

func inPath(path string) func(*attempt) error { return simply(func(a *attempt) { a.path = path }) }

func withAppKey(length int) func(*attempt) error {
	return simply(func(a *attempt) { a.setAppKey(a.user.appKey(length)) })
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

func (g apiAuthSteps) letsIn() error {
	_, err := g.loggedIn(g.Named)
	return err
}

var tokenShape = regexp.MustCompile(`^[0-9A-Za-z]{25}$`)

func (g apiAuthSteps) tokenShape() error {
	if err := g.letsIn(); err != nil {
		return err
	}
	if !tokenShape.MatchString(g.of(g.Named).current.login.Token) {
		return fmt.Errorf("the token has %d characters, or other ones than letters and digits",
			len(g.of(g.Named).current.login.Token))
	}
	return nil
}

func (g apiAuthSteps) tokenLasts(ctx context.Context, minutes int) error {
	if err := g.letsIn(); err != nil {
		return err
	}
	now, err := g.Now(ctx)
	if err != nil {
		return err
	}
	return scene.Near("its end", g.of(g.Named).current.login.ExpiresAt, now.Add(time.Duration(minutes)*time.Minute))
}
