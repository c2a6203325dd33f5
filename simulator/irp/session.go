package irp

import (
	"bytes"
	"cmp"
	"crypto/subtle"
	"errors"
	"strings"
	"unicode/utf8"

	"github.com/nicsim/nicsim/simulator/defect"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/seal"
	"github.com/nicsim/nicsim/simulator/store"
)

// Access is how a system checks its callers, and the codes with which it refuses them.
type Access struct {
	client   string // for every client that is refused; empty: a code for each reason
	userName bool   // the user_name header is required
	portals  bool   // the header irp names a portal
	token    func(t store.Token, h Headers, expired bool, wrong *defect.Set) (code string)
	limited  string // a limit is exceeded
	noData   string // Data is empty
	sealed   string // Data cannot be decrypted
}

// The systems that can be called.
var (
	EInvoice = Access{
		userName: true, portals: true, limited: codeLimit, noData: codeNoData, sealed: codeSealedData,
		token: func(t store.Token, h Headers, expired bool, wrong *defect.Set) string {
			switch {
			case expired, t.ClientID != h.ClientID && !wrong.Has(defect.TokenOfOtherClient),
				t.Username != h.UserName && !wrong.Has(defect.TokenOfOtherUser):
				return codeBadToken
			case t.GSTIN != h.GSTIN && !wrong.Has(defect.TokenGSTINUnchecked):
				return codeOtherGSTIN
			}
			return ""
		},
	}
	EWayBillSystem = Access{
		client: codeEWBBadClient, limited: codeEWBLimit, noData: codeEWBSealedData, sealed: codeEWBSealedData,
		token: func(t store.Token, h Headers, expired bool, _ *defect.Set) string {
			switch {
			case t.ClientID != h.ClientID, t.GSTIN != h.GSTIN:
				return codeEWBBadToken
			case expired:
				return codeEWBTokenExpired
			}
			return ""
		},
	}
)

// Session is a caller with a valid token.
type Session struct {
	GSTIN    string // of the API user
	ClientID string
	Username string
	Supplier string // sup_gstin, when an operator acts for a supplier
	Portal   string // at which the call is made: NIC1 or NIC2
	sek      []byte
	garbled  bool // a fault damages what is sealed
	access   Access
}

// Session checks the client and the token of a call. Every call but an authentication begins with it.
func (i IRP) Session(r store.Reader, a Access, h Headers) (Session, error) {
	err := i.client(r, h)
	_, refused := errors.AsType[*Refusal](err)
	switch {
	case refused && a.client != "":
		return Session{}, refuse(a.client)
	case err != nil:
		return Session{}, err
	case a.userName && h.UserName == "":
		return Session{}, refuse(codeNoUserName)
	}
	token, err := r.Token(i.env, h.AuthToken) // the zero token belongs to no client
	if err != nil && !missing(err) {
		return Session{}, err
	}
	expired := !i.now().Before(token.ExpiresAt) && (err != nil || !i.wrong(defect.TokenOutlives))
	if code := a.token(token, h, expired, i.world.Defects()); code != "" {
		return Session{}, refuse(code)
	}
	portal := nic.NIC1
	if a.portals {
		if portal, err = i.portal(h.IRP); err != nil {
			return Session{}, err
		}
	}
	return Session{
		GSTIN: token.GSTIN, ClientID: token.ClientID, Username: token.Username, Supplier: h.SupplierGSTIN, Portal: portal,
		sek: token.SEK, access: a,
	}, nil
}

// client checks the client id and secret in the headers.
func (i IRP) client(r store.Reader, h Headers) error {
	switch {
	case h.ClientID == "" && !i.wrong(defect.ClientIDNotRequired):
		return refuse(codeNoClientID)
	case h.ClientSecret == "" && !i.wrong(defect.SecretNotRequired):
		return refuse(codeNoClientSecret)
	case h.GSTIN == "" && !i.wrong(defect.GSTINNotRequired):
		return refuse(codeNoGSTIN)
	}
	client, err := r.Provider(h.ClientID)
	if err != nil && !missing(err) {
		return err
	}
	same := subtle.ConstantTimeCompare([]byte(client.ClientSecret), []byte(h.ClientSecret)) == 1
	if err != nil || !same && !i.wrong(defect.SecretUnchecked) {
		return refuse(codeBadClient)
	}
	return nil
}

// seller is the GSTIN whose documents the caller asks for.
func (s Session) seller() string { return cmp.Or(s.Supplier, s.GSTIN) }

// owns reports whether the caller may act on an invoice: the supplier may, and the operator that
// registered it. A caller that names a supplier acts on that supplier's invoices only.
func (s Session) owns(v store.Invoice) bool {
	return (s.Supplier == "" || s.Supplier == v.SellerGSTIN) && (s.GSTIN == v.SellerGSTIN || s.GSTIN == v.OperatorGSTIN)
}

// sees reports whether the caller may read an invoice: the recipient may too.
func (s Session) sees(v store.Invoice) bool { return s.owns(v) || v.BuyerGSTIN == s.GSTIN }

// Open returns the JSON inside a request's Data.
func (s Session) Open(data string) ([]byte, error) {
	if data == "" {
		return nil, refuse(s.access.noData)
	}
	plain, err := seal.Decrypt(s.sek, data)
	if err != nil || garbage(plain) {
		return nil, refuse(s.access.sealed)
	}
	return plain, nil
}

// OpenAction opens the data of the e-way bill system's only action that is simulated. NIC's own sample has a blank
// behind the action.
func (s Session) OpenAction(action, data string) ([]byte, error) {
	switch strings.TrimSpace(action) {
	case "CANEWB":
		return s.Open(data)
	case "":
		return nil, refuse(codeEWBBadJSON)
	}
	return nil, refuse(codeEWBBadAction)
}

// garbage reports whether a plain text comes from another key. One time in 256 such a text has valid padding.
// Invalid JSON is no garbage: it gets its own refusal.
func garbage(plain []byte) bool {
	return !utf8.Valid(plain) && !bytes.HasPrefix(bytes.TrimSpace(plain), []byte("{"))
}

// AppendSealed appends an answer's Data to dst: its encrypted JSON.
func (s Session) AppendSealed(dst, plain []byte) ([]byte, error) {
	all, err := seal.AppendEncrypt(dst, s.sek, plain)
	if err == nil && s.garbled {
		garble(all[len(dst):])
	}
	return all, err
}
