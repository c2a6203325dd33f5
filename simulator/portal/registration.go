package portal

import (
	"context"
	"crypto/subtle"
	"slices"
	"strings"

	"github.com/nicsim/nicsim/simulator/defect"
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
	PAN      string // of the other categories
	Mobile   string
	Email    string
	Captcha  CaptchaAnswer
}

// Validate is the guide's Validate button: it begins a registration when what was
// typed is what the GST common portal holds.
func (p Portal) Validate(ctx context.Context, in Registrant) (store.Flow, error) {
	var f store.Flow
	err := p.update(ctx, func(tx store.Tx) error {
		found := p.findings()
		given, err := p.readRegistrant(tx, in, found)
		if err != nil {
			return err
		}
		if err := p.spend(tx, in.Captcha, found); err != nil {
			return err
		}
		if err := found.refusal(); err != nil {
			return err
		}
		f = p.begin(kindRegistration)
		f.Category, f.GSTIN, f.PAN = given.Category, given.GSTIN, given.PAN
		registered, err := p.registered(tx, &f)
		if err != nil {
			return err
		}
		if err := p.compareContact(registered, contact{given.Mobile, given.Email}); err != nil {
			return err
		}
		return tx.PutFlow(f)
	})
	if err == nil && p.wrong(defect.OTPAtValidate) {
		return p.SendOTP(ctx, f.ID)
	}
	if p.wrong(defect.CategoryOfGSP) {
		f.Category = ThroughGSP
	}
	return f, err
}

// readRegistrant brings a form to its normal form and adds every field whose shape is wrong.
func (p Portal) readRegistrant(r store.Reader, in Registrant, found *findings) (Registrant, error) {
	in.Category = strings.ToUpper(strings.TrimSpace(in.Category))
	organisation := slices.Contains(organisationCategories, in.Category)
	if !organisation && in.Category != TaxpayerCategory {
		found.add(CategoryInvalid, "category")
		organisation = in.PAN != "" // the other fields are checked as well as possible
	}
	if organisation {
		pan, err := nic.ParsePAN(in.PAN)
		_, notGSTIN := nic.ParseGSTIN(in.PAN)
		switch {
		case strings.TrimSpace(in.GSTIN) != "":
			found.add(CategoryMismatch, "gstin")
		case notGSTIN == nil: // typed where the PAN belongs
			found.add(CategoryMismatch, "pan")
		case err != nil:
			found.add(PANInvalid, "pan")
		}
		in.PAN = string(pan)
	} else {
		gstin, err := p.readGSTIN(r, in.GSTIN, found)
		if err != nil {
			return in, err
		}
		if strings.TrimSpace(in.PAN) != "" {
			found.add(CategoryMismatch, "pan")
		}
		in.GSTIN = gstin
	}
	mobile, ok := nic.NormaliseMobile(in.Mobile)
	if !ok || mobile != in.Mobile && p.wrong(defect.MobileAsTyped) {
		found.add(MobileInvalid, "mobile")
	}
	email, ok := nic.NormaliseEmail(in.Email)
	if !ok || email != in.Email && p.wrong(defect.MailAsTyped) {
		found.add(EmailInvalid, "email")
	}
	in.Mobile, in.Email = mobile, email
	return in, nil
}

// readGSTIN returns a GSTIN in its normal form. It adds a violation for one that is not well formed, unless a taxpayer
// of this portal holds it: a dummy of the sandbox, or one that was made by hand. An enrolled transporter holds none.
func (p Portal) readGSTIN(r store.Reader, typed string, found *findings) (string, error) {
	if gstin, err := nic.ParseGSTIN(typed); err == nil {
		if string(gstin) != typed && p.wrong(defect.GSTINNotNormalised) ||
			strings.HasSuffix(string(gstin), "0") && p.wrong(defect.CheckCharacterZero) {
			found.add(GSTINInvalid, "gstin")
		}
		return string(gstin), nil
	}
	gstin, malformed := nic.ParseAnyGSTIN(typed)
	t, err := r.Taxpayer(string(gstin))
	if err != nil && !missing(err) {
		return "", err
	}
	if malformed == nil && err != nil && p.wrong(defect.CheckCharacter) {
		return string(gstin), nil
	}
	elsewhere := p.isElsewhere(t) && !p.wrong(defect.DummyUnknown)
	if malformed != nil || err != nil || gstin.Enrolled() || elsewhere {
		found.add(GSTINInvalid, "gstin")
	}
	return string(gstin), nil
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
	if !t.EInvoiceEnabled && p.env == nic.Sandbox && p.wrong(defect.EnablementToRegister) {
		return contact{}, refuse(NotEnabled)
	}
	if t.Mobile == "" && p.holds(MobileBlank) {
		return contact{}, refuseField(MobileBlank, "mobile")
	}
	f.LegalName, f.TradeName = t.LegalName, t.TradeName
	if p.wrong(defect.NamesSwapped) {
		f.LegalName, f.TradeName = t.TradeName, t.LegalName
	}
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
		return contact{}, refuseField(CategoryMismatch, "pan")
	}
	f.LegalName, f.TradeName = o.LegalName, o.LegalName
	return contact{o.Mobile, o.Email}, nil
}

// noOrganisation refuses a PAN that only a taxpayer has, or that does not exist.
func (p Portal) noOrganisation(r store.Reader, pan string) error {
	holders, err := r.TaxpayersOf(pan)
	switch {
	case err != nil:
		return err
	case len(holders) > 0 && !p.wrong(defect.TaxpayerPANUnknown):
		return refuseField(CategoryMismatch, "pan")
	}
	return refuseField(PANUnknown, "pan")
}

// isElsewhere reports whether a taxpayer is a dummy of the sandbox, and this portal another.
func (p Portal) isElsewhere(t store.Taxpayer) bool {
	return t.DummyOf != "" && p.env != nic.Sandbox && !p.wrong(defect.DummyInProduction)
}

// taxpayer finds an active taxpayer that this portal knows: dummies are known to
// the sandbox alone.
func (p Portal) taxpayer(r store.Reader, gstin string) (store.Taxpayer, error) {
	t, err := r.Taxpayer(gstin)
	switch {
	case missing(err) && nic.GSTIN(gstin).IsDummy() && !p.wrong(defect.DummyUnknown),
		err == nil && p.isElsewhere(t):
		return t, refuseField(GSTINInvalid, "gstin")
	case missing(err):
		return t, refuseField(GSTINUnknown, "gstin")
	case err != nil:
		return t, err
	}
	if code, inactive := inactiveCodes[t.Status]; inactive && p.holds(code) {
		return t, refuseField(code, "gstin")
	}
	return t, nil
}

var inactiveCodes = map[string]Code{
	nic.Cancelled: GSTINCancelled, nic.Inactive: GSTINInactive, nic.Provisional: GSTINProvisional,
	nic.Suspended: GSTINSuspended,
}

// compareContact refuses a mobile and an e-mail that are not the registered ones. Both are always
// compared, and in constant time.
func (p Portal) compareContact(registered, given contact) error {
	mobile := subtle.ConstantTimeCompare([]byte(registered.mobile), []byte(given.mobile))
	email := subtle.ConstantTimeCompare([]byte(registered.email), []byte(given.email))
	found := p.findings()
	if mobile != 1 {
		found.add(ContactMismatch, "mobile")
	}
	if email != 1 {
		found.add(ContactMismatch, "email")
	}
	return whyOtherContact(found.refusal(), registered, mobile != 1, email != 1)
}

// SendOTP is the guide's Send OTP button; pressed again, it sends another.
func (p Portal) SendOTP(ctx context.Context, id string) (store.Flow, error) {
	return p.challenge(ctx, inbox.RegistrationOTP, func(tx store.Tx) (store.Flow, contact, error) {
		return p.again(tx, kindRegistration, store.Session{}, id, Validated, OTPSent)
	})
}

// VerifyOTP is the guide's Submit under the OTP.
func (p Portal) VerifyOTP(ctx context.Context, id, otp string) (store.Flow, error) {
	f, err := p.verifyOTP(ctx, kindRegistration, store.Session{}, id, otp)
	if p.wrong(defect.GSTINNotShown) {
		f.GSTIN = ""
	}
	return f, err
}

// Registration looks at a registration without changing it.
func (p Portal) Registration(ctx context.Context, id string) (store.Flow, error) {
	return p.look(ctx, kindRegistration, store.Session{}, id)
}
