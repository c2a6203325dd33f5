package portal

import (
	"cmp"
	"context"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/steps/internal/scene"
	"github.com/nicsim/nicsim/steps/needs"
)

// signInSteps are Login at the trial portal, where API users and providers sign in.
type signInSteps struct{ *scene.Scene }

func (g signInSteps) Register(r *scene.Registry) {
	r.Act(`{who} (?:signs|has signed) in to the trial portal as {text}`, g.asUser, needs.Captcha, needs.Own)
	r.Act(`{who} signs in to the trial portal as {text} with a wrong password`, g.wrongPassword, needs.Captcha, needs.Own)
	r.Step(`{who} has signed in to the trial portal as {text} with a wrong password {n} times`,
		g.hasFailed, needs.Captcha, needs.Own)
	r.Act(`{who} signs in to the trial portal with {their} client credentials`,
		g.asProvider, needs.Captcha, needs.Inbox)
	r.Step(`{who} signs in to the trial portal with his client id and a wrong secret`, g.wrongSecret, needs.Captcha, needs.Own)
	r.Then(`{who} is signed in for {text}`, g.signedInFor)
	r.Then(`{who} is signed in for {their} PAN`, g.signedInForPAN)
}

func (g signInSteps) asUser(ctx context.Context, p *scene.Person, username string) error {
	return g.SignIn(ctx, p, client.Login{Username: username, Password: g.Password(p, username)})
}

func (g signInSteps) wrongPassword(ctx context.Context, p *scene.Person, username string) error {
	return g.SignIn(ctx, p, client.Login{Username: username, Password: scene.WrongPassword})
}

func (g signInSteps) hasFailed(ctx context.Context, p *scene.Person, username string, times int) error {
	return g.FailLogins(times, func() error { return g.wrongPassword(ctx, p, username) })
}

func (g signInSteps) asProvider(ctx context.Context, p *scene.Person) error {
	secret, err := g.ClientSecret(ctx, p)
	if err != nil {
		return err
	}
	return g.SignIn(ctx, p, client.Login{ClientID: p.Issued.ClientID, ClientSecret: secret})
}

// wrongSecret tries the client id of the person named before.
func (g signInSteps) wrongSecret(ctx context.Context, who string) error {
	stolen := g.Named.Issued.ClientID
	return g.ActAs(who, func(p *scene.Person) error {
		return g.SignIn(ctx, p, client.Login{ClientID: stolen, ClientSecret: scene.UnknownClientSecret})
	})
}

func (g signInSteps) signedInFor(p *scene.Person, gstin string) error {
	return cmp.Or(
		scene.Same("source", p.Session.Source, client.SourceAPIUser),
		scene.Same("GSTIN", p.Session.GSTIN, gstin),
	)
}

func (g signInSteps) signedInForPAN(p *scene.Person) error {
	return cmp.Or(
		scene.Same("source", p.Session.Source, client.SourceProvider),
		scene.Same("client id", p.Session.ClientID, p.Issued.ClientID),
		scene.Same("PAN", p.Session.PAN, p.FirmOfPAN.PAN),
	)
}
