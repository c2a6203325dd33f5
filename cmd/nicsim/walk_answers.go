package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/nicsim/nicsim/client"
)

// answerer is the kind of source that answers captchas and OTPs in a walk.
type answerer int

const (
	byControl answerer = iota
	byPrompt
	byCommand
)

// answers marks the errors of a source, so that they can be told from those of the portals.
type answers struct {
	client.Source
	by    answerer
	asked io.Writer // where the questions are printed; nil if none are
}

// answerError is the error of a source that gave no answer.
type answerError struct {
	err error
	by  answerer
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
	return &answerError{err, a.by}
}

// judge returns the error with which the program ends. whole is the error with its step.
func (e *answerError) judge(whole error) error {
	switch e.by {
	case byPrompt:
		return wrongUse{whole, "--interactive reads each answer as a line of standard input"}
	case byCommand:
		return wrongUse{whole, "--answer-command must print the answer and exit 0; NICSIM_ASK is captcha or otp"}
	}
	if _, refused := errors.AsType[*client.Problem](e.err); refused {
		return wrongUse{whole, "do --control and the portals belong to one simulator and one world?"}
	}
	return notConformant{whole, "do the world's settings delay or drop SMS? GET /control/v1/settings tells"}
}
