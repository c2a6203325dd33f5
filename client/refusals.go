package client

import (
	"context"
	"net/url"
	"time"
)

// Refusals are the refused requests of one cause, whatever values they had. The words are those of the newest.
type Refusals struct {
	ID      string    `json:"id"` // names the cause; the same in all worlds
	Code    string    `json:"code"`
	NICCode string    `json:"nicCode"` // empty where NIC publishes none
	Detail  string    `json:"detail"`  // NIC's words
	Cause   string    `json:"cause"`   // what was wrong, in a sentence; may be empty
	Remedy  string    `json:"remedy"`  // what would have been right; may be empty
	Rule    string    `json:"rule"`    // name of the invoice's rule that did not hold; may be empty
	Count   int       `json:"count"`
	Last    time.Time `json:"last"`
	Newest  int64     `json:"newest"` // ID of the newest [Request]
	Faults  []string  `json:"faults"` // names of the faults that fired for one of them
}

// Refusals sums up the refused requests of the journal by cause, the one that was met last first. An empty environment
// takes both.
func (c *Control) Refusals(ctx context.Context, environment string) ([]Refusals, error) {
	k := get(controlPath+"refusals", "refusals")
	k.query = url.Values{}
	setIfGiven(k.query, "environment", environment)
	return member[[]Refusals](ctx, c.connection, k)
}
