// Package journal records the requests to a world's portals and their answers, secrets masked, so that a developer
// can see why a call was refused.
package journal

import (
	"cmp"
	"encoding/json"
	"slices"
	"sync"
	"time"

	"github.com/nicsim/nicsim/simulator/budget"
	"github.com/nicsim/nicsim/simulator/nic"
)

// What a world keeps at most: exchanges, and bytes of them. The oldest go first. The go-live sheet of a client needs
// 1,100 exchanges.
const (
	Capacity = 5000
	MaxBytes = 32 << 20
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
	// FieldsLeftOut is how many refused fields there were besides Fields, which are kept for the first of them only.
	FieldsLeftOut int `json:"fieldsLeftOut,omitempty"`

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
	// Budget bounds what the journals and inboxes of all worlds keep together; nil is no bound besides the journal's own.
	// It is set before the first Record.
	Budget *budget.Budget

	mu      sync.Mutex // guards the fields below
	last    int64
	kept    []record // oldest first
	bytes   int      // of those kept
	refused int      // how many of those kept are refused
}

// record is an exchange that is kept.
type record struct {
	*Exchange
	bytes int
	entry *budget.Entry
}

// Record adds an exchange and gives it the next ID. It keeps a copy within the limits of an exchange, and drops the
// oldest beyond Capacity and MaxBytes.
func (j *Journal) Record(e Exchange) {
	e.ID = 0
	j.add(e)
}

// Restore adds an exchange that has an ID: the next one, or any if the journal is empty.
func (j *Journal) Restore(e Exchange) { j.add(e) }

func (j *Journal) add(e Exchange) {
	e.bound()
	added := &record{Exchange: &e, bytes: e.size()}
	added.entry = j.Budget.Keep(added.bytes, func() { j.forget(added.Exchange) })
	j.mu.Lock()
	defer j.mu.Unlock()
	if e.ID == 0 {
		e.ID = j.last + 1
	}
	j.last = e.ID
	j.kept = append(j.kept, *added)
	j.bytes += added.bytes
	if e.Refused() {
		j.refused++
	}
	for len(j.kept) > Capacity || j.bytes > MaxBytes && len(j.kept) > 1 {
		j.dropOldest()
	}
	if !j.Budget.Counts(added.entry) { // forget ran before the exchange was added
		j.dropThrough(added.Exchange)
	}
}

// forget drops an exchange for which the budget has no room, and those before it.
func (j *Journal) forget(e *Exchange) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.dropThrough(e)
}

func (j *Journal) dropThrough(e *Exchange) {
	if !slices.ContainsFunc(j.kept, func(r record) bool { return r.Exchange == e }) {
		return
	}
	for last := false; !last; {
		last = j.kept[0].Exchange == e
		j.dropOldest()
	}
}

func (j *Journal) dropOldest() {
	oldest := j.kept[0]
	j.kept[0] = record{} // the array behind the slice would keep it in memory
	j.kept = j.kept[1:]
	j.bytes -= oldest.bytes
	if oldest.Refused() {
		j.refused--
	}
	j.Budget.Release(oldest.entry)
}

// Close drops all exchanges.
func (j *Journal) Close() {
	j.mu.Lock()
	defer j.mu.Unlock()
	for len(j.kept) > 0 {
		j.dropOldest()
	}
}

// Kept returns how many exchanges are kept, and how many of them were refused.
func (j *Journal) Kept() (all, refused int) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return len(j.kept), j.refused
}

// Exchange returns an exchange that is kept. It must not be changed.
func (j *Journal) Exchange(id int64) (*Exchange, bool) {
	j.mu.Lock()
	defer j.mu.Unlock()
	at := int64(len(j.kept)) - 1 - (j.last - id)
	if id < 1 || at < 0 || id > j.last {
		return nil, false
	}
	return j.kept[at].Exchange, true
}

// Legs returns the other exchanges with the request id of an exchange, the oldest first, if the exchange is at a GSP or
// they are: a GSP sends the id of a request on to NIC. They must not be changed.
func (j *Journal) Legs(of *Exchange) (legs []*Exchange) {
	j.mu.Lock()
	defer j.mu.Unlock()
	for _, e := range j.kept {
		if e.RequestID == of.RequestID && (e.Environment == nic.GSP) != (of.Environment == nic.GSP) {
			legs = append(legs, e.Exchange)
		}
	}
	return legs
}

// Filter chooses exchanges; an empty Environment chooses both, a Limit of 0 all.
type Filter struct {
	Environment nic.Environment
	NoViews     bool  // leaves out exchanges that are a View
	Before      int64 // only exchanges with a smaller ID; 0: all
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
		if (f.Before == 0 || e.ID < f.Before) && f.wants(e.Exchange) {
			found = append(found, e.Exchange)
		}
	}
	return found
}
