package gsp

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/store"
)

// MaxConnections is how many connections a GSP keeps.
const MaxConnections = 1000

// The longest texts of a connection, in bytes. NIC's own are shorter.
const (
	longestUsername = 64
	longestPassword = 128
)

// Entry is what a taxpayer enters.
type Entry struct {
	CompanyName string
	Environment string
	GSTIN       string
	Username    string
	Password    store.Password
}

// Held is a connection and the GSP that has it.
type Held struct {
	store.Connection
	Company store.Provider
}

// Enter keeps the details of a taxpayer, not tested yet. The error is a [*Refusal] that names each wrong field.
func Enter(tx store.Tx, e Entry, id string, now time.Time) (Held, error) {
	c := store.Connection{
		ID: id, Environment: nic.Environment(e.Environment), GSTIN: e.GSTIN, Username: e.Username, Password: e.Password,
		CreatedAt: now, Tested: store.Test{Status: NotTested},
	}
	var violations []Violation
	company, err := Company(tx, e.CompanyName)
	if unknown, ok := errors.AsType[*Refusal](err); ok {
		violations = append(violations, unknown.Violations...)
	} else if err != nil {
		return Held{}, err
	}
	if !slices.Contains(nic.Environments[:], c.Environment) {
		violations = append(violations,
			Violation{"environment", "environment-invalid", "The environment is sandbox or production."})
	}
	if c.GSTIN, err = gstinOf(e.GSTIN); err != nil {
		violations = append(violations, Violation{"gstin", "gstin-invalid", err.Error()})
	}
	if err := refused(append(violations, credentials(c)...)); err != nil {
		return Held{}, err
	}
	c.ClientID = company.ClientID
	of, err := tx.ConnectionsOf(c.ClientID, store.Page{})
	if err != nil {
		return Held{}, fmt.Errorf("listing the connections of a GSP: %w", err)
	}
	if len(of) >= MaxConnections {
		return Held{}, &Refusal{Kind: Full, Code: "connection-limit", Detail: fmt.Sprintf(
			"%s keeps the details of %d taxpayers and takes no more. Remove some.", company.CompanyName, MaxConnections)}
	}
	if err = tx.PutConnection(c); errors.Is(err, store.ErrExists) {
		err = exists(c, company)
	}
	return Held{c, company}, err
}

// Replace is Enter for a GSP that takes new details instead of those that it has.
func Replace(tx store.Tx, e Entry, id string, now time.Time) error {
	company, err := Company(tx, e.CompanyName)
	if err != nil {
		return err
	}
	held, err := tx.ConnectionOf(nic.Environment(e.Environment), company.ClientID, e.GSTIN)
	if err == nil {
		err = tx.DeleteConnection(held.ID)
	}
	if err != nil && !store.IsMissing(err) {
		return fmt.Errorf("replacing details: %w", err)
	}
	_, err = Enter(tx, e, id, now)
	return err
}

// exists refuses a second entry [SIM]: it would replace details that work.
func exists(c store.Connection, company store.Provider) error {
	detail := fmt.Sprintf("%s has details of %s for %s already. Change those.", company.CompanyName, c.GSTIN,
		c.Environment)
	return &Refusal{Exists, "connection-exists", detail, []Violation{{"gstin", "connection-exists", detail}}}
}

// gstinOf reads a GSTIN, or a dummy of the sandbox.
func gstinOf(text string) (string, error) {
	gstin, err := nic.ParseGSTIN(text)
	if err != nil {
		if dummy, wrong := nic.ParseDummyGSTIN(text); wrong == nil {
			return string(dummy), nil
		}
	}
	return string(gstin), err
}

// credentials checks the API user.
func credentials(c store.Connection) []Violation {
	var found []Violation
	need := func(field, text, name string, longest int) {
		switch {
		case text == "":
			found = append(found, Violation{field, field + "-missing", "Enter the API " + name + "."})
		case len(text) > longest:
			found = append(found, Violation{field, field + "-invalid",
				fmt.Sprintf("The API %s has at most %d bytes.", name, longest)})
		}
	}
	need("username", c.Username, "username", longestUsername)
	need("password", string(c.Password), "password", longestPassword)
	return found
}

// Company returns the GSP of a name. The error is a [*Refusal] if there is none.
func Company(r store.Reader, name string) (store.Provider, error) {
	all, err := Companies(r)
	if err != nil {
		return store.Provider{}, err
	}
	at := slices.IndexFunc(all, func(p store.Provider) bool { return p.CompanyName == name })
	if at < 0 {
		return store.Provider{}, refused([]Violation{{"companyName", "provider-unknown",
			"No GSP of this world has this name."}})
	}
	return all[at], nil
}

// Connections returns a page of the connections of GSPs: those of one after those of another, each in the order in
// which they were added. The error is [store.ErrNotFound] if After is not among them.
func Connections(r store.Reader, companies []store.Provider, p store.Page) (held []Held, err error) {
	if p.After != "" {
		last, err := r.Connection(p.After)
		at := slices.IndexFunc(companies, func(c store.Provider) bool { return c.ClientID == last.ClientID })
		if err != nil || at < 0 {
			return nil, cmp.Or(err, store.ErrNotFound)
		}
		companies = companies[at:]
	}
	for _, company := range companies {
		of, err := r.ConnectionsOf(company.ClientID, store.Page{After: p.After, Limit: p.Limit - len(held)})
		if err != nil {
			return nil, fmt.Errorf("listing the connections of a GSP: %w", err)
		}
		for _, c := range of {
			held = append(held, Held{c, company})
		}
		if p.After = ""; len(held) == p.Limit {
			break
		}
	}
	return held, nil
}

// Find returns a connection. The error is a [*Refusal] if the world does not have it, or its GSP.
func Find(r store.Reader, id string) (h Held, err error) {
	h.Connection, err = r.Connection(id)
	if err := missing(err, "This world has no connection with this id."); err != nil {
		return h, err
	}
	h.Company, err = r.Provider(h.ClientID)
	return h, missing(err, "The GSP of this connection was removed from the world.")
}

// Change replaces the API user of a connection, which is not tested then.
func Change(tx store.Tx, id, username string, password store.Password) (Held, error) {
	h, err := Find(tx, id)
	if err != nil {
		return h, err
	}
	h.Username, h.Password, h.Tested = username, password, store.Test{Status: NotTested}
	if err := refused(credentials(h.Connection)); err != nil {
		return h, err
	}
	return h, tx.PutConnection(h.Connection)
}

// Remove removes a connection. What was registered with it stays at NIC.
func Remove(tx store.Tx, id string) error {
	_, err := tx.Connection(id)
	if err := missing(err, "This world has no connection with this id."); err != nil {
		return err
	}
	return tx.DeleteConnection(id)
}
