package rulebook

import (
	"slices"

	"github.com/nicsim/nicsim/simulator/settings"
)

// Standing is how a rule stands in a book.
type Standing struct {
	// Edition is the one that applies. Where none does, it is the last one that has begun, or else the first. Nil if the
	// rule has none for the environment.
	Edition *Edition
	InForce bool
	Figures []Figure // that are compared with: those that are set, and those of the edition
	Why     string   // a clause such as "since 2023-11-01", or "not before 2025-01-01"
}

// Standing returns how a rule stands, for lists of rules. Judgements ask [Book.Holds].
func (b Book) Standing(rule string) Standing {
	h := HistoryOf(rule)
	s := Standing{Edition: b.current(h), InForce: b.InForce(h)}
	applies := s.Edition != nil
	if !applies {
		s.Edition = b.nearest(h)
	}
	if s.Edition != nil {
		s.Figures = slices.Clone(s.Edition.Figures)
	}
	for i, f := range s.Figures {
		if b.isSet(f.Name) {
			s.Figures[i].Value = settings.Setting{Name: f.Name}.Of(*b.Settings)
		}
	}
	on, switched := b.Rules[rule]
	figure := b.figureSet(h)
	switch {
	case s.InForce && b.LeavesOut(rule):
		s.InForce, s.Why = false, "left out by a defect"
	case switched && on:
		s.Why = "switched on by the setting rules"
	case switched:
		s.Why = "switched off by the setting rules"
	case figure != "":
		s.Why = "the setting " + figure + " is set"
	case len(h.editions) == 0:
		s.Why = "at all times"
	case s.Edition == nil:
		s.Why = "not in this environment"
	case !applies:
		s.Why = s.Edition.missed(b)
	default:
		s.Why = s.Edition.why(s.InForce)
	}
	return s
}

// why says why an edition that applies is in force or not.
func (e *Edition) why(inForce bool) string {
	switch {
	case inForce && e.Status == InForce:
		return "since " + string(e.From)
	case inForce && e.enforced:
		return "taken as in force since " + string(e.From) + ": " + e.Reason
	case inForce:
		return string(e.Status) + ", in force from " + string(e.From) + " on by the setting announcedRules"
	}
	return string(e.Status) + ": " + e.Reason
}

// missed says why an edition does not apply.
func (e *Edition) missed(b Book) string {
	if b.dateFor(e, b.day()) >= e.end {
		return "not after " + string(e.Until)
	}
	what := "not before "
	if e.Counts == DocumentDate {
		what = "not for documents before "
	}
	return what + string(e.From)
}
