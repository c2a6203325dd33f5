package irp

import (
	"context"

	"github.com/nicsim/nicsim/simulator/seal"
	"github.com/nicsim/nicsim/simulator/store"
)

// Session is a caller whose token is in force.
type Session struct {
	GSTIN    string // of the API user
	Supplier string // sup_gstin, when an operator acts for a supplier
	sek      []byte
}

// Session checks who calls: every call but an authentication begins with it.
func (i IRP) Session(ctx context.Context, h Headers) (Session, error) {
	client, err := i.client(ctx, h)
	if err != nil {
		return Session{}, err
	}
	if h.UserName == "" {
		return Session{}, refuse("1006")
	}
	var token store.Token
	err = i.view(ctx, func(r store.Reader) error {
		var err error
		token, err = r.Token(i.env, h.AuthToken)
		return err
	})
	switch {
	case err != nil && !missing(err):
		return Session{}, err
	case err != nil, !i.now().Before(token.ExpiresAt), token.Username != h.UserName, token.ClientID != client.ClientID:
		return Session{}, refuse("1005")
	case token.GSTIN != h.GSTIN:
		return Session{}, refuse("1015")
	}
	return Session{GSTIN: token.GSTIN, Supplier: h.SupplierGSTIN, sek: token.SEK}, nil
}

// Open returns the JSON inside a request's Data.
func (s Session) Open(data string) ([]byte, error) {
	if data == "" {
		return nil, refuse("5003")
	}
	plain, err := seal.Decrypt(s.sek, data)
	if err != nil {
		return nil, refuse("1020")
	}
	return plain, nil
}

// Seal returns what goes into an answer's Data.
func (s Session) Seal(plain []byte) (string, error) { return seal.Encrypt(s.sek, plain) }

// EWayBillSession is Session for the call in the E-Way Bill system's manner, which
// has no user_name header and codes of its own.
func (i IRP) EWayBillSession(ctx context.Context, h Headers) (Session, error) {
	if _, err := i.client(ctx, h); err != nil {
		return Session{}, refuse("110")
	}
	var token store.Token
	err := i.view(ctx, func(r store.Reader) error {
		var err error
		token, err = r.Token(i.env, h.AuthToken)
		return err
	})
	switch {
	case err != nil && !missing(err):
		return Session{}, err
	case err != nil, token.ClientID != h.ClientID, token.GSTIN != h.GSTIN:
		return Session{}, refuse("105")
	case !i.now().Before(token.ExpiresAt):
		return Session{}, refuse("106")
	}
	return Session{GSTIN: token.GSTIN, sek: token.SEK}, nil
}

// OpenAction returns what is inside the data of a CANEWB, the only action there is.
func (s Session) OpenAction(action, data string) ([]byte, error) {
	if action != "CANEWB" {
		return nil, refuse("100")
	}
	plain, err := seal.Decrypt(s.sek, data)
	if err != nil {
		return nil, refuse("109")
	}
	return plain, nil
}
