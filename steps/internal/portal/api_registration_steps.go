package portal

import (
	"cmp"
	"context"
	"fmt"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/steps/internal/scene"
	"github.com/nicsim/nicsim/steps/needs"
)

// apiRegistrationSteps are steps 2.4 and 2.9 of the guide, and what others do to one's registration.
type apiRegistrationSteps struct{ *scene.Scene }

func (g apiRegistrationSteps) Register(r *scene.Registry) {
	r.Act(`{who} clicks "User Credentials" and then "Create API User"`, g.CreateAPIUser)
	r.Act(`{who} has been sent the OTP of an API registration`, g.StartAPIRegistration, needs.Captcha)
	r.Act(`{who} has verified the OTP of an API registration`, g.hasVerified, needs.Captcha, needs.OTP)
	r.Then(`the message says that the user(?: {text})? was created`, g.created)
	r.Then(`the API user was made through the GSP {text}`, g.madeThrough)
	r.Step(`{who} (sends another OTP|enters Asha's OTP|creates an API user) in Asha's API registration`,
		g.meddle, needs.OTP)
}

func (g apiRegistrationSteps) hasVerified(ctx context.Context, p *scene.Person) error {
	return g.ReachUserForm(ctx, p, p.Firm, scene.OnProduction)
}

func (g apiRegistrationSteps) created(username string) error {
	u := g.Named.APIUser
	if u.Message == "" || u.CreatedAt.IsZero() {
		return fmt.Errorf("there is no message, or it does not say when the user was created")
	}
	return cmp.Or(
		scene.Same("GSTIN", u.GSTIN, g.Named.Session.GSTIN),
		scene.Same("state", u.State, "COMPLETED"),
		scene.Same("username", u.Username, cmp.Or(username, u.Username)),
	)
}

func (g apiRegistrationSteps) madeThrough(company string) error {
	return cmp.Or(
		g.created(""),
		scene.Same("registration through", g.Named.APIUser.Through, client.ThroughGSP),
		scene.Same("company name", g.Named.APIUser.CompanyName, company),
	)
}

// meddle tries what only Asha may do, from another session.
func (g apiRegistrationSteps) meddle(ctx context.Context, who, act string) error {
	asha, err := g.Person("Asha")
	if err != nil {
		return err
	}
	f, err := asha.CurrentFlow()
	if err != nil {
		return err
	}
	otp, err := g.OTP(ctx, asha, client.ChannelSMS)
	if err != nil {
		return err
	}
	return g.ActAs(who, func(p *scene.Person) error {
		theirs := scene.InAPIRegistration(p)
		switch act {
		case "sends another OTP":
			_, err = theirs.Send(ctx, f.ID)
		case "enters Asha's OTP":
			_, err = theirs.Verify(ctx, f.ID, otp)
		default:
			err = theirs.Create(ctx, f.ID, client.NewAPIUser{
				Through: client.ThroughGSP, CompanyName: scene.ProductionCompany,
				Username: "mallory29", Password: scene.APIPassword,
			})
		}
		return err
	})
}
