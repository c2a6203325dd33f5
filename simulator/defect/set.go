package defect

import "slices"

// Set is the defects of a world. A nil Set has none.
type Set struct {
	chosen  []string // sorted
	leftOut []string // the rules that are not enforced
	reached func(name string)
}

// NewSet returns the set of some names; nil for no name and no function. The function reached may be nil. It
// is called with the name of a defect, chosen or not, when a call comes to the place where the defect would deviate;
// it must be safe for concurrent use. The error is an [*UnknownError].
func NewSet(names []string, reached func(name string)) (*Set, error) {
	s := &Set{chosen: slices.Compact(slices.Sorted(slices.Values(names))), reached: reached}
	for _, name := range s.chosen {
		i := slices.IndexFunc(catalogue(), func(d Defect) bool { return d.Name == name })
		if i < 0 {
			return nil, &UnknownError{name}
		}
		if d := catalogue()[i]; d.LeftOut {
			s.leftOut = append(s.leftOut, d.Rule)
		}
	}
	if len(s.chosen) == 0 && reached == nil {
		return nil, nil
	}
	return s, nil
}

// Names returns the names of the defects, sorted.
func (s *Set) Names() []string {
	if s == nil {
		return []string{}
	}
	return append([]string{}, s.chosen...)
}

// Has reports whether the world has a defect. The code beside the broken rule asks for it, by one of the constants of
// this package.
func (s *Set) Has(name string) bool { return s != nil && s.has(name) }

func (s *Set) has(name string) bool {
	if s.reached != nil {
		s.reached(name)
	}
	return slices.Contains(s.chosen, name)
}

// LeavesOut reports whether the world does not enforce a rule.
func (s *Set) LeavesOut(rule string) bool { return s != nil && s.leavesOut(rule) }

func (s *Set) leavesOut(rule string) bool {
	if s.reached != nil {
		for _, d := range catalogue() {
			if d.LeftOut && d.Rule == rule {
				s.reached(d.Name)
			}
		}
	}
	return slices.Contains(s.leftOut, rule)
}

// Pick returns wrong in a world with the defect, and right in any other.
func Pick[T any](s *Set, name string, right, wrong T) T {
	if s.Has(name) {
		return wrong
	}
	return right
}
