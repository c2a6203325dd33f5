package scene

import (
	"context"
	"fmt"
	"strings"
	"unicode"

	"github.com/nicsim/nicsim/client"
)

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

// OtherCase turns every letter around.
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
