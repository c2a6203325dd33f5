package gsp

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"github.com/nicsim/nicsim/simulator/store"
)

// The number of connections of a page.
const (
	defaultPage = 200
	largestPage = 1000
)

// List is a page of the connections of GSPs. Next is the after of the next page: empty at the end.
type List struct {
	Connections []Held
	Next        string
}

// Connections returns the connections of one GSP after those of another, each in the order in which they were added.
// The texts are those of a query: limit is a whole number from 1 to 1000, or empty for 200, and after is the id of the
// last connection of the page before, or empty. The error is a [*Refusal] if they are something else.
func Connections(r store.Reader, companies []store.Provider, limit, after string) (l List, err error) {
	most, err := strconv.Atoi(cmp.Or(limit, strconv.Itoa(defaultPage)))
	if err != nil || most < 1 || most > largestPage {
		return l, refused([]Violation{{"limit", "value-invalid",
			fmt.Sprintf("The limit is a whole number from 1 to %d.", largestPage)}})
	}
	if after != "" {
		last, err := r.Connection(after)
		if err != nil && !store.IsMissing(err) {
			return l, fmt.Errorf("reading a record of a GSP: %w", err)
		}
		at := slices.IndexFunc(companies, func(p store.Provider) bool { return p.ClientID == last.ClientID })
		if err != nil || at < 0 {
			return l, refused([]Violation{{"after", "value-invalid",
				"This is not the next of a page of this list, or that connection is gone. Begin with the first page."}})
		}
		companies = companies[at:]
	}
	l.Connections = []Held{}
	for _, company := range companies {
		of, err := r.ConnectionsOf(company.ClientID, store.Page{After: after, Limit: most + 1 - len(l.Connections)})
		if err != nil {
			return l, fmt.Errorf("listing the connections of a GSP: %w", err)
		}
		for _, c := range of {
			l.Connections = append(l.Connections, Held{c, company})
		}
		if after = ""; len(l.Connections) > most {
			l.Connections = l.Connections[:most]
			l.Next = l.Connections[most-1].ID
			break
		}
	}
	return l, nil
}
