package store

import (
	"time"

	"github.com/nicsim/nicsim/simulator/nic"
)

// Token is a login to the e-Invoice API.
type Token struct {
	Value       string // 25 letters and digits, the AuthToken
	Environment nic.Environment
	ClientID    string
	Username    string
	GSTIN       string
	SEK         []byte // 32 bytes
	IssuedAt    time.Time
	ExpiresAt   time.Time

	AppKeys [][]byte       // of the last logins that were given the token, the newest first
	Earlier []EarlierToken // the tokens that the user had before, the newest first
	Ended   string         // why the token ended before its time, as the end of a sentence; empty: it did not
}

// EarlierToken is a token that another one replaced.
type EarlierToken struct {
	Value   string
	SEK     []byte
	Ended   time.Time
	Expired bool // at Ended; otherwise it was replaced then
}

// Invoice is a registered invoice: what the registration answered, and what happened to it since. One that another IRP
// registered has no acknowledgement number and no signed texts.
type Invoice struct {
	IRN           string // 64 lower-case hexadecimal digits
	Environment   nic.Environment
	IRP           string // where it was registered: NIC1 or NIC2, or the code of another IRP; empty: NIC1
	SellerGSTIN   string
	OperatorGSTIN string // the e-commerce operator that registered it, or empty
	BuyerGSTIN    string
	ClientID      string // of the caller that registered it
	Username      string
	Document      DocumentKey
	AckNo         int64 // 15 digits
	AckDt         time.Time
	SignedInvoice string // compact JWS
	SignedQRCode  string // compact JWS
	Status        string // ACT or CNL
	CancelledAt   time.Time
	CancelReason  string // 1 to 4, as NIC numbers them
	CancelRemarks string
	RejectedAt    time.Time // when another IRP's earlier registration of the number became known; zero: none is known
	RejectedFor   string    // the code of that IRP
}

// DocumentKey is the seller's name of a document.
type DocumentKey struct {
	GSTIN  string // the seller's
	Type   string // INV, CRN or DBN
	Number string // as hashed into the IRN
	Date   string // dd/MM/yyyy
}

// EWayBill is an e-way bill: goods that move, with or without an invoice that is registered.
type EWayBill struct {
	No          int64 // 12 digits
	Environment nic.Environment
	IRN         string // of the invoice that the goods move with, or empty
	GeneratedBy string // GSTIN
	At          time.Time
	ValidTill   time.Time  // zero while only Part A is filled in
	Status      string     // ACT or CNL
	Movements   []Movement // Part B, oldest first; empty while only Part A is filled in
}

// Movement is one leg of the way, as Part B of an e-way bill describes it.
type Movement struct {
	From, To Place
	Mode     string // 1 road, 2 rail, 3 air, 4 ship
	Vehicle  string // registration number, by road
	Document string // transport document, such as a railway receipt
	At       time.Time
}

// Place is an end of a movement.
type Place struct{ Location, Pincode string }
