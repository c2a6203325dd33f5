// Package journal records what clients asked of a world's portals and what they
// were answered, secrets masked, so that a developer can see why a call was refused.
package journal

import (
	"cmp"
	"encoding/json"
	"strings"
	"sync"
	"time"

	"github.com/nicsim/nicsim/simulator/nic"
)

// Capacity is how many exchanges a world keeps; the oldest go first.
const Capacity = 1000

// What is kept of a request line, in bytes; no path of ours is half as long.
const (
	longestMethod = 16
	longestPath   = 512
)

// Exchange is one request and its answer.
type Exchange struct {
	ID          int64 // counts up from 1 within a world
	At          time.Time
	Environment nic.Environment
	RequestID   string
	Method      string
	Path        string
	Query       string // what of it is harmless; see Query
	Status      int
	Duration    time.Duration
	Request     json.RawMessage // masked; nil when there was none to show
	Response    json.RawMessage // nil when there was none to show
	Sent        string          // media type of the request, if it is one of ours
	Answered    string          // media type of the answer
	Size        int             // bytes of the answer
	Location    string          // where the answer leads, its query as above
	Reason      *Reason         // why it was refused, or nil
	View        bool            // somebody looked at a page or a picture, and was shown it
}

// Refused tells whether an exchange came to nothing.
func (e *Exchange) Refused() bool { return e.Reason != nil || e.Status >= 400 }

// Reason says why a request was refused.
type Reason struct {
	Code    string        `json:"code"`
	NICCode string        `json:"nicCode,omitempty"`
	Detail  string        `json:"detail"`
	Fields  []FieldReason `json:"fields,omitempty"`
}

// FieldReason is one refused field.
type FieldReason struct {
	Field   string `json:"field"`
	Code    string `json:"code"`
	Message string `json:"message"`
	Rule    string `json:"rule,omitempty"` // name of the API's rule
	Want    string `json:"want,omitempty"` // what would have passed
}

// Journal is one world's exchanges. Its zero value is empty and ready; it is safe
// for concurrent use.
type Journal struct {
	mu      sync.Mutex // guards the fields below
	last    int64
	ring    []*Exchange
	start   int // index of the oldest, once the ring is full
	refused int // how many of those in the ring
}

// Record adds an exchange and gives it the next ID.
func (j *Journal) Record(e Exchange) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.last++
	e.ID = j.last
	e.Method, e.Path = begin(e.Method, longestMethod), begin(e.Path, longestPath)
	if e.Refused() {
		j.refused++
	}
	if len(j.ring) < Capacity {
		j.ring = append(j.ring, &e)
		return
	}
	if j.ring[j.start].Refused() {
		j.refused--
	}
	j.ring[j.start] = &e
	j.start = (j.start + 1) % Capacity
}

// Kept is how many exchanges are kept, and how many of them were refused.
func (j *Journal) Kept() (all, refused int) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return len(j.ring), j.refused
}

// begin copies the beginning of a text: a part of a request line would keep all of it in memory.
func begin(text string, limit int) string {
	return strings.Clone(text[:min(len(text), limit)])
}

// Exchange returns one exchange, unless it was never recorded or is kept no more. It must not be changed.
func (j *Journal) Exchange(id int64) (*Exchange, bool) {
	j.mu.Lock()
	defer j.mu.Unlock()
	back := j.last - id // how many came after it
	if id < 1 || back < 0 || back >= int64(len(j.ring)) {
		return nil, false
	}
	at := (int64(j.start) + int64(len(j.ring)) - 1 - back) % int64(len(j.ring))
	return j.ring[at], true
}

// Filter chooses exchanges; an empty Environment chooses both, a Limit of 0 all.
type Filter struct {
	Environment nic.Environment
	NoViews     bool // leaves out what was only looked at
	Limit       int
}

func (f Filter) wants(e *Exchange) bool {
	return (f.Environment == "" || f.Environment == e.Environment) && (!f.NoViews || !e.View)
}

// Exchanges returns the chosen exchanges, newest first. They must not be changed.
func (j *Journal) Exchanges(f Filter) []*Exchange {
	j.mu.Lock()
	defer j.mu.Unlock()
	found := make([]*Exchange, 0, min(cmp.Or(f.Limit, Capacity), len(j.ring)))
	for back := range j.ring {
		if f.Limit > 0 && len(found) == f.Limit {
			break
		}
		e := j.ring[(j.start+len(j.ring)-1-back)%len(j.ring)]
		if f.wants(e) {
			found = append(found, e)
		}
	}
	return found
}
