package portal

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/nicsim/nicsim/steps/internal/scene"
	"github.com/nicsim/nicsim/steps/needs"
)

// malformedSteps send requests that a portal cannot parse.
type malformedSteps struct{ *scene.Scene }

func (g malformedSteps) Register(r *scene.Registry) {
	r.Act(`{who} sends (Validate|Login) at the {portal} portal (a body that is not JSON|an empty body|a body that stops halfway|a body with more behind it|a list instead of a form|a body of more than 64 KiB)`, g.body)
	r.Act(`{who} sends (Validate|Login) at the {portal} portal (a number|a list) as {text}`, g.wrongType)
	r.Act(`{who} sends (Validate|Login) at the {portal} portal an unknown {text}`, g.unknownField)
	r.Act(`{who} sends (Validate|Login) at the {portal} portal as "([^"]+)"`, g.asMedia)
	r.Act(`{who} asks for (Validate|Login|Session) at the {portal} portal by the wrong method`, g.wrongMethod)
	r.Step(`it says that (?:Validate|Login|Session) takes {text}`, g.allows)
	r.Act(`{who} asks the {portal} portal for a page that it does not have`, g.unknownPage)
	r.Act(`{who} looks at a registration that does not exist`, g.unknownRegistration)
	r.Act(`{who} looks at a registration named {text}`, g.namedRegistration)
	r.Step(`{who} looks for the inbox at both portals`, g.lookForInbox, needs.Portals)
	r.Step(`both portals know no such page`, g.noInbox)
}

// A form of each step as it should be, but for its captcha.
var (
	formPaths = map[string]string{
		"Validate": "/portal/v1/registrations", "Login": "/portal/v1/login", "Session": "/portal/v1/session",
	}
	wholeForms = map[string]string{
		"Validate": `{"category":"TAXPAYER","gstin":"29ABCCD1234E1Z1","mobile":"9876543210",` +
			`"email":"accounts@dakshin.example","captcha":{"captchaId":"` + unknownID + `","answer":"ABCDEF"}}`,
		"Login": `{"username":"nobody_here","password":"Wrong_2026",` +
			`"captcha":{"captchaId":"` + unknownID + `","answer":"ABCDEF"}}`,
	}
)

// tooLarge is more than a portal takes of a body, in bytes.
const tooLarge = 64<<10 + 1

func (g malformedSteps) send(ctx context.Context, step, portal, body, media string) error {
	return g.Call(ctx, scene.RawCall{
		Portal: portal, Method: http.MethodPost, Path: formPaths[step], Body: body, Media: media,
	})
}

func (g malformedSteps) body(ctx context.Context, _ *scene.Person, step, portal, what string) error {
	whole := wholeForms[step]
	body := map[string]string{
		"a body that is not JSON":    "username=nobody_here",
		"an empty body":              "",
		"a body that stops halfway":  whole[:len(whole)/2],
		"a body with more behind it": whole + whole,
		"a list instead of a form":   "[" + whole + "]",
		"a body of more than 64 KiB": strings.Replace(whole, "ABCDEF", strings.Repeat("A", tooLarge), 1),
	}[what]
	return g.send(ctx, step, portal, body, scene.MediaJSON)
}

func (g malformedSteps) wrongType(ctx context.Context, _ *scene.Person, step, portal, what, field string) error {
	value := map[string]string{"a number": "29", "a list": `["29"]`}[what]
	before, after, found := strings.Cut(wholeForms[step], `"`+field+`":"`)
	_, after, closed := strings.Cut(after, `"`)
	if !found || !closed {
		return fmt.Errorf("the form has no %s", field)
	}
	return g.send(ctx, step, portal, before+`"`+field+`":`+value+after, scene.MediaJSON)
}

func (g malformedSteps) unknownField(ctx context.Context, _ *scene.Person, step, portal, field string) error {
	return g.send(ctx, step, portal, `{"`+field+`":"red",`+wholeForms[step][1:], scene.MediaJSON)
}

func (g malformedSteps) asMedia(ctx context.Context, _ *scene.Person, step, portal, media string) error {
	if media == "no media type" {
		media = ""
	}
	return g.send(ctx, step, portal, wholeForms[step], media)
}

// wrongMethod is one that no page of the portals takes.
func (g malformedSteps) wrongMethod(ctx context.Context, _ *scene.Person, step, portal string) error {
	return g.Call(ctx, scene.RawCall{Portal: portal, Method: http.MethodDelete, Path: formPaths[step]})
}

func (g malformedSteps) allows(method string, answer scene.Exchange) error {
	for _, allowed := range strings.Split(answer.Header.Get("Allow"), ",") {
		if strings.TrimSpace(allowed) == method {
			return nil
		}
	}
	return fmt.Errorf("the header Allow has %q", answer.Header.Get("Allow"))
}

func (g malformedSteps) unknownPage(ctx context.Context, _ *scene.Person, portal string) error {
	return g.Call(ctx, scene.RawCall{Portal: portal, Method: http.MethodGet, Path: "/portal/v1/nothing-here"})
}

func (g malformedSteps) unknownRegistration(ctx context.Context, p *scene.Person) error {
	return g.namedRegistration(ctx, p, unknownID)
}

func (g malformedSteps) namedRegistration(ctx context.Context, p *scene.Person, id string) error {
	_, err := p.Trial.Registration(ctx, id)
	return err
}

func (g malformedSteps) lookForInbox(ctx context.Context, _ *scene.Person) error {
	for _, portal := range []string{scene.OnTrial, scene.OnProduction} {
		// What kind of 404 it is does not matter.
		_ = g.Call(ctx, scene.RawCall{Portal: portal, Method: http.MethodGet, Path: "/control/v1/inbox"})
	}
	return nil
}

func (g malformedSteps) noInbox() error {
	for _, portal := range []string{scene.OnTrial, scene.OnProduction} {
		answers := g.Trace.All(portal)
		if len(answers) != 1 || answers[0].Status != http.StatusNotFound {
			return fmt.Errorf("the %s portal did not answer 404", portal)
		}
	}
	return nil
}
