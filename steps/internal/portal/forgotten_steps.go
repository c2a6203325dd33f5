package portal

import (
	"cmp"
	"context"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/steps/internal/scene"
	"github.com/nicsim/nicsim/steps/needs"
)

// forgottenSteps are Forgot Username and Forgot Password of the production portal, and Update from GST Common Portal of
// both.
type forgottenSteps struct{ *scene.Scene }

func (g forgottenSteps) Register(r *scene.Registry) {
	r.Act(`{who} asks to be reminded of the username of {firm}(?: at {text})?`,
		g.remind, needs.Captcha, needs.Taxpayers)
	r.Act(`{who} asks production to remind {firm} of its username()`, g.remind, needs.Captcha)
	r.Act(`{who} (?:asks|has asked) for a new password of {text}(?: for {firm})?(?: at {text})?`,
		g.start, needs.Captcha, needs.Taxpayers)
	r.Act(`{who} has verified the OTP for a new password of {text}`, g.hasVerified, needs.Captcha, needs.OTP)
	r.Act(`{who} (?:chooses|has chosen) the new password {text}( and re-enters another)?`, g.choose, needs.Own)
	r.Act(`{who} updates {firm} from the GST common portal at the {portal} portal`, g.update, needs.Captcha)
	r.Act(`{who} chooses the new password that (?:she|he) had`, g.chooseFormer, needs.Own)
}

func (g forgottenSteps) remind(ctx context.Context, p *scene.Person, t client.Taxpayer, mobile string) (err error) {
	form := client.ForgottenUsername{GSTIN: t.GSTIN, Mobile: cmp.Or(mobile, t.Mobile)}
	if form.Captcha, err = g.Open(ctx, p, scene.OnProduction, client.FormForgotUsername); err != nil {
		return err
	}
	_, err = p.Production.RemindUsername(ctx, form)
	return err
}

func (g forgottenSteps) update(ctx context.Context, p *scene.Person, t client.Taxpayer, portal string) (err error) {
	form := client.GSTINUpdate{GSTIN: t.GSTIN}
	if form.Captcha, err = g.Open(ctx, p, portal, client.FormUpdateGSTIN); err != nil {
		return err
	}
	_, err = p.PortalOf(portal).UpdateGSTIN(ctx, form)
	return err
}

// start fills in Forgot Password. No firm and no mobile mean those that are right.
func (g forgottenSteps) start(ctx context.Context, p *scene.Person, username, firm, mobile string) error {
	t, err := g.Taxpayer(ctx, p, cmp.Or(firm, "Dakshin"))
	if err != nil {
		return err
	}
	form := client.ForgottenPassword{Username: username, GSTIN: t.GSTIN, Mobile: cmp.Or(mobile, t.Mobile)}
	if form.Captcha, err = g.Open(ctx, p, scene.OnProduction, client.FormForgotPassword); err != nil {
		return err
	}
	started, err := p.Production.StartPasswordReset(ctx, form)
	if err != nil {
		return err
	}
	p.Flow = &scene.Flow{
		Portal: scene.OnProduction, Purpose: client.PurposePasswordResetOTP,
		GSTIN: t.GSTIN, Mobile: t.Mobile, Email: t.Email,
		ID: started.ID, State: started.State, Steps: scene.InPasswordReset(p),
	}
	p.Login = username
	return nil
}

func (g forgottenSteps) hasVerified(ctx context.Context, p *scene.Person, username string) error {
	if err := g.start(ctx, p, username, "", ""); err != nil {
		return err
	}
	return g.Verify(ctx, p)
}

func (g forgottenSteps) choose(ctx context.Context, p *scene.Person, password, other string) error {
	confirm := password
	if other != "" {
		confirm = scene.AnotherPassword
	}
	return g.set(ctx, p, client.NewPassword{New: password, Confirm: confirm})
}

func (g forgottenSteps) chooseFormer(ctx context.Context, p *scene.Person) error {
	former := g.Password(p, p.Login)
	return g.set(ctx, p, client.NewPassword{New: former, Confirm: former})
}

func (g forgottenSteps) set(ctx context.Context, p *scene.Person, n client.NewPassword) error {
	f, err := p.CurrentFlow()
	if err != nil {
		return err
	}
	g.KeepSecret("a password", n.New)
	return p.Production.SetNewPassword(ctx, f.ID, n)
}
