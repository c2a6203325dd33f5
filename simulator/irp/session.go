package irp

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"unicode/utf8"

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
		return Session{}, refuse(codeNoUserName)
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
		return Session{}, refuse(codeBadToken)
	case token.GSTIN != h.GSTIN:
		return Session{}, refuse(codeOtherGSTIN)
	}
	return Session{GSTIN: token.GSTIN, Supplier: h.SupplierGSTIN, sek: token.SEK}, nil
}

// seller is whose documents the caller speaks of.
func (s Session) seller() string { return cmp.Or(s.Supplier, s.GSTIN) }

// owns tells whether the caller may act on an invoice: its supplier may, and the
// operator that registered it. Who names a supplier means that one's invoices alone.
func (s Session) owns(v store.Invoice) bool {
	return (s.Supplier == "" || s.Supplier == v.SellerGSTIN) && (s.GSTIN == v.SellerGSTIN || s.GSTIN == v.OperatorGSTIN)
}

// sees tells whether the caller may read an invoice: the recipient may too.
func (s Session) sees(v store.Invoice) bool { return s.owns(v) || v.BuyerGSTIN == s.GSTIN }

// Open returns the JSON inside a request's Data.
func (s Session) Open(data string) ([]byte, error) {
	if data == "" {
		return nil, refuse(codeNoData)
	}
	plain, err := seal.Decrypt(s.sek, data)
	if err != nil || garbage(plain) {
		return nil, refuse(codeSealedData)
	}
	return plain, nil
}

// garbage tells what another key leaves behind, when its padding is good by chance as
// one time in 256, from JSON with a violation.
func garbage(plain []byte) bool {
	return !utf8.Valid(plain) && !bytes.HasPrefix(bytes.TrimSpace(plain), []byte("{"))
}

// Seal returns what goes into an answer's Data.
func (s Session) Seal(plain []byte) (string, error) { return seal.Encrypt(s.sek, plain) }

// EWayBillSession is Session for the call in the E-Way Bill system's manner, which
// has no user_name header and codes of its own.
func (i IRP) EWayBillSession(ctx context.Context, h Headers) (Session, error) {
	_, err := i.client(ctx, h)
	if _, refused := errors.AsType[*Refusal](err); refused {
		return Session{}, refuse(codeEWBBadClient)
	}
	if err != nil {
		return Session{}, err
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
	case err != nil, token.ClientID != h.ClientID, token.GSTIN != h.GSTIN:
		return Session{}, refuse(codeEWBBadToken)
	case !i.now().Before(token.ExpiresAt):
		return Session{}, refuse(codeEWBTokenExpired)
	}
	return Session{GSTIN: token.GSTIN, sek: token.SEK}, nil
}

// OpenAction returns what is inside the data of a CANEWB, the only action there is.
func (s Session) OpenAction(action, data string) ([]byte, error) {
	if action != "CANEWB" {
		return nil, refuse(codeEWBBadJSON)
	}
	plain, err := seal.Decrypt(s.sek, data)
	if err != nil || garbage(plain) {
		return nil, refuse(codeEWBSealedData)
	}
	return plain, nil
}
