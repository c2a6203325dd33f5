package fault

import (
	"slices"
	"strings"
)

// StaleRecord lets NIC's copy of a taxpayer differ from what the GST common portal holds.
type StaleRecord struct {
	Mobile string `json:"mobile,omitempty" says:"the number that NIC's copy has; none unless given"`
}

// Kind implements Effect.
func (*StaleRecord) Kind() Kind {
	return Kind{
		Name: "stale-record", Of: Portal,
		Calls: []string{callValidate, callSendOTP, callCreateUser, callRemind, callForgotPass},
		Does: "NIC's copy of the taxpayer still has no mobile number (3012), or a former one (3006), until it is updated " +
			"from the GST common portal: by the page Update from GST Common Portal, or the API's call sync-gstin. The GSTINs for which that was done are in `synchronised`.",
		Teaches: "The contact is right and is refused all the same: update from the GST common portal.",
		Example: `{"name":"stale","when":{"gstin":"29ABCCD1234E1Z1"},"does":{"kind":"stale-record"}}`,
	}
}

func (s *StaleRecord) check(r *report) {
	if s.Mobile != "" {
		r.mobile("does.mobile", s.Mobile)
	}
}

// mostSynchronised is how many GSTINs a rule remembers as synchronised.
const mostSynchronised = 100

// isSynchronised reports whether the taxpayer of a request is in a list.
func isSynchronised(p *Point, list []string) bool {
	return len(list) > 0 && slices.Contains(list, strings.ToUpper(p.Caller().GSTIN))
}

// Synchronise ends stale records of a taxpayer in an environment.
func (s *Set) Synchronise(in When) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, l := range s.rules {
		_, stale := l.Rule.Does.(*StaleRecord)
		env := l.Rule.When.Environment
		if stale && (env == "" || env == in.Environment) && !slices.Contains(l.Synchronised, in.GSTIN) &&
			len(l.Synchronised) < mostSynchronised {
			l.Synchronised = append(slices.Clip(l.Synchronised), in.GSTIN)
		}
	}
}
