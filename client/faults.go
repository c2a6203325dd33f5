package client

import (
	"context"
	"net/http"
	"net/url"
)

// Fault is an injected failure: which requests fail, how, and how often.
type Fault struct {
	Name  string      `json:"name"`
	When  FaultWhen   `json:"when,omitzero"`
	Does  FaultEffect `json:"does"`
	Often FaultOften  `json:"often,omitzero"`

	// What the simulator counts; not sent.
	Matched      int      `json:"matched,omitzero"`      // requests that the fault concerns
	Fired        int      `json:"fired,omitzero"`        // of those, the ones that failed
	Synchronised []string `json:"synchronised,omitzero"` // GSTINs that a stale record no longer concerns
}

// FaultWhen chooses requests; a member that is empty chooses all.
type FaultWhen struct {
	Environment string            `json:"environment,omitempty"`
	Call        string            `json:"call,omitempty"` // as in generate, send-otp
	GSTIN       string            `json:"gstin,omitempty"`
	User        string            `json:"user,omitempty"`
	ClientID    string            `json:"clientId,omitempty"`
	Header      map[string]string `json:"header,omitempty"`
}

// FaultEffect is what a fault does: a kind and its members, such as "kind": "latency", "delay": "700ms".
type FaultEffect map[string]any

// FaultOften says for which of the chosen requests a fault fires. At most one member is given; the zero value is all.
type FaultOften struct {
	Next        int     `json:"next,omitzero"`        // as many as that
	Every       int     `json:"every,omitzero"`       // each request whose number is a multiple
	From        int     `json:"from,omitzero"`        // all from that number on
	Probability float64 `json:"probability,omitzero"` // each with this probability
}

const faultsPath = controlPath + "faults"

// SetFault adds a fault to the world. It replaces one of the same name, and counts begin again.
func (c *Control) SetFault(ctx context.Context, f Fault) error {
	f.Matched, f.Fired, f.Synchronised = 0, 0, nil
	return c.do(ctx, call{method: http.MethodPost, path: faultsPath, in: f, status: http.StatusCreated})
}

// Faults lists the faults of the world with their counts.
func (c *Control) Faults(ctx context.Context) ([]Fault, error) {
	return pages[Fault](ctx, c.connection, get(faultsPath, "faults"), 0)
}

// Fault reads one fault of the world.
func (c *Control) Fault(ctx context.Context, name string) (Fault, error) {
	return read[Fault](ctx, c.connection, get(faultsPath+"/"+url.PathEscape(name), "name"))
}

// RemoveFault removes a fault, and ends what it still does.
func (c *Control) RemoveFault(ctx context.Context, name string) error {
	return c.do(ctx, call{method: http.MethodDelete, path: faultsPath + "/" + url.PathEscape(name)})
}

// ClearFaults removes every fault of the world.
func (c *Control) ClearFaults(ctx context.Context) error {
	return c.do(ctx, call{method: http.MethodDelete, path: faultsPath})
}
