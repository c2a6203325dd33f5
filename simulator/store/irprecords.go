package store

import (
	"time"

	"github.com/nicsim/nicsim/simulator/nic"
)

// Token is a login to the e-Invoice API.
type Token struct {
	Value       string          `json:"value,omitzero"` // 25 letters and digits, the AuthToken
	Environment nic.Environment `json:"environment,omitzero"`
	ClientID    string          `json:"clientId,omitzero"`
	Username    string          `json:"username,omitzero"`
	GSTIN       string          `json:"gstin,omitzero"`
	SEK         []byte          `json:"sek,omitzero"` // 32 bytes
	IssuedAt    time.Time       `json:"issuedAt,omitzero"`
	ExpiresAt   time.Time       `json:"expiresAt,omitzero"`

	AppKeys [][]byte       `json:"appKeys,omitzero"` // of the last logins that were given the token, the newest first
	Earlier []EarlierToken `json:"earlier,omitzero"` // the tokens that the user had before, the newest first
	Ended   string         `json:"ended,omitzero"`   // why it ended before its time, as the end of a sentence
}

// EarlierToken is a token that another one replaced.
type EarlierToken struct {
	Value   string    `json:"value,omitzero"`
	SEK     []byte    `json:"sek,omitzero"`
	Ended   time.Time `json:"ended,omitzero"`
	Expired bool      `json:"expired,omitzero"` // at Ended; otherwise it was replaced then
}

// Invoice is a registered invoice: what the registration answered, and what happened to it since. One that another IRP
// registered has no acknowledgement number and no signed texts.
type Invoice struct {
	IRN           string          `json:"irn,omitzero"` // 64 lower-case hexadecimal digits
	Environment   nic.Environment `json:"environment,omitzero"`
	IRP           string          `json:"irp,omitzero"` // NIC1 (also if empty) or NIC2, or the code of another IRP
	SellerGSTIN   string          `json:"sellerGstin,omitzero"`
	OperatorGSTIN string          `json:"operatorGstin,omitzero"` // the e-commerce operator that registered it, or empty
	BuyerGSTIN    string          `json:"buyerGstin,omitzero"`
	ClientID      string          `json:"clientId,omitzero"` // of the caller that registered it
	Username      string          `json:"username,omitzero"`
	Document      DocumentKey     `json:"document,omitzero"`
	AckNo         int64           `json:"ackNo,omitzero"` // 15 digits
	AckDt         time.Time       `json:"ackDt,omitzero"`
	SignedInvoice string          `json:"signedInvoice,omitzero"` // compact JWS
	SignedQRCode  string          `json:"signedQrCode,omitzero"`  // compact JWS
	Status        string          `json:"status,omitzero"`        // ACT or CNL
	CancelledAt   time.Time       `json:"cancelledAt,omitzero"`
	CancelReason  string          `json:"cancelReason,omitzero"` // 1 to 4, as NIC numbers them
	CancelRemarks string          `json:"cancelRemarks,omitzero"`
	RejectedAt    time.Time       `json:"rejectedAt,omitzero"`  // when the earlier registration by another IRP became known, or zero
	RejectedFor   string          `json:"rejectedFor,omitzero"` // the code of that IRP
}

// DocumentKey is the seller's name of a document.
type DocumentKey struct {
	GSTIN  string `json:"gstin,omitzero"`  // the seller's
	Type   string `json:"type,omitzero"`   // INV, CRN or DBN
	Number string `json:"number,omitzero"` // as hashed into the IRN
	Date   string `json:"date,omitzero"`   // dd/MM/yyyy
}

// EWayBill is an e-way bill: goods that move, with or without an invoice that is registered.
type EWayBill struct {
	No          int64           `json:"no,omitzero"` // 12 digits
	Environment nic.Environment `json:"environment,omitzero"`
	IRN         string          `json:"irn,omitzero"`         // of the invoice that the goods move with, or empty
	GeneratedBy string          `json:"generatedBy,omitzero"` // GSTIN
	At          time.Time       `json:"at,omitzero"`
	ValidTill   time.Time       `json:"validTill,omitzero"` // zero while only Part A is filled in
	Status      string          `json:"status,omitzero"`    // ACT or CNL
	Movements   []Movement      `json:"movements,omitzero"` // Part B, oldest first; empty while only Part A is filled in
}

// Movement is one leg of the way, as Part B of an e-way bill describes it.
type Movement struct {
	From     Place     `json:"from,omitzero"`
	To       Place     `json:"to,omitzero"`
	Mode     string    `json:"mode,omitzero"`     // 1 road, 2 rail, 3 air, 4 ship
	Vehicle  string    `json:"vehicle,omitzero"`  // registration number, by road
	Document string    `json:"document,omitzero"` // transport document, such as a railway receipt
	At       time.Time `json:"at,omitzero"`
}

// Place is an end of a movement.
type Place struct {
	Location string `json:"location,omitzero"`
	Pincode  string `json:"pincode,omitzero"`
}
