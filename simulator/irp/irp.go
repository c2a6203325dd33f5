// Package irp answers the calls of the e-Invoice API, as NIC's Invoice Registration Portal
// (IRP) does: it logs programs in, registers, reads and cancels invoices, and makes e-way
// bills, with NIC's checks in NIC's order and NIC's codes and words.
//
// It does not use HTTP. A call gets the headers and the JSON of its envelope, in one
// consistent view of the store, and returns a value, an [Act] that writes, or a *Refusal.
package irp

import (
	"context"
	"crypto/rsa"
	"time"

	"github.com/nicsim/nicsim/simulator/irp/invoice"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/seal"
	"github.com/nicsim/nicsim/simulator/store"
	"github.com/nicsim/nicsim/simulator/world"
)

// Keys are the keys of an environment: Payload decrypts logins, Signer signs invoices. Foreign returns the payload key
// of the other environment, under which a login may be encrypted by mistake; it may be nil.
type Keys struct {
	Payload *rsa.PrivateKey
	Signer  *seal.Signer
	Foreign func() (*rsa.PrivateKey, error)
	// ForeignSigner returns the signer of the other environment, for worlds that are wrong on purpose.
	ForeignSigner func() (*seal.Signer, error)
}

// IRP is the API of an environment in one world. It is a value without state.
type IRP struct {
	world *world.World
	env   nic.Environment
	keys  Keys
	hsn   *invoice.HSN // nil: chapters and lengths are checked, not codes
	skew  time.Duration
}

// In returns the API of an environment in a world.
func In(w *world.World, env nic.Environment, keys Keys) IRP {
	return IRP{world: w, env: env, keys: keys}
}

// WithHSN returns the API with a list of all HSN codes.
func (i IRP) WithHSN(codes *invoice.HSN) IRP {
	i.hsn = codes
	return i
}

func (i IRP) now() time.Time { return i.world.Clock.Now().Add(i.skew) }

// since returns how many whole seconds ago a time was: times are stored to the second.
func (i IRP) since(t time.Time) time.Duration { return i.now().Truncate(time.Second).Sub(t) }

// Headers are the headers with which a caller identifies itself.
type Headers struct {
	ClientID      string
	ClientSecret  string
	GSTIN         string
	UserName      string
	AuthToken     string
	SupplierGSTIN string // sup_gstin: an operator acts for a supplier
	IRP           string // irp, in capital letters: the portal at which the call is made; empty: NIC1
}

// Refusal is an answer with Status 0. It is an outcome, not a failure.
type Refusal struct {
	Errors []Error // at least one
	Info   []Info
	Why    Diagnosis     // what the one that refuses knows of the cause; empty: Diagnose finds it
	Limit  bool          // it is of a limit or of a block
	Wait   time.Duration // how long to wait, if the answer is HTTP 429; 0 if it has NIC's code
}

// Error is one row of ErrorDetails, with members that only the journal shows.
type Error struct {
	Code    string
	Message string
	Path    string // JSON path in the invoice, or empty
	Rule    string // name of the rule, or empty
	Want    string // the value that would have passed, or empty
}

// Info is one row of InfoDtls.
type Info struct {
	InfCd string `json:"InfCd"`
	Desc  any    `json:"Desc"`
}

func (r *Refusal) Error() string { return r.Errors[0].Code + ": " + r.Errors[0].Message }

// refuse makes a refusal with NIC's message for a code. The arguments replace {0}, {1}.
func refuse(code string, arguments ...string) *Refusal {
	message, _ := nic.FillMessage(code, arguments...) // a test holds every code against NIC's list
	return &Refusal{Errors: []Error{{Code: code, Message: message}}}
}

// View is a caller with its request, and the consistent view of the store in which the caller was checked.
type View struct {
	Store   store.Reader
	Caller  Session
	Request []byte // the JSON that was sealed; nil for a GET
}

// Act finishes a call after its view has ended: it signs and writes.
type Act func(context.Context) (Answer, error)

// Answer is what a call returns inside its envelope.
type Answer struct {
	Value any
	Info  []Info
}

// Answered finishes a call that only reads.
func Answered(value any) Act {
	return func(context.Context) (Answer, error) { return Answer{Value: value}, nil }
}

// View runs f on a consistent view of the world's store.
func (i IRP) View(ctx context.Context, f func(store.Reader) error) error {
	return i.world.Store.View(ctx, f)
}

// update runs f as one unit of the store. If f refuses, what it wrote before is kept.
func (i IRP) update(ctx context.Context, f func(store.Tx) error) error {
	return store.Decide[*Refusal](ctx, i.world.Store, f)
}

// missing reports whether a record does not exist; any other error is a failure of the store.
func missing(err error) bool { return store.IsMissing(err) }
