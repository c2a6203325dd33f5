package steps

import (
	"context"

	"github.com/nicsim/nicsim/client"
)

// signInSteps are Login at the trial portal, where API users and providers sign in.
type signInSteps struct{ *scenario }

func (g signInSteps) register(r registrar) {
	r.Step(expression(`{who} (?:signs|has signed) in to the trial portal as {text}`), g.asUser)
	r.Step(expression(`{who} signs in to the trial portal as {text} with a wrong password`), g.wrongPassword)
	r.Step(expression(`{who} has signed in to the trial portal as {text} with a wrong password {n} times`), g.hasFailed)
	r.Step(expression(`{who} signs in to the trial portal with {their} client credentials`), g.asProvider)
	r.Step(expression(`{who} signs in to the trial portal with his client id and a wrong secret`), g.wrongSecret)
	r.Step(expression(`{who} is signed in for {text}`), g.signedInFor)
	r.Step(expression(`{who} is signed in for {their} PAN`), g.signedInForPAN)
}

func (g signInSteps) asUser(ctx context.Context, who, username string) error {
	return g.does(who, func(p *person) error {
		return g.signIn(ctx, p, client.Login{Username: username, Password: g.password(p, username)})
	})
}

func (g signInSteps) wrongPassword(ctx context.Context, who, username string) error {
	return g.does(who, func(p *person) error {
		return g.signIn(ctx, p, client.Login{Username: username, Password: wrongPassword})
	})
}

func (g signInSteps) hasFailed(ctx context.Context, who, username string, times int) error {
	for i := range times {
		if err := g.wrongPassword(ctx, who, username); err != nil {
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

func (g signInSteps) asProvider(ctx context.Context, who string) error {
	return g.does(who, func(p *person) error {
		secret, err := g.clientSecret(ctx, p)
		if err != nil {
			return err
		}
		return g.signIn(ctx, p, client.Login{ClientID: p.issued.ClientID, ClientSecret: secret})
	})
}

// wrongSecret tries the client id of whoever was named before.
func (g signInSteps) wrongSecret(ctx context.Context, who string) error {
	stolen := g.named.issued.ClientID
	return g.does(who, func(p *person) error {
		return g.signIn(ctx, p, client.Login{ClientID: stolen, ClientSecret: unknownClientSecret})
	})
}

func (g signInSteps) signedInFor(who, gstin string) error {
	if err := g.accepted(); err != nil {
		return err
	}
	p, err := g.person(who)
	if err != nil {
		return err
	}
	if err := same("source", p.session.Source, client.SourceAPIUser); err != nil {
		return err
	}
	return same("GSTIN", p.session.GSTIN, gstin)
}

func (g signInSteps) signedInForPAN(who string) error {
	if err := g.accepted(); err != nil {
		return err
	}
	p, err := g.person(who)
	if err != nil {
		return err
	}
	if err := same("source", p.session.Source, client.SourceProvider); err != nil {
		return err
	}
	if err := same("client id", p.session.ClientID, p.issued.ClientID); err != nil {
		return err
	}
	return same("PAN", p.session.PAN, p.firmOfPAN.PAN)
}
