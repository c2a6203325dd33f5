package drill

import (
	"cmp"
	"context"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/nicsim/nicsim/client"
)

// Evidence is what is known of a client's run in a world.
type Evidence struct {
	Requests []client.Request           // the journal, in any order
	Invoices []client.RegisteredInvoice // what is registered
	Fired    map[string]int             // how often each fault happened, by its name
	Ended    Ended
}

// Ended is how a command ended that ran the client. Its zero value is that of a client that ended well, or was run by
// hand.
type Ended struct {
	Code   int           // its exit code
	CutOff time.Duration // after which it was ended by force, 0 if it was not
}

// settleTime is how long Collect waits for requests that a fault held until it was removed.
const settleTime = 2 * time.Second

// Collect reads what happened in a world, and removes its faults.
func Collect(ctx context.Context, world *client.Control) (Evidence, error) {
	faults, err := world.Faults(ctx)
	if err != nil {
		return Evidence{}, fmt.Errorf("reading the faults: %w", err)
	}
	e := Evidence{Fired: fired(faults)}
	if err := world.ClearFaults(ctx); err != nil {
		return e, fmt.Errorf("removing the faults: %w", err)
	}
	if e.Requests, err = journal(ctx, world, e.Fired); err != nil {
		return e, fmt.Errorf("reading the journal: %w", err)
	}
	if e.Invoices, err = world.Invoices(ctx, client.RecordFilter{}); err != nil {
		return e, fmt.Errorf("reading the invoices: %w", err)
	}
	return e, nil
}

// journal reads the journal. An exchange is in it when it has ended, so those to which faults happened are waited for.
func journal(ctx context.Context, world *client.Control, fired map[string]int) ([]client.Request, error) {
	limited, cancel := context.WithTimeout(ctx, settleTime)
	defer cancel()
	pause := time.NewTicker(10 * time.Millisecond)
	defer pause.Stop()
	for {
		all, err := world.Requests(ctx, client.RequestFilter{})
		if err != nil || complete(all, fired) {
			return all, err
		}
		select {
		case <-pause.C:
		case <-limited.Done():
			return all, ctx.Err()
		}
	}
}

// Activity is what a world has seen so far.
type Activity struct {
	Requests int  // in the journal
	Waiting  bool // a request is still without an answer, because of a fault
}

// Watch reads what a world has seen so far.
func Watch(ctx context.Context, world *client.Control) (Activity, error) {
	faults, err := world.Faults(ctx)
	if err != nil {
		return Activity{}, err
	}
	all, err := world.Requests(ctx, client.RequestFilter{})
	return Activity{len(all), !complete(all, fired(faults))}, err
}

// fired returns how often each fault happened.
func fired(faults []client.Fault) map[string]int {
	times := map[string]int{}
	for _, f := range faults {
		times[f.Name] = f.Fired
	}
	return times
}

// complete reports whether the journal has every request to which a fault happened.
func complete(all []client.Request, fired map[string]int) bool {
	seen := map[string]int{}
	for _, r := range all {
		for _, name := range r.Faults {
			seen[name]++
		}
	}
	for name, times := range fired {
		if seen[name] < times {
			return false
		}
	}
	return true
}

// Call is a call of the e-Invoice API.
type Call struct {
	At      time.Time `json:"at"`   // by the world's clock
	Name    string    `json:"call"` // as in generate
	Outcome string    `json:"outcome"`

	refused string // NIC's code, or empty
	failed  bool   // a fault came in place of the answer, or spoilt it
	good    bool   // the client got the answer of a call that succeeded
}

// Outcomes that rules ask for.
const (
	noAnswer = "without an answer"
	tooMany  = "answered with HTTP 429"
)

// The calls that rules are about.
const (
	auth         = "auth"
	generate     = "generate"
	readIRN      = "read-irn"
	readDocument = "read-document"
	ping         = "ping"
	otherCall    = "other"
)

// paths are NIC's paths of these calls, as patterns of path.Match, in lower case and without a slash at the end.
var paths = []struct{ call, method, pattern string }{
	{auth, "POST", "/eivital/v1.0[34]/auth"},
	{ping, "GET", "/eivital/v1.04/heartbeat/ping"},
	{generate, "POST", "/eicore/v1.03/invoice"},
	{readIRN, "GET", "/eicore/v1.03/invoice/irn/*"},
	{readDocument, "GET", "/eicore/v1.03/invoice/irnbydocdetails"},
	{"cancel", "POST", "/eicore/v1.03/cancel"},
	{"cancel", "POST", "/eicore/v1.03/invoice/cancel"},
	{"rejected-irns", "GET", "/eicore/v1.03/invoice/rejectedirns"},
	{"gstin", "GET", "/eivital/v1.0[34]/master/gstin/*"},
	{"sync-gstin", "GET", "/eivital/v1.0[34]/master/syncgstin/*"},
	{"ewb-generate", "POST", "/eiewb/v1.03/ewaybill"},
	{"ewb-read", "GET", "/eiewb/v1.03/ewaybill/irn/*"},
	{"ewb-cancel", "POST", "/ewaybillapi/v1.03/ewayapi"},
}

var (
	slashes     = regexp.MustCompile(`/+`)
	worldPrefix = regexp.MustCompile(`^/w/[a-z0-9-]+/`)
	ofTheAPI    = regexp.MustCompile(`^/(eivital|eicore|eiewb|ewaybillapi)/`)
)

// CallOf names the call of a request; "" if it is not one of the e-Invoice API.
func CallOf(method, asked string) string {
	asked = worldPrefix.ReplaceAllString(slashes.ReplaceAllString(strings.ToLower(asked), "/"), "/")
	asked = strings.TrimSuffix(asked, "/")
	for _, p := range paths {
		if ok, _ := path.Match(p.pattern, asked); ok && p.method == method {
			return p.call
		}
	}
	if ofTheAPI.MatchString(asked) {
		return otherCall
	}
	return ""
}

// InOrder returns the requests of a journal, the oldest first.
func InOrder(requests []client.Request) []client.Request {
	return slices.SortedStableFunc(slices.Values(requests), func(a, b client.Request) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.ID, b.ID))
	})
}

// callsOf returns the calls of the API among requests, the oldest first.
func callsOf(requests []client.Request, d Drill) []Call {
	var calls []Call
	for _, r := range InOrder(requests) {
		name := CallOf(r.Method, r.Path)
		if name == "" || r.Environment == client.EnvironmentGSP {
			continue
		}
		c := Call{At: r.At, Name: name}
		if r.Reason != nil {
			c.refused = r.Reason.NICCode
		}
		kind := d.kindOf(r.Faults)
		switch {
		case kind == "drop-answer":
			c.Outcome, c.failed = "done, and its answer lost", true
		case r.Status == 0:
			c.Outcome, c.failed = noAnswer, true
		case r.Status != 200:
			c.Outcome, c.failed = fmt.Sprintf("answered with HTTP %d", r.Status), true
		case r.Reason != nil:
			c.Outcome = "refused with " + cmp.Or(c.refused, r.Reason.Code)
		case kind != "" && name != auth:
			c.Outcome, c.failed = "answered, and its answer spoilt", true
		default:
			c.Outcome, c.good = "answered", true
		}
		calls = append(calls, c)
	}
	return calls
}

// kindOf returns the kind of the first of the named faults that is one of the drill's.
func (d Drill) kindOf(names []string) string {
	for _, f := range d.Faults {
		if kind, _ := f.Does["kind"].(string); slices.Contains(names, f.Name) {
			return kind
		}
	}
	return ""
}
