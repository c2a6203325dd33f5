package invoice

import "github.com/nicsim/nicsim/simulator/irp/invoice/schema"

// Number is a number with the digits that the client sent.
type Number = schema.Number

// Document is an invoice, credit note or debit note in NIC's format INV-01, version 1.1. Names are
// NIC's, and so is the order: it is that of the signed invoice. Text that was not sent is empty;
// blocks that were not sent are nil.
type Document struct {
	Version     string
	TranDtls    Transaction
	DocDtls     Identity
	SellerDtls  Supplier
	BuyerDtls   Recipient
	DispDtls    *Dispatch
	ShipDtls    *ShipTo
	ItemList    []Line
	ValDtls     Totals
	PayDtls     *Payment
	RefDtls     *References
	AddlDocDtls []AdditionalDocument
	ExpDtls     *Export
	EwbDtls     *Transport
}

// Transaction is the type of the supply.
type Transaction struct {
	TaxSch      string // GST
	SupTyp      string // B2B, SEZWP, SEZWOP, EXPWP, EXPWOP or DEXP
	RegRev      string // Y: the recipient pays the tax
	EcmGstin    string // the e-commerce operator, when it registers the document
	IgstOnIntra string // Y: IGST though supplier and place of supply are in one state
}

// Identity names the document.
type Identity struct {
	Typ string // INV, CRN or DBN
	No  string
	Dt  string // dd/MM/yyyy
}

// Supplier is the seller.
type Supplier struct {
	Gstin, LglNm, TrdNm, Addr1, Addr2, Loc string
	Pin                                    Number
	Stcd                                   string // state code, of one digit or two
	Ph, Em                                 string
}

// Recipient is the buyer.
type Recipient struct {
	Gstin             string // or URP, an unregistered person: a buyer abroad
	LglNm, TrdNm      string
	Pos               string // place of supply, a state code
	Addr1, Addr2, Loc string
	Pin               Number
	Ph, Em, Stcd      string
}

// Dispatch is the place from which the goods leave, if it is not the supplier's.
type Dispatch struct {
	Nm, Addr1, Addr2, Loc string
	Pin                   Number
	Stcd                  string
}

// ShipTo is the place to which the goods go, if it is not the recipient's.
type ShipTo struct {
	Gstin, LglNm, TrdNm, Addr1, Addr2, Loc string
	Pin                                    Number
	Stcd                                   string
}

// Line is one line of the document. Amounts are rupees, rates are percent.
type Line struct {
	SlNo                                     string
	IsServc                                  string // Y or N
	PrdDesc, HsnCd, Barcde                   string
	Qty, FreeQty                             Number
	Unit                                     string
	UnitPrice, TotAmt, Discount, PreTaxVal   Number
	AssAmt                                   Number // taxable value
	GstRt                                    Number // CGST and SGST together, or IGST
	IgstAmt, CgstAmt, SgstAmt, CesRt, CesAmt Number
	CesNonAdvlAmt, StateCesRt, StateCesAmt   Number
	StateCesNonAdvlAmt, OthChrg, TotItemVal  Number
	OrdLineRef, OrgCntry, PrdSlNo            string
	BchDtls                                  *Batch
	AttribDtls                               []Attribute
}

// Batch is the batch of a line's goods.
type Batch struct {
	Nm, ExpDt, WrDt string
}

// Attribute is another property of a line.
type Attribute struct {
	Nm, Val string
}

// Totals are the sums of the document, in rupees.
type Totals struct {
	AssVal, CgstVal, SgstVal, IgstVal, CesVal Number
	StCesVal, Discount, OthChrg, RndOffAmt    Number
	TotInvVal, TotInvValFc                    Number
}

// Payment is how the document is to be paid.
type Payment struct {
	Nm, AccDet, Mode, FinInsBr, PayTerm, PayInstr string
	CrTrn, DirDr                                  string
	CrDay, PaidAmt, PaymtDue                      Number
}

// References are other documents to which this one refers.
type References struct {
	InvRm       string
	DocPerdDtls *Period
	PrecDocDtls []Preceding
	ContrDtls   []Contract
}

// Period is the period of the document.
type Period struct {
	InvStDt, InvEndDt string
}

// Preceding is a document that a credit or debit note corrects.
type Preceding struct {
	InvNo, InvDt, OthRefNo string
}

// Contract is an agreement to which the document refers.
type Contract struct {
	RecAdvRefr, RecAdvDt, TendRefr, ContrRefr string
	ExtRefr, ProjRefr, PORefr, PORefDt        string
}

// AdditionalDocument is a supporting document.
type AdditionalDocument struct {
	URL        string `json:"Url"`
	Docs, Info string
}

// Export is the customs data of an export.
type Export struct {
	ShipBNo, ShipBDt, Port, RefClm, ForCur, CntCode string
	ExpDuty                                         Number
}

// Transport is the data of an e-way bill that the document does not have. A document with it asks for the e-way bill.
type Transport struct {
	TransID    string `json:"TransId"`
	TransName  string
	TransMode  string // 1 road, 2 rail, 3 air, 4 ship
	Distance   Number // km; 0 lets the system compute it
	TransDocNo string `also:"TrnDocNo"`
	TransDocDt string `also:"TrnDocDt"`
	VehNo      string
	VehType    string // R regular, O over-dimensional cargo
}
