package invoice

import (
	_ "embed"
	"sync"
	"time"

	"github.com/nicsim/nicsim/simulator/defect"
	"github.com/nicsim/nicsim/simulator/irp/invoice/schema"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/rulebook"
)

// Shipment is the subject of an e-way bill: a document, its transport, and the places between which the goods
// move. [Document.Shipment] makes one of a document that asks for its e-way bill, and
// [EWayBillRequest.Shipment] of a later request for a registered document.
type Shipment struct {
	*Document
	Transport
	ShipTo   *ShipTo   // nil: the goods go to the recipient
	Dispatch *Dispatch // nil: the goods leave from the supplier

	transportAt string // path of Transport, with a point at the end
	shipToAt    string // path of ShipTo
	facts       Facts  // this and the following are set while the rules are applied
	figures     rulebook.Figures
	date, today time.Time
}

// Shipment returns the e-way bill part of a document; nil when none is asked for.
func (d *Document) Shipment() *Shipment {
	if d.EwbDtls == nil {
		return nil
	}
	return &Shipment{
		Document: d, Transport: *d.EwbDtls, ShipTo: d.ShipDtls, Dispatch: d.DispDtls,
		transportAt: "EwbDtls.", shipToAt: "ShipDtls",
	}
}

// EWayBillRequest asks for the e-way bill of a registered document. Names are NIC's.
type EWayBillRequest struct {
	Irn         string
	Distance    Number
	TransMode   string
	TransID     string `json:"TransId"`
	TransName   string
	TransDocDt  string `also:"TrnDocDt"` // dd/MM/yyyy
	TransDocNo  string `also:"TrnDocNo"`
	VehNo       string
	VehType     string
	ExpShipDtls *ExportShipTo // the Indian port that the goods of an export go to
	DispDtls    *Dispatch
}

// ExportShipTo is the place in India from which an export leaves.
type ExportShipTo struct {
	Gstin, TrdNm, Addr1, Addr2, Loc string
	Pin                             Number
	Stcd                            string
}

//go:embed ewaybill_fields.csv
var ewayBillFieldsCSV []byte

var ewayBillSchema = sync.OnceValue(func() *schema.Schema {
	return must(schema.Compile(EWayBillFields(), EWayBillRequest{}))
})

// EWayBillFields returns the schema of a request for an e-way bill, a row for each field.
func EWayBillFields() []schema.Field { return must(schema.Fields(ewayBillFieldsCSV)) }

// ParseEWayBill reads the JSON of a request for the e-way bill of a registered document, as [Parse]
// reads a document. TrnDocNo and TrnDocDt, names of older versions, count when TransDocNo and
// TransDocDt are not there.
func ParseEWayBill(raw []byte) (*EWayBillRequest, []Violation) {
	r := new(EWayBillRequest)
	if violations := parse(raw, ewayBillSchema(), r); violations != nil {
		return nil, violations
	}
	return r, nil
}

// Shipment joins a request with the registered document. Places in the request replace the document's.
func (r *EWayBillRequest) Shipment(d *Document) *Shipment {
	s := &Shipment{
		Document: d, ShipTo: d.ShipDtls, Dispatch: d.DispDtls, shipToAt: "ExpShipDtls",
		Transport: Transport{
			TransID: r.TransID, TransName: r.TransName, TransMode: r.TransMode, Distance: r.Distance,
			TransDocNo: r.TransDocNo, TransDocDt: r.TransDocDt, VehNo: r.VehNo, VehType: r.VehType,
		},
	}
	if p := r.ExpShipDtls; p != nil {
		s.ShipTo = &ShipTo{Gstin: p.Gstin, TrdNm: p.TrdNm, Addr1: p.Addr1, Addr2: p.Addr2, Loc: p.Loc, Pin: p.Pin,
			Stcd: p.Stcd}
	}
	if r.DispDtls != nil {
		s.Dispatch = r.DispDtls
	}
	return s
}

// Check applies the rules of e-way bills and returns every violation, in their order, up to a rule that ends the
// checks. A document with violations gets its IRN, but no e-way bill.
func (s *Shipment) Check(f Facts) []Violation {
	c := newCase(s.Document, f)
	checked := *s
	checked.facts, checked.figures, checked.date, checked.today = c.Facts, c.Figures, c.Date, c.Today
	w := writer{book: c.Facts.Book, line: -1}
	no := w.refuse
	for i := range shipmentRules {
		if w.rule = &shipmentRules[i]; c.Facts.Book.InForce(w.rule.history) {
			w.rule.shipment(&checked, no)
		}
		if w.rule.Ends && len(w.violations) > 0 {
			break
		}
	}
	return w.violations
}

// Kilometres is the distance of the e-way bill: the one that was sent, or, for 0, the one between the
// PIN codes, in which case computed is true.
func (s *Shipment) Kilometres() (km int, computed bool) {
	if sent := s.Distance.Int(); sent > 0 {
		return sent, false
	}
	km, _ = Distance(s.from().Int(), s.to().Int())
	return km, true
}

// ValidTill is when an e-way bill made at a moment ends: at 23:59 after one day for every 200 km
// begun, or for every 20 km of over-dimensional cargo. With Part A alone, the transporter's id, it has
// not begun, and the time is zero.
func (s *Shipment) ValidTill(made time.Time, wrong *defect.Set) time.Time {
	if s.TransMode == "" && !wrong.Has(defect.EWayBillPartAValid) {
		return time.Time{}
	}
	km, _ := s.Kilometres()
	perDay := defect.Pick(wrong, defect.EWayBillPerDay, 200, 100)
	if s.VehType == overDimensional {
		perDay = 20
	}
	days := max(1, (km+perDay-1)/perDay)
	made = made.In(nic.IST)
	return time.Date(made.Year(), made.Month(), made.Day()+days, 23, 59, 0, 0, nic.IST)
}

func (s *Shipment) export() bool { return (&Case{Document: s.Document}).export() }

// from and to are the PIN codes between which the goods move; to is not sent when a recipient abroad
// has none.

func (s *Shipment) from() Number {
	if s.Dispatch != nil {
		return s.Dispatch.Pin
	}
	return s.SellerDtls.Pin
}

func (s *Shipment) to() Number {
	if s.ShipTo != nil {
		return s.ShipTo.Pin
	}
	return s.BuyerDtls.Pin
}
