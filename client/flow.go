package client

import (
	"cmp"
	"context"
	"fmt"
	"strings"
)

// Step is one step of the guide that has been performed.
type Step struct {
	Number string // as in 1.3
	Label  string // the guide's button, menu or field, as in Validate
	Detail string // what happened, without secrets
}

// StepError is the error of a flow: the step that failed and why.
type StepError struct {
	Number, Label string
	Err           error
}

func (e *StepError) Error() string { return fmt.Sprintf("step %s %s: %v", e.Number, e.Label, e.Err) }

// Unwrap returns why the step failed.
func (e *StepError) Unwrap() error { return e.Err }

// walk performs steps and tells a hook about each that succeeded.
type walk struct {
	done func(Step)
	err  error // of the step that failed; the rest is not performed
}

// step performs one step unless one has failed before. do returns the step's Detail.
func (w *walk) step(number, label string, do func() (string, error)) {
	if w.err != nil {
		return
	}
	detail, err := do()
	if err != nil {
		w.err = &StepError{number, label, err}
		return
	}
	if w.done != nil {
		w.done(Step{number, label, detail})
	}
}

// solve asks the source for a captcha's answer.
func solve(ctx context.Context, s Source, from Portal, c Captcha) (CaptchaAnswer, error) {
	answer, err := s.Captcha(ctx, from, c)
	return CaptchaAnswer{CaptchaID: c.ID, Answer: answer}, err
}

// offered looks a company up in the portal's list, as a person can only pick what is there.
func offered(ctx context.Context, p Portal, through, company string) (string, error) {
	companies, err := p.Providers(ctx, through)
	if err != nil {
		return "", err
	}
	for _, c := range companies {
		if c.CompanyName == company {
			return fmt.Sprintf("%s, one of %d", company, len(companies)), nil
		}
	}
	return "", fmt.Errorf("%q is not among the %d companies offered through %s", company, len(companies), through)
}

func throughOrGSP(through string) string { return cmp.Or(through, ThroughGSP) }

func sentTo(masked []string) string { return "OTP sent to " + strings.Join(masked, " and ") }
