package scene

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/nicsim/nicsim/client"
)

// ReachUserForm takes the person to the form for the API user.
func (s *Scene) ReachUserForm(ctx context.Context, p *Person, firm, portal string) error {
	if err := s.ReachOTP(ctx, p, firm, portal); err != nil {
		return err
	}
	return s.Verify(ctx, p)
}

// ReachOTP takes the person to the OTP of a registration, at either portal.
func (s *Scene) ReachOTP(ctx context.Context, p *Person, firm, portal string) error {
	if portal == OnTrial {
		return s.StartRegistration(ctx, p, firm)
	}
	return s.StartAPIRegistration(ctx, p)
}

// CreateAPIUser clicks Create API User at the production portal.
func (s *Scene) CreateAPIUser(ctx context.Context, p *Person) error {
	started, err := p.Production.StartAPIRegistration(ctx)
	if err != nil {
		return err
	}
	p.Flow = &Flow{
		Portal: OnProduction, Purpose: client.PurposeAPIUserOTP, GSTIN: started.GSTIN,
		ID: started.ID, State: started.State,
		Sent: client.OTPSent{
			State: started.State, SentTo: started.SentTo, ExpiresAt: started.ExpiresAt,
			ResendAfter: started.ResendAfter, AttemptsLeft: started.AttemptsLeft,
		},
		Steps: InAPIRegistration(p),
	}
	return nil
}

// StartAPIRegistration logs in, if need be, and clicks Create API User.
func (s *Scene) StartAPIRegistration(ctx context.Context, p *Person) error {
	if err := s.EnsureLoggedIn(ctx, p); err != nil {
		return err
	}
	return s.CreateAPIUser(ctx, p)
}

// MakeAPIUser performs a section of the guide for a user.
func (s *Scene) MakeAPIUser(ctx context.Context, p *Person, username, company, firm, portal string) error {
	if err := s.ReachUserForm(ctx, p, firm, portal); err != nil {
		return err
	}
	u, err := s.NewUser(ctx, p, company)
	if err != nil {
		return err
	}
	u.Username = username
	return s.Create(ctx, p, u)
}

// StartRegistration validates the registered details of a firm and sends the OTP.
func (s *Scene) StartRegistration(ctx context.Context, p *Person, firm string) error {
	if err := s.Submit(ctx, p, firm, func(*client.Registrant) error { return nil }); err != nil {
		return err
	}
	return p.SendOTP(ctx)
}

// Verify enters the newest OTP of the person's flow.
func (s *Scene) Verify(ctx context.Context, p *Person) error {
	otp, err := s.OTP(ctx, p, client.ChannelSMS)
	if err != nil {
		return err
	}
	return p.EnterOTP(ctx, otp)
}

// Submit opens the Registration Form, fills in a taxpayer's registered details, changes them, and
// clicks Validate.
func (s *Scene) Submit(ctx context.Context, p *Person, firm string, how func(*client.Registrant) error) error {
	t, err := s.Taxpayer(ctx, p, firm)
	if err != nil {
		return err
	}
	answer, err := s.Open(ctx, p, OnTrial, client.FormRegister)
	if err != nil {
		return err
	}
	p.Form = client.Registrant{
		Category: client.CategoryTaxpayer, GSTIN: t.GSTIN, Mobile: t.Mobile, Email: t.Email, Captcha: answer,
	}
	if err := how(&p.Form); err != nil {
		return err
	}
	return p.Validate(ctx)
}

// Validate clicks Validate. A registration begins if the portal accepts.
func (p *Person) Validate(ctx context.Context) error {
	registration, err := p.Trial.Validate(ctx, p.Form)
	if err != nil {
		return err
	}
	p.Registration = registration
	p.Flow = &Flow{
		Portal: OnTrial, Purpose: client.PurposeRegistrationOTP,
		GSTIN: registration.GSTIN, Mobile: lastDigits(p.Form.Mobile), Email: strings.ToLower(strings.TrimSpace(p.Form.Email)),
		ID: registration.ID, State: registration.State, Steps: InRegistration(p),
	}
	return nil
}

// SetField sets a field of the Registration Form by its label.
func SetField(r *client.Registrant, field, value string) error {
	fields := map[string]*string{
		"GSTIN": &r.GSTIN, "PAN": &r.PAN, "Phone number": &r.Mobile, "Email address": &r.Email,
	}
	if fields[field] == nil {
		return fmt.Errorf("the Registration Form has no field %q", field)
	}
	*fields[field] = value
	return nil
}

// lastDigits is a mobile number without prefix, blanks and hyphens.
func lastDigits(mobile string) string {
	const length = 10
	digits := strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return r
		}
		return -1
	}, mobile)
	return digits[max(0, len(digits)-length):]
}

// WrongAnswer is as long as the right one, and wrong.
func WrongAnswer(right string) string {
	if right == "" {
		return "x"
	}
	if right[0] == 'x' || right[0] == 'X' {
		return "y" + right[1:]
	}
	return "x" + right[1:]
}

// OtherCase changes the case of every letter.
func OtherCase(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsUpper(r) {
			return unicode.ToLower(r)
		}
		return unicode.ToUpper(r)
	}, text)
}

// Same compares what was shown with what was expected.
func Same[T comparable](what string, got, want T) error {
	if got != want {
		return fmt.Errorf("%s: %v was shown instead of %v", what, got, want)
	}
	return nil
}

// The companies that the guide's sections are performed with, and the guide's client id.
const (
	TrialCompany      = "Sahyadri GST Suvidha"
	ProductionCompany = "Konkan Tax Gateway"
	guideClientID     = "AAFCC29ERP82ZSO"
)

// Client credentials of the right shape that do not exist.
const (
	UnknownClientID     = "ABZCX29TXP00000"
	UnknownClientSecret = "NobodyKnowsThis00000"
)

// NewUser is the form for an API user, filled in correctly. No company means the portal's
// usual one.
func (s *Scene) NewUser(ctx context.Context, p *Person, company string) (client.NewAPIUser, error) {
	f, err := p.CurrentFlow()
	if err != nil {
		return client.NewAPIUser{}, err
	}
	u := client.NewAPIUser{
		Through:  client.ThroughGSP,
		Username: APIUsername, Password: APIPassword, ConfirmPassword: APIPassword,
	}
	if f.Portal == OnProduction {
		u.CompanyName = cmp.Or(company, ProductionCompany)
		return u, nil
	}
	u.CompanyName = cmp.Or(company, TrialCompany)
	provider, err := s.Provider(ctx, func(o client.Provider) bool { return o.CompanyName == u.CompanyName })
	if errors.Is(err, errNoProvider) {
		provider.ClientID, err = guideClientID, nil
	}
	u.ClientID = provider.ClientID
	return u, err
}

var errNoProvider = errors.New("there is no such provider")

// Provider is the first provider that the condition holds for.
func (s *Scene) Provider(ctx context.Context, is func(client.Provider) bool) (client.Provider, error) {
	providers, err := s.Control.Providers(ctx)
	if err != nil {
		return client.Provider{}, err
	}
	if at := slices.IndexFunc(providers, is); at >= 0 {
		return providers[at], nil
	}
	return client.Provider{}, errNoProvider
}

// Credentials are a client id and a secret, right or wrong, as a step words them.
func (s *Scene) Credentials(ctx context.Context, words string) (id, secret string, err error) {
	if words == "an unknown client id" {
		return UnknownClientID, UnknownClientSecret, nil
	}
	owner, what, found := strings.Cut(words, "'s client id")
	if !found {
		return "", "", fmt.Errorf("there are no client credentials %q", words)
	}
	p, err := s.Provider(ctx, func(o client.Provider) bool { return strings.HasPrefix(o.CompanyName, owner) })
	if err != nil {
		return "", "", fmt.Errorf("the client credentials of %s: %w", owner, err)
	}
	if what == " and a wrong secret" {
		return p.ClientID, UnknownClientSecret, nil
	}
	return p.ClientID, p.ClientSecret, nil
}

// ClickTwice performs an act twice at the same time and returns the answers to both.
func ClickTwice(act func() error) (first, second error) {
	done := make(chan error, 1)
	go func() { done <- act() }()
	first = act()
	return first, <-done
}

// RefusedWith returns the code of a refusal, "" for an act that was accepted.
func RefusedWith(err error) (string, error) {
	if refusal, ok := errors.AsType[*client.Problem](err); ok {
		return refusal.Code, nil
	}
	return "", err
}

// Tolerance is how far the world's clock may run on between two calls of a scenario.
const Tolerance = 5 * time.Second

// Near compares two times of a world's clock.
func Near(what string, got, want time.Time) error {
	if d := got.Sub(want).Abs(); d > Tolerance {
		return fmt.Errorf("%s is %s, %s away from the expected time", what, got.Format(time.RFC3339), d)
	}
	return nil
}

// InIndia is the zone of every time that the e-Invoice API writes without one.
var InIndia = time.FixedZone("IST", 5*60*60+30*60)
