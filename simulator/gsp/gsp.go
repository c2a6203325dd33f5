// Package gsp is what a GSP (GST Suvidha Provider) does for its customers: it keeps the API users of taxpayers,
// with which it logs in at NIC. It knows NIC only by the answers that the GSP receives.
package gsp

import (
	"fmt"
	"slices"

	"github.com/nicsim/nicsim/simulator/store"
)

// through is the way of registration that NIC's portals offer for the companies behind the GSP's listener.
const through = "GSP"

// Companies returns the GSPs of a world, in the order in which they were added: the holders of client credentials that
// the portals offer under "Through GSP".
func Companies(r store.Reader) ([]store.Provider, error) {
	all, err := r.Providers(store.Page{})
	if err != nil {
		return nil, fmt.Errorf("listing the GSPs: %w", err)
	}
	return slices.DeleteFunc(all, func(p store.Provider) bool { return !slices.Contains(p.Through, through) }), nil
}

// CompanyOf returns the GSP of a client id. The error is a [*Refusal] if there is none.
func CompanyOf(r store.Reader, clientID string) (store.Provider, error) {
	company, err := r.Provider(clientID)
	if err == nil && !slices.Contains(company.Through, through) {
		err = store.ErrNotFound
	}
	return company, missing(err, "This world has no GSP with this client id.")
}
