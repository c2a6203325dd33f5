package scene

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/steps/needs"
)

// paper is a driver with portals that do nothing.
type paper struct{}

func (paper) Trial(string, client.Options) (TrialPortal, error)           { return nil, nil }
func (paper) GSP(string, client.Options) (GSP, error)                     { return nil, nil }
func (paper) Production(string, client.Options) (ProductionPortal, error) { return nil, nil }
func (paper) SpeaksJSON() bool                                            { return true }
func (paper) Close() error                                                { return nil }

func newRegistry() (*Scene, *Registry) {
	s := New(Target{Driver: paper{}, Transport: http.DefaultTransport})
	return s, NewRegistry(s)
}

func TestMeaning(t *testing.T) {
	_, r := newRegistry()
	nothing := func() error { return nil }
	r.Step(`refused as {text} with {n}`, nothing, needs.Inbox).Refusal(1).NIC(2)
	r.Step(`refused with (\d{4}(?:, \d{4})*)?`, nothing).NIC(1)
	r.Then(`it is shown`, nothing)
	m, known := r.Meaning(`refused as "otp-expired" with 3001`)
	if !known || m.Accepted || !slices.Equal(m.Needs, []needs.Need{needs.Inbox}) ||
		!slices.Equal(m.Refusals, []string{"otp-expired"}) || !slices.Equal(m.NIC, []string{"3001"}) {
		t.Errorf("the meaning is %+v, %t", m, known)
	}
	if m, _ := r.Meaning("refused with 2150, 2172"); !slices.Equal(m.NIC, []string{"2150", "2172"}) {
		t.Errorf("the codes are %q", m.NIC)
	}
	if m, _ := r.Meaning("refused with "); len(m.NIC) > 0 {
		t.Errorf("no code is read as %q", m.NIC)
	}
	if m, known := r.Meaning("it is shown"); !known || !m.Accepted {
		t.Errorf("the meaning is %+v, %t", m, known)
	}
	if _, known := r.Meaning("it is shown again"); known {
		t.Error("a longer sentence is taken for another one")
	}
}

func TestActsTakePeopleAndJudgeRefusals(t *testing.T) {
	s, r := newRegistry()
	var got string
	refusal := &client.Problem{Code: "otp-expired"}
	r.Act(`{who} meets {who} {n} times`, func(_ context.Context, p, other *Person, times int) error {
		got = strings.Repeat(p.Name+"+"+other.Name+" ", times)
		return refusal
	})
	meet := r.Definitions[0].Handler().(func(context.Context, string, string, int) error)
	if err := meet(t.Context(), "Asha", "Girish", 2); err != nil || got != "Asha+Girish Asha+Girish " {
		t.Errorf("the step did %q, %v", got, err)
	}
	if !errors.Is(s.Unjudged(), refusal) {
		t.Errorf("the refusal is %v", s.Unjudged())
	}
	if err := meet(t.Context(), "she", "Mallory", 1); err != nil || got != "Asha+Mallory " {
		t.Errorf("she is %q, %v", got, err)
	}
}

func TestStepsLeaveErrorsAlone(t *testing.T) {
	s, r := newRegistry()
	failed := errors.New("failed")
	r.Step(`{who} fails`, func(*Person) error { return failed })
	fail := r.Definitions[0].Handler().(func(context.Context, string) error)
	if err := fail(t.Context(), "Asha"); !errors.Is(err, failed) || s.Unjudged() != nil {
		t.Errorf("the error is %v, and unjudged is %v", err, s.Unjudged())
	}
	if err := New(Target{}).Act(failed); !errors.Is(err, failed) {
		t.Errorf("an act turns the error into %v", err)
	}
	if _, err := New(Target{Driver: paper{}}).Person("she"); err == nil {
		t.Error(`"she" is accepted before a person is named`)
	}
}

func TestHandlersTakeWhatIsGiven(t *testing.T) {
	s, r := newRegistry()
	var got string
	r.Step(`{who} pays {firm}`, func(f *Flow, p *Person, firm client.Taxpayer) error {
		got = f.ID + " " + p.Name + " " + firm.GSTIN
		return nil
	})
	pay := r.Definitions[0].Handler().(func(context.Context, string, string) error)
	if err := pay(t.Context(), "Asha", "Dakshin"); err == nil {
		t.Error("a flow is given to a person who has none")
	}
	s.People["Asha"].Flow = &Flow{ID: "f-1"}
	if err := pay(t.Context(), "Asha", "Dakshin"); err != nil || got != "f-1 Asha 29ABCCD1234E1Z1" {
		t.Errorf("the handler got %q, %v", got, err)
	}
}
