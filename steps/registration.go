package steps

import (
	"context"
	"fmt"
	"strings"
	"unicode"

	"github.com/nicsim/nicsim/client"
)

// submit opens the Registration Form, fills in a taxpayer's registered details, changes them, and
// clicks Validate.
func (s *scenario) submit(ctx context.Context, p *person, firm string, how func(*client.Registrant) error) error {
	t, err := s.taxpayer(ctx, p, firm)
	if err != nil {
		return err
	}
	answer, err := s.open(ctx, p, onTrial, client.FormRegister)
	if err != nil {
		return err
	}
	p.form = client.Registrant{
		Category: client.CategoryTaxpayer, GSTIN: t.GSTIN, Mobile: t.Mobile, Email: t.Email, Captcha: answer,
	}
	if err := how(&p.form); err != nil {
		return err
	}
	return p.validate(ctx)
}

// validate clicks Validate. A registration begins if the portal accepts.
func (p *person) validate(ctx context.Context) error {
	registration, err := p.trial.Validate(ctx, p.form)
	if err != nil {
		return err
	}
	p.registration = registration
	p.flow = &flow{
		portal: onTrial, purpose: client.PurposeRegistrationOTP,
		gstin: registration.GSTIN, mobile: lastDigits(p.form.Mobile), email: strings.ToLower(strings.TrimSpace(p.form.Email)),
		id: registration.ID, state: registration.State, steps: registrationFlow{p},
	}
	return nil
}

func setField(r *client.Registrant, field, value string) error {
	switch field {
	case "GSTIN":
		r.GSTIN = value
	case "PAN":
		r.PAN = value
	case "Phone number":
		r.Mobile = value
	case "Email address":
		r.Email = value
	default:
		return fmt.Errorf("the Registration Form has no field %q", field)
	}
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

// wrongAnswer is as long as the right one, and wrong.
func wrongAnswer(right string) string {
	if right == "" {
		return "x"
	}
	if right[0] == 'x' || right[0] == 'X' {
		return "y" + right[1:]
	}
	return "x" + right[1:]
}

// otherCase turns every letter around.
func otherCase(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsUpper(r) {
			return unicode.ToLower(r)
		}
		return unicode.ToUpper(r)
	}, text)
}

// same compares what was shown with what was expected.
func same[T comparable](what string, got, want T) error {
	if got != want {
		return fmt.Errorf("%s: %v was shown instead of %v", what, got, want)
	}
	return nil
}
