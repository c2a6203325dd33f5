package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/nicsim/nicsim/client"
)

// answerer is who answers captchas and OTPs in a walk.
type answerer int

const (
	byControl answerer = iota
	byPrompt
	byCommand
)

// answers tells the errors of a source from those of the portals.
type answers struct {
	client.Source
	by    answerer
	asked io.Writer // where a question waits for its answer; nil if nobody is asked
}

// answerError is an answer that could not be had.
type answerError struct {
	err error
	by  answerer
}

func (e *answerError) Error() string { return e.err.Error() }

// Unwrap returns what the source said.
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
		fmt.Fprintln(a.asked) // nobody ended the line of the question
	}
	return &answerError{err, a.by}
}

// judge says how the program ends when nobody answered. whole is the error with its step.
func (e *answerError) judge(whole error) error {
	switch e.by {
	case byPrompt:
		return wrongUse{whole, "--interactive reads each answer as a line of standard input"}
	case byCommand:
		return wrongUse{whole, "--answer-command must print the answer and exit 0; NICSIM_ASK tells it what is asked"}
	}
	if _, refused := errors.AsType[*client.Problem](e.err); refused {
		return wrongUse{whole, "are --control and the portals of one simulator, and in one world?"}
	}
	return notConformant{whole, "do the world's settings delay or drop SMS? GET /control/v1/settings tells"}
}
