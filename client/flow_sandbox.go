package client

import (
	"context"
	"fmt"
)

// SandboxPlan is what section 1 of the guide needs of a taxpayer.
type SandboxPlan struct {
	GSTIN  string
	Mobile string // registered with the GSTIN
	Email  string // registered with the GSTIN

	Through     string // GSP, ERP or DIRECT; empty is the guide's choice, GSP
	CompanyName string // as the portal lists it; not needed for DIRECT
	ClientID    string // the company's, or for DIRECT the taxpayer's own
	Username    string // to be made for API testing
	Password    string // to be made for API testing
}

// SandboxResult is the result of section 1.
type SandboxResult struct {
	Acknowledgement
	SentTo []string // where the OTP went, masked
}

// SandboxSection is what section 1 needs of a sandbox portal, whichever way it is reached; a [Sandbox]
// reaches it by JSON.
type SandboxSection interface {
	Portal
	Validate(ctx context.Context, r Registrant) (Registration, error)
	SendOTP(ctx context.Context, id string) (OTPSent, error)
	VerifyOTP(ctx context.Context, id, otp string) (Registration, error)
	Create(ctx context.Context, id string, u NewAPIUser) (Acknowledgement, error)
}

// PerformSandbox performs section 1 of the guide, steps 1.1 to 1.9 in order, and tells done about
// each after it. Its error is a *StepError; in it may be a *Problem, an *Unreachable or what the
// source says.
func PerformSandbox(ctx context.Context, s SandboxSection, source Source, plan SandboxPlan,
	done func(Step)) (SandboxResult, error) {
	var (
		through      = throughOrGSP(plan.Through)
		captcha      Captcha
		form         = Registrant{Mobile: plan.Mobile, Email: plan.Email}
		registration Registration
		result       SandboxResult
	)
	w := walk{done: done}
	w.step("1.1", "Login › Register here", func() (detail string, err error) {
		captcha, err = s.Open(ctx, FormRegister)
		return "the registration form is open, with a captcha", err
	})
	w.step("1.2", "Taxpayer", func() (string, error) {
		form.Category, form.GSTIN = CategoryTaxpayer, plan.GSTIN
		return "registering as " + form.Category, nil
	})
	w.step("1.3", "Validate", func() (detail string, err error) {
		if form.Captcha, err = solve(ctx, source, s, captcha); err != nil {
			return "", err
		}
		registration, err = s.Validate(ctx, form)
		return fmt.Sprintf("%s is %s", registration.GSTIN, registration.LegalName), err
	})
	w.step("1.4", "Send OTP", func() (string, error) {
		sent, err := s.SendOTP(ctx, registration.ID)
		result.SentTo = sent.SentTo
		return sentTo(sent.SentTo), err
	})
	w.step("1.5", "Submit", func() (string, error) {
		otp, err := source.OTP(ctx, OTPQuery{
			Environment: EnvironmentSandbox, Purpose: PurposeRegistrationOTP, GSTIN: registration.GSTIN,
			Mobile: plan.Mobile, Email: plan.Email, SentTo: result.SentTo,
		})
		if err != nil {
			return "", err
		}
		registration, err = s.VerifyOTP(ctx, registration.ID, otp)
		return "the OTP was accepted", err
	})
	w.step("1.6", "Registration through", func() (string, error) {
		if registration.GSTIN != normalID(plan.GSTIN) {
			return "", fmt.Errorf("the portal shows GSTIN %q instead of %q", registration.GSTIN, normalID(plan.GSTIN))
		}
		return fmt.Sprintf("%s for GSTIN %s", through, registration.GSTIN), nil
	})
	w.step("1.7", "Company Name", func() (string, error) {
		if through == ThroughDirect {
			return "none is asked for", nil
		}
		return offered(ctx, s, through, plan.CompanyName)
	})
	w.step("1.8", "Create", func() (detail string, err error) {
		result.Acknowledgement, err = s.Create(ctx, registration.ID, NewAPIUser{
			Through: through, CompanyName: plan.CompanyName, ClientID: plan.ClientID,
			Username: plan.Username, Password: plan.Password, ConfirmPassword: plan.Password,
		})
		return fmt.Sprintf("username %s for client id %s", result.Username, result.ClientID), err
	})
	w.step("1.9", "Acknowledgement", func() (string, error) {
		return fmt.Sprintf("no. %s: %s", result.AcknowledgementNo, result.Message), nil
	})
	return result, w.err
}
