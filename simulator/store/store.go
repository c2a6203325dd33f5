// Package store keeps what a world must not lose: taxpayers, providers, users, and
// the flows that are under way. Code that decides something does it inside one
// Update, so that two people who click at once cannot both win.
package store

import (
	"context"
	"errors"
	"time"

	"github.com/nicsim/nicsim/simulator/nic"
)

// What an implementation answers; match with errors.Is.
var (
	ErrNotFound = errors.New("store: no such record")
	ErrExists   = errors.New("store: the record exists already")
)

// Store runs units of work. Implementations are safe for concurrent use.
//
// What every implementation promises: units of Update happen one after the other
// and each sees all that the ones before it wrote; when the function returns an
// error or panics, nothing that it wrote remains; when Update returns nil, all of
// it is kept. Records are values: a caller replaces a slice in a record that it
// read and never writes into it.
type Store interface {
	// View runs f on a consistent picture of the store. It returns f's error.
	View(ctx context.Context, f func(Reader) error) error
	// Update runs f as one unit. It returns f's error, or the store's own.
	Update(ctx context.Context, f func(Tx) error) error
}

// Reader finds records. A method that looks for one record returns ErrNotFound
// when there is none; lists come in a fixed order and may be empty.
type Reader interface {
	Taxpayer(gstin string) (Taxpayer, error)
	Taxpayers() ([]Taxpayer, error) // by GSTIN
	Organisation(pan string) (Organisation, error)
	Organisations() ([]Organisation, error) // by PAN
	DirectAccess(pan string) (DirectAccess, error)

	Provider(clientID string) (Provider, error)
	ProviderOf(pan string) (Provider, error) // the first that was added
	Providers() ([]Provider, error)          // in the order in which they were added

	PortalUser(username string) (PortalUser, error)
	PortalUserOf(gstin string) (PortalUser, error)
	PortalUsers() ([]PortalUser, error) // by username

	APIUser(env nic.Environment, username string) (APIUser, error)   // without regard to case
	APIUsersOf(env nic.Environment, gstin string) ([]APIUser, error) // in the order in which they were added
	APIUsers(env nic.Environment) ([]APIUser, error)                 // by username, without regard to case

	Captcha(id string) (Captcha, error)
	Captchas(openAt time.Time, limit int) ([]Captcha, error) // that are open then, the longest first
	Flow(id string) (Flow, error)
	Session(env nic.Environment, token string) (Session, error)
	Attempts(env nic.Environment, name string) (Attempts, error)

	Token(env nic.Environment, value string) (Token, error)
	TokenOf(env nic.Environment, clientID, username string) (Token, error)
	Invoice(env nic.Environment, irn string) (Invoice, error)
	InvoiceByDocument(env nic.Environment, key DocumentKey) (Invoice, error)
	InvoiceByEWayBill(env nic.Environment, no int64) (Invoice, error)
	// Invoices returns the limit that were added last, the newest first, and how many there are.
	Invoices(env nic.Environment, limit int) (newest []Invoice, total int, err error)
}

// Tx is a Reader that also writes. Add answers ErrExists when the key is taken;
// Put adds or replaces.
type Tx interface {
	Reader

	AddTaxpayer(Taxpayer) error
	PutTaxpayer(Taxpayer) error
	PutOrganisation(Organisation) error
	PutDirectAccess(DirectAccess) error
	AddProvider(Provider) error
	AddPortalUser(PortalUser) error // ErrExists also when the GSTIN has one
	PutPortalUser(PortalUser) error
	AddAPIUser(APIUser) error // ErrExists when anyone in the environment has the name
	PutAPIUser(APIUser) error

	PutCaptcha(Captcha) error
	DeleteCaptcha(id string) error
	PutFlow(Flow) error
	PutSession(Session) error
	DeleteSession(env nic.Environment, token string) error
	PutAttempts(Attempts) error
	DeleteAttempts(env nic.Environment, name string) error

	// Next counts up within a series of an environment, from 1. A number that was given
	// out is not given again, even when what it was for came to nothing.
	Next(env nic.Environment, series string) (int64, error)
	PutToken(Token) error // replaces the one that its client and user had
	AddInvoice(Invoice) error
	PutInvoice(Invoice) error

	// Sweep forgets captchas, sessions, attempts, tokens and unfinished flows whose
	// life ended before the given instant.
	Sweep(before time.Time) error
}
