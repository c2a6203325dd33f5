// Package store keeps the records of a world: taxpayers, providers, users, invoices, and the flows that
// are under way. Code that decides something does so inside one Update, so that of two requests at the
// same time only one can win.
//
// The package has three layers. The records and the methods of Reader and Tx are what the rest of the
// simulator uses. A Kind describes each type of record once: its key, its indexes, the end of its life.
// A Backend keeps rows and knows nothing of taxpayers; NewMemory has the one that lives in memory, and New
// makes a Store of any other.
package store

import (
	"context"
	"errors"
	"math"
	"time"

	"github.com/nicsim/nicsim/simulator/nic"
)

// Errors of a Store; match with errors.Is.
var (
	ErrNotFound = errors.New("store: no such record")
	ErrExists   = errors.New("store: the record exists already")
	ErrFull     = errors.New("store: the disk is full")
	ErrTooMuch  = errors.New("store: the worlds have as many bytes of records as they may")
	ErrDropped  = errors.New("store: the world was reset or deleted meanwhile")
)

// Store runs units of work. It is safe for concurrent use.
//
// Units of Update run one after the other, and each sees all that the units before it wrote. When the
// function returns an error or panics, nothing that it wrote remains, numbers of Next included. When
// Update returns nil, all of it is kept. Records are values: a caller replaces a slice in a record
// that it read and never writes into it.
type Store interface {
	// View runs f on one consistent state of the store. It returns f's error.
	View(ctx context.Context, f func(Reader) error) error
	// Update runs f as one unit. It returns f's error, or the store's own.
	Update(ctx context.Context, f func(Tx) error) error
}

// Page is a part of a list. Its zero value is the whole list.
type Page struct {
	After string // the key of the record that the page follows; empty for the first page. See ErrNotFound.
	Limit int    // how many records there are at most; 0 for all
}

func (p Page) limit() int {
	if p.Limit == 0 {
		return math.MaxInt
	}
	return p.Limit
}

// Reader finds records. A method that looks for one record returns ErrNotFound when there is none. A list may be empty;
// its order is given at each method, and one that is named newest begins with the record that was added last.
type Reader interface {
	State() ([]byte, error) // what the world keeps of itself; package world knows its form
	// Records returns all records of a form, those of an environment in the order in which they were added.
	Records(f Form) ([]any, error)

	Snapshots() ([]Snapshot, error) // in the order in which their names were first taken
	SnapshotContent(name string) ([]byte, error)

	Taxpayer(gstin string) (Taxpayer, error)
	Taxpayers(Page) ([]Taxpayer, error)         // in the order in which they were added
	TaxpayersOf(pan string) ([]Taxpayer, error) // in the order in which they were added
	Organisation(pan string) (Organisation, error)
	Organisations(Page) ([]Organisation, error) // in the order in which they were added
	DirectAccess(pan string) (DirectAccess, error)
	DirectAccesses(Page) ([]DirectAccess, error) // in the order in which they were added

	Provider(clientID string) (Provider, error)
	ProviderOf(pan string) (Provider, error) // the first that was added
	Providers(Page) ([]Provider, error)      // in the order in which they were added
	Subscription(id string) (Subscription, error)
	SubscriptionOf(face, caller string) (Subscription, error)
	Subscriptions(Page) ([]Subscription, error) // in the order in which they were added

	PortalUser(username string) (PortalUser, error)
	PortalUserOf(gstin string) (PortalUser, error)
	PortalUsers(Page) ([]PortalUser, error) // in the order in which they were added

	APIUser(env nic.Environment, username string) (APIUser, error)   // in any case
	APIUsersOf(env nic.Environment, gstin string) ([]APIUser, error) // in the order in which they were added
	APIUsers(env nic.Environment, p Page) (newest []APIUser, err error)
	// APIUsersThrough returns the first limit API users of a provider, in the order in which they were added.
	APIUsersThrough(env nic.Environment, clientID string, limit int) ([]APIUser, error)
	CountAPIUsersThrough(env nic.Environment, clientID string, most int) (int, error) // most if there are more
	CountAPIUsers(env nic.Environment, most int) (int, error)                         // most if there are more

	Connection(id string) (Connection, error)
	ConnectionOf(env nic.Environment, clientID, gstin string) (Connection, error)
	ConnectionsOf(clientID string, p Page) ([]Connection, error) // in the order in which they were added

	Entries(log string, limit int) (newest []Entry, err error)
	OldestEntry(log string) (Entry, error)
	Captcha(id string) (Captcha, error)
	// Captchas returns those of the newest captchas that end after openAt, the newest first.
	Captchas(openAt time.Time, limit int) ([]Captcha, error)
	Flow(id string) (Flow, error)
	Session(env nic.Environment, token string) (Session, error)
	// SessionsOf returns the sessions of a user or, with an empty username, of a provider.
	SessionsOf(env nic.Environment, username, clientID string) ([]Session, error)
	Attempts(env nic.Environment, name string) (Attempts, error)
	Count(env nic.Environment, name string) (Count, error)

	Token(env nic.Environment, value string) (Token, error)
	TokenOf(env nic.Environment, clientID, username string) (Token, error)
	Invoice(env nic.Environment, irn string) (Invoice, error)
	InvoiceByDocument(env nic.Environment, key DocumentKey) (Invoice, error)
	Invoices(env nic.Environment, p Page) (newest []Invoice, err error)
	CountInvoices(env nic.Environment, most int) (int, error) // most if there are more
	// RejectedInvoices returns the invoices of a supplier that were rejected on a day of Indian Standard Time.
	RejectedInvoices(env nic.Environment, gstin string, day time.Time) ([]Invoice, error)
	EWayBill(env nic.Environment, no int64) (EWayBill, error)
	EWayBillOf(env nic.Environment, irn string) (EWayBill, error)    // the last that was added for the invoice
	EWayBillsOf(env nic.Environment, irn string) ([]EWayBill, error) // in the order in which they were added
}

// Tx is a Reader that also writes. Add returns ErrExists when the key is taken; Put adds or replaces. A value
// that is unique, such as the GSTIN of a portal user, is ErrExists in both when another record has it.
type Tx interface {
	Reader

	PutState([]byte) error
	AddRecord(f Form, json []byte) error // one of Records
	AddRecords(f Form, all []any) error  // what Records of another store returned; this one has none of the form
	Clear(f Form) error                  // deletes all of Records
	PutSnapshot(s Snapshot, content []byte) error
	DeleteSnapshot(name string) error
	AddTaxpayer(Taxpayer) error
	PutTaxpayer(Taxpayer) error
	DeleteTaxpayer(gstin string) error
	AddOrganisation(Organisation) error
	PutOrganisation(Organisation) error
	DeleteOrganisation(pan string) error
	PutDirectAccess(DirectAccess) error
	AddProvider(Provider) error
	PutProvider(Provider) error
	DeleteProvider(clientID string) error
	AddSubscription(Subscription) error
	DeleteSubscription(id string) error
	AddPortalUser(PortalUser) error // a GSTIN has one
	PutPortalUser(PortalUser) error
	DeletePortalUser(username string) error
	AddAPIUser(APIUser) error // a username is unique in its environment, without regard to case
	PutAPIUser(APIUser) error
	DeleteAPIUser(env nic.Environment, username string) error // in any case

	PutConnection(Connection) error // a GSP has one for a GSTIN in an environment
	DeleteConnection(id string) error

	// AddEntries numbers entries in their order. The entries before them have a number of bytes.
	AddEntries(log string, before int64, all ...[]byte) (last int64, err error)
	DeleteEntry(log string, no int64) error
	PutCaptcha(Captcha) error
	DeleteCaptcha(id string) error
	PutFlow(Flow) error
	PutSession(Session) error
	DeleteSession(env nic.Environment, token string) error
	PutAttempts(Attempts) error
	DeleteAttempts(env nic.Environment, name string) error
	PutCount(Count) error

	// Next counts up by one in a series of an environment, from 1. No two units that are kept have the same
	// number. The number of a unit that fails is given again, so it must not leave the unit before its end.
	Next(env nic.Environment, series string) (int64, error)
	PutToken(Token) error // replaces the one that its client and user had
	DeleteToken(env nic.Environment, value string) error
	AddInvoice(Invoice) error // a document has one
	PutInvoice(Invoice) error
	DeleteInvoice(env nic.Environment, irn string) error
	PutEWayBill(EWayBill) error

	// Sweep deletes the captchas, sessions, attempts, counts, tokens and unfinished flows that ended before the
	// given instant.
	Sweep(before time.Time) error
}
