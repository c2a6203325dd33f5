package portal

import (
	"context"
	"crypto/subtle"
	"slices"
	"strings"

	"github.com/nicsim/nicsim/simulator/inbox"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/store"
)

// TaxpayerCategory is what guide section 1 selects on the Registration Form; the
// others register with a PAN and get client credentials.
const TaxpayerCategory = "TAXPAYER"

var organisationCategories = []string{"GSP", "ERP", "ECO"}

// Registrant is what a person types into the sandbox portal's Registration Form.
type Registrant struct {
	Category string // TAXPAYER, GSP, ERP or ECO
	GSTIN    string // of a taxpayer
	PAN      string // of anybody else
	Mobile   string
	Email    string
	Captcha  CaptchaAnswer
}

// Validate is the guide's Validate button: it begins a registration when what was
// typed is what the GST common portal holds.
func (p Portal) Validate(ctx context.Context, in Registrant) (store.Flow, error) {
	var f store.Flow
	err := p.update(ctx, func(tx store.Tx) error {
		given, violations := readRegistrant(in)
		captchaViolations, err := p.spend(tx, in.Captcha)
		if err != nil {
			return err
		}
		if violations = append(violations, captchaViolations...); len(violations) > 0 {
			return refuse(violations...)
		}
		f = p.begin(kindRegistration)
		f.Category, f.GSTIN, f.PAN = given.Category, given.GSTIN, given.PAN
		registered, err := p.registered(tx, &f)
		if err != nil {
			return err
		}
		if violations := compareContact(registered, contact{given.Mobile, given.Email}); len(violations) > 0 {
			return refuse(violations...)
		}
		return tx.PutFlow(f)
	})
	return f, err
}

// readRegistrant brings a form to its normal form and returns every field whose
// shape is wrong.
func readRegistrant(in Registrant) (Registrant, []Violation) {
	var violations []Violation
	wrong := func(code Code, field string) { violations = append(violations, violation(code, field)) }
	in.Category = strings.ToUpper(strings.TrimSpace(in.Category))
	organisation := slices.Contains(organisationCategories, in.Category)
	if !organisation && in.Category != TaxpayerCategory {
		wrong(CategoryInvalid, "category")
		organisation = in.PAN != "" // judge what was given, as well as can be
	}
	if organisation {
		pan, err := nic.ParsePAN(in.PAN)
		_, notGSTIN := nic.ParseGSTIN(in.PAN)
		switch {
		case strings.TrimSpace(in.GSTIN) != "":
			wrong(CategoryMismatch, "gstin")
		case notGSTIN == nil: // typed where the PAN belongs
			wrong(CategoryMismatch, "pan")
		case err != nil:
			wrong(PANInvalid, "pan")
		}
		in.PAN = string(pan)
	} else {
		gstin, err := parseAnyGSTIN(in.GSTIN)
		if err != nil {
			wrong(GSTINInvalid, "gstin")
		}
		if strings.TrimSpace(in.PAN) != "" {
			wrong(CategoryMismatch, "pan")
		}
		in.GSTIN = string(gstin)
	}
	var ok bool
	if in.Mobile, ok = nic.NormaliseMobile(in.Mobile); !ok {
		wrong(MobileInvalid, "mobile")
	}
	if in.Email, ok = nic.NormaliseEmail(in.Email); !ok {
		wrong(EmailInvalid, "email")
	}
	return in, violations
}

// parseAnyGSTIN reads a GSTIN, or a dummy that some GSP may have made in the sandbox.
func parseAnyGSTIN(s string) (nic.GSTIN, error) {
	gstin, err := nic.ParseGSTIN(s)
	if err == nil {
		return gstin, nil
	}
	if dummy, dummyErr := nic.ParseDummyGSTIN(s); dummyErr == nil {
		return dummy, nil
	}
	return "", err
}

// registered finds who a flow is for, takes the names over and returns the contact
// that the GST common portal holds. It refuses those who may not register.
func (p Portal) registered(r store.Reader, f *store.Flow) (contact, error) {
	if f.Category != TaxpayerCategory {
		return p.registeredOrganisation(r, f)
	}
	t, err := p.taxpayer(r, f.GSTIN)
	if err != nil {
		return contact{}, err
	}
	if t.Mobile == "" {
		return contact{}, refuse(violation(MobileBlank, "mobile"))
	}
	f.LegalName, f.TradeName = t.LegalName, t.TradeName
	return contact{t.Mobile, t.Email}, nil
}

func (p Portal) registeredOrganisation(r store.Reader, f *store.Flow) (contact, error) {
	o, err := r.Organisation(f.PAN)
	if missing(err) {
		return contact{}, p.noOrganisation(r, f.PAN)
	}
	if err != nil {
		return contact{}, err
	}
	if o.Type != f.Category {
		return contact{}, refuse(violation(CategoryMismatch, "pan"))
	}
	f.LegalName, f.TradeName = o.LegalName, o.LegalName
	return contact{o.Mobile, o.Email}, nil
}

// noOrganisation tells a mere taxpayer's PAN from one that nobody holds.
func (p Portal) noOrganisation(r store.Reader, pan string) error {
	all, err := r.Taxpayers()
	if err != nil {
		return err
	}
	for _, t := range all {
		if string(nic.GSTIN(t.GSTIN).PAN()) == pan {
			return refuse(violation(CategoryMismatch, "pan"))
		}
	}
	return refuse(violation(PANUnknown, "pan"))
}

// taxpayer finds an active taxpayer that this portal knows: dummies are known to
// the sandbox alone.
func (p Portal) taxpayer(r store.Reader, gstin string) (store.Taxpayer, error) {
	t, err := r.Taxpayer(gstin)
	switch {
	case missing(err) && nic.GSTIN(gstin).IsDummy(), err == nil && t.DummyOf != "" && p.env != nic.Sandbox:
		return t, refuse(violation(GSTINInvalid, "gstin"))
	case missing(err):
		return t, refuse(violation(GSTINUnknown, "gstin"))
	case err != nil:
		return t, err
	}
	switch t.Status {
	case nic.Cancelled:
		return t, refuse(violation(GSTINCancelled, "gstin"))
	case nic.Inactive:
		return t, refuse(violation(GSTINInactive, "gstin"))
	case nic.Provisional:
		return t, refuse(violation(GSTINProvisional, "gstin"))
	case nic.Suspended:
		return t, refuse(violation(GSTINSuspended, "gstin"))
	}
	return t, nil
}

// compareContact returns a violation for each of mobile and e-mail that is not the
// registered one. Both are always compared, and in constant time.
func compareContact(registered, given contact) []Violation {
	mobile := subtle.ConstantTimeCompare([]byte(registered.mobile), []byte(given.mobile))
	email := subtle.ConstantTimeCompare([]byte(registered.email), []byte(given.email))
	var violations []Violation
	if mobile != 1 {
		violations = append(violations, mobileMismatch())
	}
	if email != 1 {
		violations = append(violations, violation(ContactMismatch, "email"))
	}
	return violations
}

// SendOTP is the guide's Send OTP button; pressed again, it sends another.
func (p Portal) SendOTP(ctx context.Context, id string) (store.Flow, error) {
	return p.challenge(ctx, inbox.RegistrationOTP, func(tx store.Tx) (store.Flow, contact, error) {
		return p.again(tx, kindRegistration, store.Session{}, id, Validated, OTPSent)
	})
}

// VerifyOTP is the guide's Submit under the OTP.
func (p Portal) VerifyOTP(ctx context.Context, id, otp string) (store.Flow, error) {
	return p.verifyOTP(ctx, kindRegistration, store.Session{}, id, otp)
}

// Registration looks at a registration without changing it.
func (p Portal) Registration(ctx context.Context, id string) (store.Flow, error) {
	var f store.Flow
	err := p.view(ctx, func(r store.Reader) error {
		var err error
		f, err = p.flow(r, kindRegistration, store.Session{}, id)
		return err
	})
	return f, err
}
