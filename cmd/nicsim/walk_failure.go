package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/nicsim/nicsim/client"
)

// failure is the step that failed, in a report.
type failure struct {
	Number  string           `json:"number,omitempty"` // as in 1.3
	Label   string           `json:"label,omitempty"`
	Message string           `json:"message"`           // NIC's text, where one is public
	Status  int              `json:"status,omitempty"`  // HTTP
	Code    string           `json:"code,omitempty"`    // as in contact-mismatch
	NICCode string           `json:"nicCode,omitempty"` // as in 3006
	Fields  []fieldViolation `json:"fields,omitempty"`  // refused fields
	More    []apiViolation   `json:"more,omitempty"`    // other violations in the API's answer
}

// codes are the codes of a refusal, "" for any other failure.
func (f failure) codes() string {
	switch {
	case f.NICCode == "":
		return f.Code
	case f.Code == "":
		return "NIC " + f.NICCode
	}
	return "NIC " + f.NICCode + ", " + f.Code
}

// apiViolation is a row of the API's ErrorDetails.
type apiViolation struct {
	NICCode string `json:"nicCode"`
	Message string `json:"message"`
}

type fieldViolation struct {
	Field   string `json:"field"`
	Code    string `json:"code"`
	Message string `json:"message"`
}

func failureOf(err error) *failure {
	f := &failure{Message: err.Error()}
	if at, ok := errors.AsType[*client.StepError](err); ok {
		f.Number, f.Label, f.Message = at.Number, at.Label, at.Err.Error()
	}
	if refused, ok := errors.AsType[*client.APIError](err); ok {
		f.Message, f.NICCode = refused.Details[0].Message, refused.Details[0].Code
		for _, d := range refused.Details[1:] {
			f.More = append(f.More, apiViolation{d.Code, d.Message})
		}
	}
	if refused, ok := errors.AsType[*client.ConnectionError](err); ok {
		f.Message, f.NICCode = refused.Detail, refused.NICCode
	}
	if refused, ok := refusalOf(err); ok {
		f.Message, f.Status, f.Code, f.NICCode = refused.Detail, refused.Status, refused.Code, refused.NICCode
		for _, e := range refused.Errors {
			f.Fields = append(f.Fields, fieldViolation{e.Field, e.Code, e.Message})
		}
	}
	return f
}

// refusalOf finds a refusal of a portal. A refusal of the control API does not count.
func refusalOf(err error) (*client.Problem, bool) {
	if _, ofSource := errors.AsType[*answerError](err); ofSource {
		return nil, false
	}
	return errors.AsType[*client.Problem](err)
}

// walkError returns the error with which the program ends after a step that failed.
func walkError(err error) error {
	step := "the walk"
	if at, ok := errors.AsType[*client.StepError](err); ok {
		step = fmt.Sprintf("step %s %s", at.Number, at.Label)
	}
	if errors.Is(err, context.Canceled) {
		return fmt.Errorf("%s was interrupted", step)
	}
	if _, ok := errors.AsType[*client.Unreachable](err); ok {
		return err
	}
	if unanswered, ok := errors.AsType[*answerError](err); ok {
		return unanswered.judge(err)
	}
	if refused, ok := errors.AsType[*client.APIError](err); ok {
		first := refused.Details[0]
		return notConformant{fmt.Errorf("%s was refused: %s (NIC %s)", step, first.Message, first.Code),
			"'nicsim codes " + first.Code + "' explains it; --no-api leaves the API out"}
	}
	if refused, ok := errors.AsType[*client.ConnectionError](err); ok {
		return notConformant{fmt.Errorf("%s: %w", step, refused), cmp.Or(refused.Remedy, "try again when NIC answers")}
	}
	if strings.HasPrefix(step, "step A.") {
		return notConformant{err, "--no-api leaves the e-Invoice API out"}
	}
	if refused, ok := refusalOf(err); ok {
		return notConformant{fmt.Errorf("%s was refused: %s (%s)", step, refused.Detail, failureOf(err).codes()),
			cmp.Or(hintFor(refused.Code), hintNotFound(step, refused))}
	}
	if _, ok := errors.AsType[*client.UnexpectedAnswer](err); ok {
		return notConformant{err, "is that a portal of nicsim? 'nicsim conformance' shows the differences"}
	}
	return notConformant{err, "'nicsim fixtures' lists taxpayers, logins and providers with their companies"}
}

// notConformant is the error of a target or a document that breaks a rule.
type notConformant struct {
	error
	hint string
}

func (e notConformant) Unwrap() error { return e.error }

// hints say what to change in the call. They are found by the beginning of a refusal's code.
var hints = []struct{ code, hint string }{
	{"already-registered", "a GSTIN has one user for each provider; walk in another --world or through another --company"},
	{"username-taken", "choose another --username, or walk in another --world"},
	{"username-invalid", "--username takes 6 to 15 letters, digits or _, a letter first"},
	{"password-policy", "8 to 15 characters with upper case, lower case, digit and one of % $ # @ _ ! *"},
	{"contact-mismatch", "--mobile and --email must be those registered with the GSTIN; 'nicsim fixtures' lists them"},
	{"mobile-blank", "PATCH /control/v1/taxpayers/{gstin} gives the record a mobile number"},
	{"mobile-", "--mobile takes the ten digits registered with the GSTIN; 'nicsim fixtures' lists them"},
	{"email-", "--email takes the address registered with the GSTIN; 'nicsim fixtures' lists them"},
	{"gstin-", "'nicsim fixtures' lists taxpayers and the outcome for each"},
	{"client-", "'nicsim fixtures --what providers' lists companies with their client ids"},
	{"connection-exists", "the GSP has details of this taxpayer already; walk in another --world"},
	{"provider-", "'nicsim fixtures --what providers' lists companies with their client ids"},
	{"direct-", "'nicsim fixtures --what logins' shows which taxpayers have direct access"},
	{"login-failed", "'nicsim fixtures --what logins' lists logins; NICSIM_LOGIN_PASSWORD gives the password"},
	{"account-locked", "wait, or walk in another --world"},
	{"account-", "'nicsim fixtures --what logins' lists logins that are accepted"},
	{"not-enabled", "'nicsim fixtures --what logins' lists logins that are accepted"},
	{"transporter-only", "'nicsim fixtures --what logins' lists logins that are accepted"},
	{"captcha-", "walk again: a captcha takes one attempt"},
	{"otp-", "walk again, with another OTP"},
	{"outage", "the settings simulate an outage; PATCH /control/v1/settings with {\"outage\":false} ends it"},
}

// hintNotFound is the hint for a step that the portal does not know, since another server is at that URL.
func hintNotFound(step string, refused *client.Problem) string {
	flag := "sandbox"
	if strings.HasPrefix(step, "step 2.") {
		flag = "production"
	}
	if refused.Status != http.StatusNotFound {
		return ""
	}
	if strings.HasPrefix(step, "step C.") {
		return "is --gsp the URL of the GSP of a simulator?"
	}
	return fmt.Sprintf("is --%s the URL of a %s portal? --sandbox and --production may be exchanged", flag, flag)
}

func hintFor(code string) string {
	for _, h := range hints {
		if strings.HasPrefix(code, h.code) {
			return h.hint
		}
	}
	return ""
}
