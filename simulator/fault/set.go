package fault

import (
	"encoding/json"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
)

// Most is how many rules a world has at most [SIM].
const Most = 200

// MostBytes is how long the JSON of a world's rules may be together, in bytes [SIM].
const MostBytes = 512 << 10

// Errors of rules that a world cannot hold.
var (
	ErrTooMany = fmt.Errorf("a world has at most %d faults", Most)
	ErrTooLong = fmt.Errorf("the faults of a world have at most %d bytes together", MostBytes)
)

// Written returns the JSON of the rules of a world, or ErrTooMany or ErrTooLong.
func Written(rules []Live) ([]byte, error) {
	if len(rules) > Most {
		return nil, ErrTooMany
	}
	text, err := json.Marshal(rules)
	if err == nil && len(text) > MostBytes {
		err = ErrTooLong
	}
	return text, err
}

// Set holds the rules of a world. Its zero value has none; Chance is needed for rules with a probability. It is safe
// for concurrent use.
type Set struct {
	Chance func() float64 // from 0 up to 1

	armed atomic.Bool // there are rules
	mu    sync.Mutex  // guards the fields below
	rules []*live
}

type live struct {
	Live
	kind  Kind
	ended chan struct{} // closed when the rule is no longer of the set
}

// Replace changes the rules. A rule that stays keeps its counts, and what a removed rule still does ends.
func (s *Set) Replace(rules []Live) {
	s.mu.Lock()
	defer s.mu.Unlock()
	before := map[*Rule]*live{}
	for _, l := range s.rules {
		before[l.Rule] = l
	}
	s.rules = nil
	for _, r := range rules {
		l, stays := before[r.Rule]
		if delete(before, r.Rule); !stays {
			l = &live{r, r.Rule.Does.Kind(), make(chan struct{})}
		}
		s.rules = append(s.rules, l)
	}
	for _, gone := range before {
		close(gone.ended)
	}
	s.armed.Store(len(rules) > 0)
}

// Adopt is Replace by rules that another process has counted too. A rule that stays has the higher of both counts.
func (s *Set) Adopt(rules []Live) {
	now := s.List()
	adopted := slices.Clone(rules)
	for i := range adopted {
		if at := slices.IndexFunc(now, adopted[i].isRuleOf); at >= 0 {
			adopted[i].Rule = now[at].Rule
		}
	}
	s.Replace(adopted)
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, l := range s.rules {
		l.Matched, l.Fired = max(l.Matched, rules[i].Matched), max(l.Fired, rules[i].Fired)
		for _, gstin := range rules[i].Synchronised {
			if !slices.Contains(l.Synchronised, gstin) {
				l.Synchronised = append(slices.Clip(l.Synchronised), gstin)
			}
		}
	}
}

// List returns the rules with their counts, in the order in which they were added.
func (s *Set) List() []Live {
	s.mu.Lock()
	defer s.mu.Unlock()
	list := make([]Live, 0, len(s.rules))
	for _, l := range s.rules {
		list = append(list, l.Live)
	}
	return list
}

// Armed reports whether there are rules. It is one atomic load.
func (s *Set) Armed() bool { return s.armed.Load() }

// Match returns the rules that match a request. It returns nil when there are none.
func (s *Set) Match(p *Point) *Request {
	c, known := callOf(p.Call)
	if !known {
		return nil
	}
	rules, synchronised := s.snapshot()
	var found []*live
	for i, l := range rules { // without the lock: a rule may ask for the caller, who is in the store
		if l.kind.concerns(c) && l.Rule.When.matches(p) && !isSynchronised(p, synchronised[i]) {
			found = append(found, l)
		}
	}
	if found == nil {
		return nil
	}
	r := &Request{set: s}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, l := range found {
		l.Matched++
		r.hits = append(r.hits, &hit{live: l, number: l.Matched})
	}
	return r
}

// snapshot returns the rules, and for each the GSTINs that it no longer concerns.
func (s *Set) snapshot() (rules []*live, synchronised [][]string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, l := range s.rules {
		synchronised = append(synchronised, l.Synchronised)
	}
	return s.rules, synchronised
}
