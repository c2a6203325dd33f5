package portal

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/steps/internal/scene"
	"github.com/nicsim/nicsim/steps/needs"
)

// providerSteps are those of GSPs, ERPs and e-commerce operators: registration by PAN, client
// credentials, dummy GSTINs.
type providerSteps struct{ *scene.Scene }

func (g providerSteps) Register(r *scene.Registry) {
	r.Act(`{who} has verified the OTP for the registration of (a new|the same) {category}`,
		g.hasVerified, needs.Captcha, needs.OTP, needs.Providers)
	r.Act(`{who} validates the details of a new {category} with {text} as PAN`,
		g.otherPAN, needs.Captcha, needs.Providers)
	r.Act(`{who} asks for client credentials`, g.issue)
	r.Act(`{who} has got client credentials for a new {category}`,
		g.got, needs.Captcha, needs.Inbox, needs.Providers)
	r.Then(`{who} is given a client id of type {text} made from {their} PAN`, g.given)
	r.Step(`an SMS with the client secret reaches {their} registered mobile`, g.secretReaches, needs.Inbox)
	r.Then(`{their} client secret has {n} letters and digits`, g.secretHas, needs.Inbox)
	r.Act(`{who} is signed in to the trial portal as an? {category}`,
		g.isSignedIn, needs.Captcha, needs.Inbox, needs.Providers)
	r.Act(`{who} (?:adds|has added) a dummy GSTIN in the state {text}`, g.addDummy)
	r.Then(`{their} dummy GSTINs are {text} and {their} PAN and {text}`, g.dummiesAre)
	r.Act(`{who} creates the API user {text} for the dummy GSTIN`,
		g.createForDummy, needs.Captcha, needs.Inbox, needs.Providers)
}

func (g providerSteps) hasVerified(ctx context.Context, p *scene.Person, which, category string) error {
	if which == "a new" {
		if err := g.newFirm(ctx, p, category); err != nil {
			return err
		}
	}
	return g.verifyFirm(ctx, p)
}

// newFirm finds a firm of the category that has no client credentials yet.
func (g providerSteps) newFirm(ctx context.Context, p *scene.Person, category string) error {
	organisations, err := g.Control.Organisations(ctx)
	if err != nil {
		return err
	}
	providers, err := g.Control.Providers(ctx)
	if err != nil {
		return err
	}
	for _, o := range organisations {
		if o.Type == category && !slices.ContainsFunc(providers, func(p client.Provider) bool { return p.PAN == o.PAN }) {
			p.FirmOfPAN = o
			return nil
		}
	}
	return fmt.Errorf("there is no %s without client credentials", category)
}

// validateFirm registers the person's firm by PAN, as far as Validate.
func (g providerSteps) validateFirm(ctx context.Context, p *scene.Person, pan string) error {
	answer, err := g.Open(ctx, p, scene.OnTrial, client.FormRegister)
	if err != nil {
		return err
	}
	p.Form = client.Registrant{
		Category: p.FirmOfPAN.Type, PAN: pan, Mobile: p.FirmOfPAN.Mobile, Email: p.FirmOfPAN.Email, Captcha: answer,
	}
	return p.Validate(ctx)
}

func (g providerSteps) verifyFirm(ctx context.Context, p *scene.Person) error {
	if err := g.validateFirm(ctx, p, p.FirmOfPAN.PAN); err != nil {
		return err
	}
	if err := p.SendOTP(ctx); err != nil {
		return err
	}
	return g.Verify(ctx, p)
}

func (g providerSteps) otherPAN(ctx context.Context, p *scene.Person, category, pan string) error {
	if err := g.newFirm(ctx, p, category); err != nil {
		return err
	}
	return g.validateFirm(ctx, p, pan)
}

func (g providerSteps) issue(ctx context.Context, p *scene.Person) error {
	f, err := p.CurrentFlow()
	if err != nil {
		return err
	}
	p.Issued, err = p.Trial.ClientCredentials(ctx, f.ID)
	return err
}

func (g providerSteps) got(ctx context.Context, p *scene.Person, category string) error {
	if err := g.newFirm(ctx, p, category); err != nil {
		return err
	}
	if err := g.verifyFirm(ctx, p); err != nil {
		return err
	}
	if err := g.issue(ctx, p); err != nil {
		return err
	}
	_, err := g.ClientSecret(ctx, p)
	return err
}

func (g providerSteps) given(p *scene.Person, category string) error {
	shape := regexp.MustCompile("^" + p.FirmOfPAN.PAN[:5] + `\d\d` + category + `[A-Z0-9]{5}$`)
	if !shape.MatchString(p.Issued.ClientID) {
		return fmt.Errorf("the client id of %s is %q", p.FirmOfPAN.PAN, p.Issued.ClientID)
	}
	return nil
}

func (g providerSteps) secretReaches(ctx context.Context) error {
	_, err := g.ClientSecret(ctx, g.Named)
	return err
}

func (g providerSteps) secretHas(ctx context.Context, length int) error {
	secret, err := g.ClientSecret(ctx, g.Named)
	if err != nil {
		return err
	}
	if !regexp.MustCompile(fmt.Sprintf("^[0-9A-Za-z]{%d}$", length)).MatchString(secret) {
		return fmt.Errorf("the client secret, of %d characters, has another form", len(secret))
	}
	return nil
}

func (g providerSteps) isSignedIn(ctx context.Context, p *scene.Person, category string) error {
	if err := g.got(ctx, p, category); err != nil {
		return err
	}
	secret, err := g.ClientSecret(ctx, p)
	if err != nil {
		return err
	}
	return g.SignIn(ctx, p, client.Login{ClientID: p.Issued.ClientID, ClientSecret: secret})
}

func (g providerSteps) addDummy(ctx context.Context, p *scene.Person, state string) error {
	gstin, err := p.Trial.CreateDummyGSTIN(ctx, state)
	if err == nil {
		p.Dummies = append(p.Dummies, gstin)
	}
	return err
}

func (g providerSteps) dummiesAre(state, numbers string) error {
	var want []string
	for _, number := range strings.Split(numbers, ", ") {
		want = append(want, state+g.Named.FirmOfPAN.PAN+number)
	}
	return scene.Same("dummy GSTINs", strings.Join(g.Named.Dummies, ", "), strings.Join(want, ", "))
}

// createForDummy performs section 1 for the dummy GSTIN with the GSP's own client id.
func (g providerSteps) createForDummy(ctx context.Context, p *scene.Person, username string) error {
	if err := g.ReachUserForm(ctx, p, "the dummy GSTIN", scene.OnTrial); err != nil {
		return err
	}
	own, err := g.Provider(ctx, func(o client.Provider) bool { return o.ClientID == p.Issued.ClientID })
	if err != nil {
		return err
	}
	u, err := g.NewUser(ctx, p, own.CompanyName)
	if err != nil {
		return err
	}
	u.Username = username
	return g.Create(ctx, p, u)
}
