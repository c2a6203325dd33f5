package journal

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"slices"
	"strconv"
	"time"
)

// Refusals are the refused exchanges of one cause: the same code, the same rule of an invoice and the same kind of
// cause, whatever values were sent. The words are those of the newest of them.
type Refusals struct {
	ID      string    `json:"id"` // names the cause; the same in all worlds
	Code    string    `json:"code"`
	NICCode string    `json:"nicCode,omitempty"`
	Detail  string    `json:"detail"` // NIC's words
	Cause   string    `json:"cause,omitempty"`
	Remedy  string    `json:"remedy,omitempty"`
	Rule    string    `json:"rule,omitempty"` // name of the invoice's rule
	Count   int       `json:"count"`          // exchanges
	Last    time.Time `json:"last"`           // time of the newest
	Newest  int64     `json:"newest"`         // its ID
	Faults  []string  `json:"faults,omitempty"`
}

// Summary counts refused exchanges by their causes. An exchange that was refused for several causes counts for each.
// The order of the list is kept: of exchanges with the newest first, the cause that was met last comes first.
func Summary(list []*Exchange) []Refusals {
	found := []Refusals{}
	at := map[string]int{}
	for _, e := range list {
		for _, cause := range e.Causes() {
			n, known := at[cause.ID]
			if !known {
				n = len(found)
				at[cause.ID] = n
				found = append(found, cause)
			}
			found[n].Count++
			for _, name := range e.Faults {
				if !slices.Contains(found[n].Faults, name) {
					found[n].Faults = append(found[n].Faults, name)
				}
			}
		}
	}
	return found
}

// RefusedFor reports whether the exchange was refused for the cause of an ID.
func (e *Exchange) RefusedFor(id string) bool {
	return slices.ContainsFunc(e.Causes(), func(cause Refusals) bool { return cause.ID == id })
}

// Causes returns why the exchange was refused: each cause once, and none if it was not.
func (e *Exchange) Causes() []Refusals {
	if !e.Refused() {
		return nil
	}
	var list []Refusals
	add := func(kind string, r Refusals) {
		r.ID = causeID(r.Code, r.Rule, kind)
		r.Last, r.Newest = e.At, e.ID
		if !slices.ContainsFunc(list, func(other Refusals) bool { return other.ID == r.ID }) {
			list = append(list, r)
		}
	}
	why := e.Reason
	if why == nil { // a fault gave the status, which no code explains
		add("", Refusals{Code: strconv.Itoa(e.Status), Detail: fmt.Sprintf("The answer has the status %d.", e.Status),
			Cause: "A fault of this world answered; the request may be right."})
		return list
	}
	main := Refusals{Code: why.Code, NICCode: why.NICCode, Detail: why.Detail, Cause: why.Cause, Remedy: why.Remedy}
	if !slices.ContainsFunc(why.Fields, func(f FieldReason) bool { return f.Code == why.Code }) {
		add(why.Kind, main)
	}
	for _, f := range why.Fields {
		if f.Code == why.Code {
			cause := main
			cause.Detail, cause.Rule, cause.Remedy = cmp.Or(f.Message, main.Detail), f.Rule, cmp.Or(main.Remedy, passing(f.Want))
			add(why.Kind, cause)
			continue
		}
		cause := Refusals{Code: f.Code, Detail: f.Message, Rule: f.Rule, Remedy: passing(f.Want)}
		if why.NICCode == why.Code { // an answer of the API, all of whose codes are NIC's
			cause.NICCode = f.Code
		}
		add("", cause)
	}
	return list
}

// passing returns the remedy of a value, or "" if none is known.
func passing(want string) string {
	if want == "" {
		return ""
	}
	return "What would have passed: " + want + "."
}

// causeID is short, so that it fits an address.
func causeID(code, rule, kind string) string {
	sum := fnv.New32a()
	_, _ = fmt.Fprintf(sum, "%s\n%s\n%s", code, rule, kind) // never fails
	return fmt.Sprintf("%s-%08x", code, sum.Sum32())
}
