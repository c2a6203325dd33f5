package portal

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/steps/internal/scene"
	"github.com/nicsim/nicsim/steps/needs"
)

// loginSteps are steps 2.1 to 2.3 of the guide: Login at the production portal, and its session.
type loginSteps struct{ *scene.Scene }

func (g loginSteps) Register(r *scene.Registry) {
	r.Act(`{who} clicks Login and enters the Username {text}, its Password and the Captcha`, g.login, needs.Captcha)
	r.Act(`{who} logs in to the production portal as {text}`, g.login, needs.Captcha)
	r.Act(`{who} is logged in to the production portal(?: for {firm})?`, g.isLoggedIn, needs.Captcha)
	r.Step(`{who} logs in as {text} with a wrong password( and a wrong Captcha)?`, g.wrongPassword, needs.Captcha, needs.Own)
	r.Step(`{who} has logged in as {text} with a wrong password {n} times`, g.hasFailed, needs.Captcha, needs.Own)
	r.Then(`{text} logs in with {text}`, g.logsInWith, needs.Captcha)
	r.Step(`{who} works for the taxpayer whose application for direct access (awaits its IP|awaits the officer|was rejected)`, g.worksForApplicant)
	r.Act(`{who} logs out of the production portal`, g.logout)
	r.Act(`{who} asks the production portal for {their} session`, g.whoAmI)
	r.Act(`{who} asks the production portal for the session that has ended`, g.askEnded)
	r.Step(`{who} has no session at the {portal} portal`, g.noSession)
	r.Then(`{who} is logged in for {text}, with a login of the {text} portal`, g.loggedInFor)
	r.Then(`the menu has {text}`, g.menuHas)
	r.Act(`{who} clicks "API Registration"`, g.clickAPIRegistration)
	r.Then(`the cookie {text} has HttpOnly, SameSite=Strict and the path of {their} world`, g.cookie)
	r.Step(`both answers are the same`, g.sameAnswers)
	r.Act(`an hour passes while {who} keeps {their} session`, g.keepSession, needs.Clock)
}

func (g loginSteps) login(ctx context.Context, p *scene.Person, username string) error {
	return g.LogIn(ctx, p, username, g.Password(p, username))
}

func (g loginSteps) isLoggedIn(ctx context.Context, p *scene.Person, firm string) error {
	if firm != "" && firm != p.Firm {
		return fmt.Errorf("%s has no login for %s", p.Name, firm)
	}
	return g.EnsureLoggedIn(ctx, p)
}

// wrongPassword judges the refusal itself, so that two logins can follow each other.
func (g loginSteps) wrongPassword(ctx context.Context, p *scene.Person, username, captcha string) error {
	err := g.Act(g.tryWrongPassword(ctx, p, username, captcha != ""))
	g.Judge()
	return err
}

func (g loginSteps) tryWrongPassword(ctx context.Context, p *scene.Person, username string, wrongCaptcha bool) error {
	answer, err := g.Open(ctx, p, scene.OnProduction, client.FormLogin)
	if err != nil {
		return err
	}
	if wrongCaptcha {
		answer.Answer = scene.WrongAnswer(answer.Answer)
	}
	return g.SubmitLogin(ctx, p, client.Login{Username: username, Password: scene.WrongPassword, Captcha: answer})
}

func (g loginSteps) hasFailed(ctx context.Context, p *scene.Person, username string, times int) error {
	return g.FailLogins(times, func() error { return g.tryWrongPassword(ctx, p, username, false) })
}

func (g loginSteps) logsInWith(ctx context.Context, username, password string) error {
	return g.LogIn(ctx, g.Named, username, password)
}

// worksForApplicant: the logins are those that every start of a simulator has.
func (g loginSteps) worksForApplicant(p *scene.Person, state string) error {
	p.Login = map[string]string{
		"awaits its IP": "kikar06", "awaits the officer": "udaan23", "was rejected": "rajhans10",
	}[state]
	return nil
}

func (g loginSteps) logout(ctx context.Context, p *scene.Person) error {
	return p.Production.Logout(ctx)
}

func (g loginSteps) whoAmI(ctx context.Context, p *scene.Person) (err error) {
	p.Session, err = p.Production.Session(ctx)
	return err
}

// askEnded sends the cookie that the portal gave for the session, which a browser drops at the logout.
func (g loginSteps) askEnded(ctx context.Context, _ *scene.Person) error {
	for _, e := range slices.Backward(g.Trace.All(scene.OnProduction)) {
		for _, c := range (&http.Response{Header: e.Header}).Cookies() {
			if c.Value != "" {
				return g.Call(ctx, scene.RawCall{
					Portal: scene.OnProduction, Method: http.MethodGet, Path: formPaths["Session"], Cookie: c,
				})
			}
		}
	}
	return fmt.Errorf("the portal has opened no session")
}

func (g loginSteps) noSession(ctx context.Context, p *scene.Person, portal string) error {
	_, err := p.PortalOf(portal).Session(ctx)
	return g.ExpectRefusal(err, "session-required")
}

func (g loginSteps) loggedInFor(p *scene.Person, gstin, source string) error {
	if p.Session.LegalName == "" || p.Session.Username == "" {
		return fmt.Errorf("the session has no legal name or no username")
	}
	return cmp.Or(scene.Same("GSTIN", p.Session.GSTIN, gstin), scene.Same("source", p.Session.Source, source))
}

func (g loginSteps) menuHas(entry string) error {
	if !slices.Contains(g.Named.Session.Menu, entry) {
		return fmt.Errorf("the menu is %q", g.Named.Session.Menu)
	}
	return nil
}

func (g loginSteps) clickAPIRegistration(ctx context.Context, p *scene.Person) error {
	const entry = "API Registration"
	if err := g.menuHas(entry); err != nil {
		return err
	}
	return p.OpenMenu(ctx, entry)
}

func (g loginSteps) cookie(name string) error {
	c := g.Trace.Cookie(name)
	if c == nil {
		return fmt.Errorf("there is no such cookie")
	}
	if !c.HttpOnly || c.SameSite != http.SameSiteStrictMode {
		return fmt.Errorf("HttpOnly is %t and SameSite %d", c.HttpOnly, c.SameSite)
	}
	return scene.Same("path", strings.TrimRight(c.Path, "/"), scene.InWorld("", g.World))
}

// sameAnswers compares the last two answers to Login: what they say, and of JSON the bytes. Whether both
// take the same time cannot be judged from outside.
func (g loginSteps) sameAnswers() error {
	var answers []scene.Exchange
	for _, e := range g.Trace.All(scene.OnProduction) {
		if strings.HasSuffix(e.Path, "/login") && e.Method == http.MethodPost {
			answers = append(answers, e)
		}
	}
	if len(answers) < 2 || len(g.Refusals) < 2 {
		return fmt.Errorf("there were %d answers and %d refusals", len(answers), len(g.Refusals))
	}
	first, second := answers[len(answers)-2], answers[len(answers)-1]
	if err := scene.Same("status", second.Status, first.Status); err != nil {
		return err
	}
	said := func(back int) string { return g.Refusals[len(g.Refusals)-back].Error() }
	if err := scene.Same("refusal", said(1), said(2)); err != nil {
		return err
	}
	if first.IsPage() {
		return nil // each has a captcha of its own
	}
	return scene.Same("answer", scene.Mask(second.Got), scene.Mask(first.Got))
}

// keepSession lets an hour pass in portions that are shorter than a session.
func (g loginSteps) keepSession(ctx context.Context, p *scene.Person) error {
	const portion, portions = 10 * time.Minute, 6
	for range portions {
		if err := g.Advance(ctx, portion); err != nil {
			return err
		}
		if !p.InProduction {
			continue
		}
		if _, err := p.Production.Session(ctx); err != nil {
			return err
		}
	}
	return g.Advance(ctx, time.Second)
}
