package scene

import (
	"context"
	"errors"
	"fmt"

	"github.com/nicsim/nicsim/client"
)

// verdict is the answer to the last act, and whether a step has checked it.
type verdict struct {
	Refusal    *client.Problem   // of the last act, by a portal; nil if it was accepted
	apiRefusal *client.APIError  // of the last act, by the e-Invoice API; nil if it was accepted
	Refusals   []*client.Problem // of all acts, by a portal
	failure    error             // of the last act, where failures are expected: no answer, or one that is not readable
	judged     bool              // a step has checked the refusal of the last act

	// FailuresExpected leaves failures of the network and unreadable answers to a Then, as refusals are.
	FailuresExpected bool
}

// Act records the answer to an act. A refusal by a portal or the API is left to a Then; any other error
// fails the step, and so does a refusal by the control API.
func (s *Scene) Act(err error) error {
	s.Refusal, s.apiRefusal, s.failure, s.judged = nil, nil, nil, false
	if s.FailuresExpected && isFailure(err) {
		s.failure = err
		return nil
	}
	if s.Trace.endsWith(OnControl) {
		return err
	}
	if errors.As(err, &s.Refusal) {
		s.Refusals = append(s.Refusals, s.Refusal)
		return nil
	}
	if errors.As(err, &s.apiRefusal) {
		return nil
	}
	return err
}

// isFailure reports whether a call had no answer of the target's.
func isFailure(err error) bool {
	var lost *client.Unreachable
	var other *client.UnexpectedAnswer
	return errors.As(err, &lost) || errors.As(err, &other) || errors.Is(err, context.DeadlineExceeded)
}

// Failure is the failure of the last act; it is an error if there is none, or one of another type.
func Failure[E error](s *Scene) (E, error) {
	failure, ok := errors.AsType[E](s.failure)
	switch {
	case s.failure == nil:
		return failure, s.notRefused()
	case !ok:
		return failure, fmt.Errorf("%T was expected: %w", failure, s.failure)
	}
	s.Judge()
	return failure, nil
}

// ActAs performs an act of the person that a step names.
func (s *Scene) ActAs(who string, what func(*Person) error) error {
	p, err := s.Person(who)
	if err != nil {
		return err
	}
	return s.Act(what(p))
}

// refused is the refusal of the last act, by a portal or the API, or its failure; nil if it was accepted.
func (v *verdict) refused() error {
	switch {
	case v.Refusal != nil:
		return v.Refusal
	case v.apiRefusal != nil:
		return v.apiRefusal
	}
	return v.failure
}

// Unjudged is the refusal of the last act if no step has judged it.
func (v *verdict) Unjudged() error {
	if v.judged {
		return nil
	}
	return v.refused()
}

// Judge marks the answer to the last act as judged.
func (v *verdict) Judge() { v.judged = true }

// Accepted fails if the last act was refused.
func (v *verdict) Accepted() error {
	refused := v.refused()
	if refused == nil {
		return nil
	}
	v.Judge()
	return fmt.Errorf("the act was refused: %w", refused)
}

// Problem is the refusal of the last act by a portal; it is an error if there is none.
func (v *verdict) Problem() (*client.Problem, error) {
	if v.Refusal == nil {
		return nil, v.notRefused()
	}
	v.Judge()
	return v.Refusal, nil
}

// APIError is the refusal of the last act by the API; it is an error if there is none.
func (v *verdict) APIError() (*client.APIError, error) {
	if v.apiRefusal == nil {
		return nil, v.notRefused()
	}
	v.Judge()
	return v.apiRefusal, nil
}

func (v *verdict) notRefused() error {
	if err := v.Accepted(); err != nil {
		return err
	}
	return errors.New("the act was accepted")
}

// ExpectRefusal takes the result of an act in a Given, which a portal must have refused with the code.
func (v *verdict) ExpectRefusal(err error, code string) error {
	var refusal *client.Problem
	switch {
	case err == nil:
		return fmt.Errorf("the act was accepted; %s was expected", code)
	case !errors.As(err, &refusal):
		return err
	case refusal.Code != code:
		return fmt.Errorf("%s was expected: %w", code, refusal)
	}
	v.Refusal = nil
	return nil
}

// FailLogins repeats a login that must fail. The fifth failure locks the account.
func (v *verdict) FailLogins(times int, login func() error) error {
	for i := range times {
		code := "login-failed"
		if i >= 4 {
			code = "account-locked"
		}
		if err := v.ExpectRefusal(login(), code); err != nil {
			return err
		}
	}
	return nil
}

// ExpectAPIRefusal expects that the API refused the last act with the code, and discards the refusal.
func (v *verdict) ExpectAPIRefusal(code string) error {
	if v.apiRefusal == nil || !v.apiRefusal.Has(code) {
		return fmt.Errorf("%s was expected: %w", code, v.notRefused())
	}
	v.apiRefusal = nil
	return nil
}
