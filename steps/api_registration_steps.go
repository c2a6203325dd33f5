package steps

import (
	"context"
	"fmt"

	"github.com/nicsim/nicsim/client"
)

// apiRegistrationSteps are steps 2.4 and 2.9 of the guide, and what others do to one's registration.
type apiRegistrationSteps struct{ *scenario }

func (g apiRegistrationSteps) register(r registrar) {
	r.Step(expression(`{who} clicks "User Credentials" and then "Create API User"`), g.start)
	r.Step(expression(`{who} has been sent the OTP of an API registration`), g.hasStarted)
	r.Step(expression(`{who} has verified the OTP of an API registration`), g.hasVerified)
	r.Step(expression(`the message says that the user(?: {text})? was created`), g.created)
	r.Step(expression(`the API user was made through the GSP {text}`), g.madeThrough)
	r.Step(expression(`{who} (sends another OTP|enters Asha's OTP|creates an API user) in Asha's API registration`),
		g.meddle)
}

// start clicks Create API User, logged in or not.
func (g apiRegistrationSteps) start(ctx context.Context, who string) error {
	return g.does(who, func(p *person) error { return g.createAPIUser(ctx, p) })
}

func (g apiRegistrationSteps) hasStarted(ctx context.Context, who string) error {
	return g.does(who, func(p *person) error { return g.startAPIRegistration(ctx, p) })
}

func (g apiRegistrationSteps) hasVerified(ctx context.Context, who string) error {
	return g.does(who, func(p *person) error { return g.verified(ctx, p, p.firm, onProduction) })
}

func (g apiRegistrationSteps) created(username string) error {
	if err := g.accepted(); err != nil {
		return err
	}
	u := g.named.apiUser
	if u.Message == "" || u.CreatedAt.IsZero() {
		return fmt.Errorf("there is no message, or it does not say when the user was created")
	}
	if err := same("GSTIN", u.GSTIN, g.named.session.GSTIN); err != nil {
		return err
	}
	if err := same("state", u.State, "COMPLETED"); err != nil || username == "" {
		return err
	}
	return same("username", u.Username, username)
}

func (g apiRegistrationSteps) madeThrough(company string) error {
	if err := g.created(""); err != nil {
		return err
	}
	if err := same("registration through", g.named.apiUser.Through, client.ThroughGSP); err != nil {
		return err
	}
	return same("company name", g.named.apiUser.CompanyName, company)
}

// meddle tries what only Asha may do, from somebody else's session.
func (g apiRegistrationSteps) meddle(ctx context.Context, who, act string) error {
	asha, err := g.person("Asha")
	if err != nil {
		return err
	}
	f, err := asha.current()
	if err != nil {
		return err
	}
	otp, err := g.otp(ctx, asha, client.ChannelSMS)
	if err != nil {
		return err
	}
	return g.does(who, func(p *person) error {
		theirs := apiRegistrationFlow{p}
		switch act {
		case "sends another OTP":
			_, err = theirs.send(ctx, f.id)
		case "enters Asha's OTP":
			_, err = theirs.verify(ctx, f.id, otp)
		default:
			err = theirs.create(ctx, f.id, client.NewAPIUser{
				Through: client.ThroughGSP, CompanyName: productionCompany, Username: "mallory29", Password: apiPassword,
			})
		}
		return err
	})
}
