package steps

import (
	"errors"
	"fmt"

	"github.com/nicsim/nicsim/client"
)

// verdict is the answer to the last act, and whether a step has judged it.
type verdict struct {
	refusal    *client.Problem   // of the last act, by a portal; nil if it was accepted
	apiRefusal *client.APIError  // of the last act, by the e-Invoice API; nil if it was accepted
	refusals   []*client.Problem // of all acts, by a portal
	judged     bool              // a step has looked at the refusal of the last act
}

// act notes the answer to an act. A refusal by a portal or the API is left to a Then; any other error
// fails the step, and so does a refusal by the control API.
func (s *scenario) act(err error) error {
	s.refusal, s.apiRefusal, s.judged = nil, nil, false
	if s.trace.endsWith(onControl) {
		return err
	}
	if errors.As(err, &s.refusal) {
		s.refusals = append(s.refusals, s.refusal)
		return nil
	}
	if errors.As(err, &s.apiRefusal) {
		return nil
	}
	return err
}

// does performs an act of the person that a step names.
func (s *scenario) does(who string, what func(*person) error) error {
	p, err := s.person(who)
	if err != nil {
		return err
	}
	return s.act(what(p))
}

// refused is the refusal of the last act, by a portal or the API; nil if it was accepted.
func (v *verdict) refused() error {
	switch {
	case v.refusal != nil:
		return v.refusal
	case v.apiRefusal != nil:
		return v.apiRefusal
	}
	return nil
}

// unjudged is the refusal of the last act if no step has judged it.
func (v *verdict) unjudged() error {
	if v.judged {
		return nil
	}
	return v.refused()
}

// judge marks the answer to the last act as judged.
func (v *verdict) judge() { v.judged = true }

// accepted fails if the last act was refused.
func (v *verdict) accepted() error {
	refused := v.refused()
	if refused == nil {
		return nil
	}
	v.judge()
	return fmt.Errorf("it was refused: %w", refused)
}

// problem is the refusal of the last act by a portal; it is an error if there is none.
func (v *verdict) problem() (*client.Problem, error) {
	if v.refusal == nil {
		return nil, v.notRefused()
	}
	v.judge()
	return v.refusal, nil
}

// apiError is the refusal of the last act by the API; it is an error if there is none.
func (v *verdict) apiError() (*client.APIError, error) {
	if v.apiRefusal == nil {
		return nil, v.notRefused()
	}
	v.judge()
	return v.apiRefusal, nil
}

func (v *verdict) notRefused() error {
	if err := v.accepted(); err != nil {
		return err
	}
	return errors.New("it was accepted")
}

// mustRefuse is act for a Given that tells of a refusal.
func (v *verdict) mustRefuse(err error, code string) error {
	var refusal *client.Problem
	switch {
	case err == nil:
		return fmt.Errorf("it was accepted; %s was expected", code)
	case !errors.As(err, &refusal):
		return err
	case refusal.Code != code:
		return fmt.Errorf("%s was expected: %w", code, refusal)
	}
	v.refusal = nil
	return nil
}

// forgive is mustRefuse for the act just done.
func (v *verdict) forgive(code string) error { return v.mustRefuse(v.refused(), code) }

// forgiveAPI is forgive for the e-Invoice API.
func (v *verdict) forgiveAPI(code string) error {
	if v.apiRefusal == nil || !v.apiRefusal.Has(code) {
		return fmt.Errorf("%s was expected: %w", code, v.notRefused())
	}
	v.apiRefusal = nil
	return nil
}
