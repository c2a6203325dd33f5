package steps

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/nicsim/nicsim/client"
)

// loginSteps are steps 2.1 to 2.3 of the guide: Login at the production portal, and its session.
type loginSteps struct{ *scenario }

func (g loginSteps) register(r registrar) {
	r.Step(expression(`{who} clicks Login and enters the Username {text}, its Password and the Captcha`), g.login)
	r.Step(expression(`{who} logs in to the production portal as {text}`), g.login)
	r.Step(expression(`{who} is logged in to the production portal(?: for {firm})?`), g.isLoggedIn)
	r.Step(expression(`{who} logs in as {text} with a wrong password( and a wrong Captcha)?`), g.wrongPassword)
	r.Step(expression(`{who} has logged in as {text} with a wrong password {n} times`), g.hasFailed)
	r.Step(expression(`{text} logs in with {text}`), g.logsInWith)
	r.Step(expression(`{who} works for the taxpayer whose application for direct access (awaits its IP|awaits the officer|was rejected)`), g.worksForApplicant)
	r.Step(expression(`{who} logs out of the production portal`), g.logout)
	r.Step(expression(`{who} asks the production portal who (?:she|he) is`), g.whoAmI)
	r.Step(expression(`{who} has no session at the {portal} portal`), g.noSession)
	r.Step(expression(`{who} is logged in for {text}, with a login of the {text} portal`), g.loggedInFor)
	r.Step(expression(`the menu has {text}`), g.menuHas)
	r.Step(expression(`{who} clicks "API Registration"`), g.clickAPIRegistration)
	r.Step(expression(`the cookie {text} is hidden from scripts, strict about sites and kept to {their} world`), g.cookie)
	r.Step(expression(`both answers are the same`), g.sameAnswers)
	r.Step(expression(`an hour passes while {who} keeps {their} session`), g.keepSession)
}

func (g loginSteps) login(ctx context.Context, who, username string) error {
	return g.does(who, func(p *person) error { return g.logIn(ctx, p, username, g.password(p, username)) })
}

func (g loginSteps) isLoggedIn(ctx context.Context, who, firm string) error {
	return g.does(who, func(p *person) error {
		if firm != "" && firm != p.firm {
			return fmt.Errorf("%s has no login for %s", p.name, firm)
		}
		return g.beLoggedIn(ctx, p)
	})
}

func (g loginSteps) wrongPassword(ctx context.Context, who, username, captcha string) error {
	err := g.does(who, func(p *person) error {
		answer, err := g.open(ctx, p, onProduction, client.FormLogin)
		if err != nil {
			return err
		}
		if captcha != "" {
			answer.Answer = wrongAnswer(answer.Answer)
		}
		return g.submitLogin(ctx, p, client.Login{Username: username, Password: wrongPassword, Captcha: answer})
	})
	g.judge() // two of them may follow each other
	return err
}

func (g loginSteps) hasFailed(ctx context.Context, who, username string, times int) error {
	for i := range times {
		if err := g.wrongPassword(ctx, who, username, ""); err != nil {
			return err
		}
		code := "login-failed"
		if i >= 4 { // the fifth locks
			code = "account-locked"
		}
		if err := g.forgive(code); err != nil {
			return err
		}
	}
	return nil
}

func (g loginSteps) logsInWith(ctx context.Context, username, password string) error {
	if err := g.accepted(); err != nil {
		return err
	}
	return g.logIn(ctx, g.named, username, password)
}

// worksForApplicant: the logins are those that every start of a simulator has.
func (g loginSteps) worksForApplicant(who, state string) error {
	p, err := g.person(who)
	if err != nil {
		return err
	}
	p.login = map[string]string{
		"awaits its IP": "kikar06", "awaits the officer": "udaan23", "was rejected": "rajhans10",
	}[state]
	return nil
}

func (g loginSteps) logout(ctx context.Context, who string) error {
	return g.does(who, func(p *person) error { return p.production.Logout(ctx) })
}

func (g loginSteps) whoAmI(ctx context.Context, who string) error {
	return g.does(who, func(p *person) (err error) {
		p.session, err = p.production.Session(ctx)
		return err
	})
}

func (g loginSteps) noSession(ctx context.Context, who, portal string) error {
	p, err := g.person(who)
	if err != nil {
		return err
	}
	_, err = p.portalOf(portal).Session(ctx)
	return g.mustRefuse(err, "session-required")
}

func (g loginSteps) loggedInFor(who, gstin, source string) error {
	if err := g.accepted(); err != nil {
		return err
	}
	p, err := g.person(who)
	if err != nil {
		return err
	}
	if err := same("GSTIN", p.session.GSTIN, gstin); err != nil {
		return err
	}
	if p.session.LegalName == "" || p.session.Username == "" {
		return fmt.Errorf("the session does not say whose it is")
	}
	return same("source", p.session.Source, source)
}

func (g loginSteps) menuHas(entry string) error {
	if err := g.accepted(); err != nil {
		return err
	}
	if !slices.Contains(g.named.session.Menu, entry) {
		return fmt.Errorf("the menu is %q", g.named.session.Menu)
	}
	return nil
}

func (g loginSteps) clickAPIRegistration(ctx context.Context, who string) error {
	if err := g.accepted(); err != nil {
		return err
	}
	const entry = "API Registration"
	return g.does(who, func(p *person) error {
		if err := g.menuHas(entry); err != nil {
			return err
		}
		return p.opensMenu(ctx, entry)
	})
}

func (g loginSteps) cookie(name string) error {
	if err := g.accepted(); err != nil {
		return err
	}
	c := g.trace.cookie(name)
	if c == nil {
		return fmt.Errorf("there is no such cookie")
	}
	if !c.HttpOnly || c.SameSite != http.SameSiteStrictMode {
		return fmt.Errorf("HttpOnly is %t and SameSite %d", c.HttpOnly, c.SameSite)
	}
	return same("path", strings.TrimRight(c.Path, "/"), inWorld("", g.world))
}

// sameAnswers compares the last two answers to Login: what they say, and of JSON the bytes. That both
// take the same time cannot be judged from outside.
func (g loginSteps) sameAnswers() error {
	var answers []exchange
	for _, e := range g.trace.all(onProduction) {
		if strings.HasSuffix(e.path, "/login") && e.method == http.MethodPost {
			answers = append(answers, e)
		}
	}
	if len(answers) < 2 || len(g.refusals) < 2 {
		return fmt.Errorf("there were %d answers and %d refusals", len(answers), len(g.refusals))
	}
	first, second := answers[len(answers)-2], answers[len(answers)-1]
	if err := same("status", second.status, first.status); err != nil {
		return err
	}
	said := func(back int) string { return g.refusals[len(g.refusals)-back].Error() }
	if err := same("refusal", said(1), said(2)); err != nil {
		return err
	}
	if first.isPage() {
		return nil // each has a captcha of its own
	}
	return same("answer", mask(second.got), mask(first.got))
}

// keepSession lets an hour pass in portions within which no session ends.
func (g loginSteps) keepSession(ctx context.Context, who string) error {
	return g.does(who, func(p *person) error {
		const portion, portions = 10 * time.Minute, 6
		for range portions {
			if err := g.advance(ctx, portion); err != nil {
				return err
			}
			if !p.inProduction {
				continue
			}
			if _, err := p.production.Session(ctx); err != nil {
				return err
			}
		}
		return g.advance(ctx, time.Second)
	})
}
