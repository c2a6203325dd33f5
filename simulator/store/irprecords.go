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
}

// Invoice is a registered invoice: what generate answered, and what happened since.
type Invoice struct {
	IRN           string // 64 lower-case hexadecimal digits
	Environment   nic.Environment
	SellerGSTIN   string
	OperatorGSTIN string // the e-commerce operator that registered it, or empty
	BuyerGSTIN    string
	Document      DocumentKey
	AckNo         int64 // 15 digits
	AckDt         time.Time
	SignedInvoice string // compact JWS
	SignedQRCode  string // compact JWS
	Status        string // ACT or CNL
	CancelledAt   time.Time
	EWayBill      EWayBill // No is 0 while there is none
	Remarks       string
}

// DocumentKey is how a taxpayer names a document.
type DocumentKey struct {
	GSTIN  string // the seller's
	Type   string // INV, CRN or DBN
	Number string // as hashed into the IRN
	Date   string // dd/MM/yyyy
}

// EWayBill is the e-way bill of an invoice.
type EWayBill struct {
	No          int64 // 12 digits
	GeneratedBy string
	At          time.Time
	ValidTill   time.Time // zero while only Part A is filled in
	Status      string    // ACT or CNL
}
