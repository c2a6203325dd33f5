package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/nicsim/nicsim/client"
)

// answers is a source of captcha answers and OTPs. It marks its errors, so that they can be told from those of
// the portals.
type answers struct {
	client.Source
	hint  string    // for an error, which is then wrong use; empty for the control API
	asked io.Writer // where the questions are printed; nil if none are
}

// answerError is the error of a source that gave no answer.
type answerError struct {
	err  error
	hint string
}

func (e *answerError) Error() string { return e.err.Error() }

// Unwrap returns the error of the source.
func (e *answerError) Unwrap() error { return e.err }

// Captcha asks the source.
func (a answers) Captcha(ctx context.Context, from client.Portal, c client.Captcha) (string, error) {
	answer, err := a.Source.Captcha(ctx, from, c)
	return answer, a.mark(err)
}

// OTP asks the source.
func (a answers) OTP(ctx context.Context, q client.OTPQuery) (string, error) {
	answer, err := a.Source.OTP(ctx, q)
	return answer, a.mark(err)
}

func (a answers) mark(err error) error {
	if err == nil {
		return nil
	}
	if a.asked != nil {
		fmt.Fprintln(a.asked) // the line of the question is not ended
	}
	return &answerError{err, a.hint}
}

// judge returns the error with which the program ends. whole is the error with its step.
func (e *answerError) judge(whole error) error {
	if e.hint != "" {
		return wrongUse{whole, e.hint}
	}
	if _, refused := errors.AsType[*client.Problem](e.err); refused {
		return wrongUse{whole, "do --control and the portals belong to one simulator and one world?"}
	}
	return notConformant{whole, "do the world's settings delay or drop SMS? GET /control/v1/settings tells"}
}
