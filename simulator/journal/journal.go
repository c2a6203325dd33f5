// Package journal records the requests to a world's portals and their answers, secrets masked, so that a developer
// can see why a call was refused.
package journal

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/nicsim/nicsim/simulator/nic"
)

// Capacity is how many exchanges a world keeps; the oldest go first. The go-live sheet of a client needs 1,100.
const Capacity = 5000

// The lengths of a request line that are kept, in bytes. The simulator's own paths are less than half as long.
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
	Query       string   // its harmless parts; see Query
	Headers     []Header // of the request, by name
	Status      int
	Duration    time.Duration
	Request     json.RawMessage // masked; nil when there was none to show
	Response    json.RawMessage // nil when there was none to show
	Sent        string          // media type of the request, if the simulator knows it
	Answered    string          // media type of the answer
	Size        int             // bytes of the answer
	RetryAfter  string          // of the answer, in seconds
	Location    string          // of the answer, its query as above
	Reason      *Reason         // why it was refused, or nil
	View        bool            // a page or a picture was asked for and shown
	Faults      []string        // names of the faults that fired; Status is 0 when one left the request unanswered
}

// Refused reports whether the request was refused or failed.
func (e *Exchange) Refused() bool { return e.Reason != nil || e.Status >= 400 }

// Reason says why a request was refused.
type Reason struct {
	Code    string        `json:"code"`
	NICCode string        `json:"nicCode,omitempty"`
	Detail  string        `json:"detail"`
	Cause   string        `json:"cause,omitempty"`  // what the client did, in a sentence, without secrets
	Remedy  string        `json:"remedy,omitempty"` // what would have been right
	Fields  []FieldReason `json:"fields,omitempty"`

	Kind string `json:"-"` // that of the Cause
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
	kept    []*Exchange // oldest first
	refused int         // how many of those kept are refused
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
	if len(j.kept) == Capacity {
		if j.kept[0].Refused() {
			j.refused--
		}
		j.kept[0] = nil // the array behind the slice would keep it in memory
		j.kept = j.kept[1:]
	}
	j.kept = append(j.kept, &e)
}

// Kept returns how many exchanges are kept, and how many of them were refused.
func (j *Journal) Kept() (all, refused int) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return len(j.kept), j.refused
}

// begin copies the beginning of a text. A substring would keep the whole request line in memory.
func begin(text string, limit int) string {
	return strings.Clone(text[:min(len(text), limit)])
}

// Exchange returns an exchange that is kept. It must not be changed.
func (j *Journal) Exchange(id int64) (*Exchange, bool) {
	j.mu.Lock()
	defer j.mu.Unlock()
	at := int64(len(j.kept)) - 1 - (j.last - id)
	if id < 1 || at < 0 || id > j.last {
		return nil, false
	}
	return j.kept[at], true
}

// Legs returns the other exchanges with the request id of an exchange, the oldest first, if the exchange is at a GSP or
// they are: a GSP sends the id of a request on to NIC. They must not be changed.
func (j *Journal) Legs(of *Exchange) (legs []*Exchange) {
	j.mu.Lock()
	defer j.mu.Unlock()
	for _, e := range j.kept {
		if e.RequestID == of.RequestID && (e.Environment == nic.GSP) != (of.Environment == nic.GSP) {
			legs = append(legs, e)
		}
	}
	return legs
}

// Filter chooses exchanges; an empty Environment chooses both, a Limit of 0 all.
type Filter struct {
	Environment nic.Environment
	NoViews     bool // leaves out exchanges that are a View
	Limit       int
}

func (f Filter) wants(e *Exchange) bool {
	return (f.Environment == "" || f.Environment == e.Environment) && (!f.NoViews || !e.View)
}

// Exchanges returns the chosen exchanges, newest first. They must not be changed.
func (j *Journal) Exchanges(f Filter) []*Exchange {
	j.mu.Lock()
	defer j.mu.Unlock()
	found := make([]*Exchange, 0, min(cmp.Or(f.Limit, Capacity), len(j.kept)))
	for _, e := range slices.Backward(j.kept) {
		if f.Limit > 0 && len(found) == f.Limit {
			break
		}
		if f.wants(e) {
			found = append(found, e)
		}
	}
	return found
}
