package invoice

import (
	"cmp"
	"fmt"

	"github.com/nicsim/nicsim/simulator/defect"
)

// Verdict is what the portal finds in a document.
type Verdict struct {
	Document   *Document   // nil if the schema refuses it
	Violations []Violation // of the schema or, if it has none, of the rules; none: the document gets its IRN
	EWayBill   []Violation // of the e-way bill part; none, where there is such a part: the e-way bill comes with the IRN
}

// Registers reports whether the document gets an IRN, unless its number is registered already.
func (v Verdict) Registers() bool { return len(v.Violations) == 0 }

// Find looks a GSTIN up among the registered taxpayers.
type Find func(gstin string) (t Taxpayer, known bool, err error)

// Judge reads the JSON of an invoice and applies the schema, then the rules, and to the e-way bill part the rules
// of e-way bills. It fills in the taxpayers of the facts. Without a requester, the supplier is the requester. The
// error is one of find.
func Judge(raw []byte, f Facts, find Find) (Verdict, error) {
	d, violations := Parse(raw)
	if d == nil {
		if len(violations) > 1 && f.Book.Wrong(defect.SchemaFirstOnly) {
			violations = violations[:1]
		}
		return Verdict{Violations: violations}, nil
	}
	f.Requester = cmp.Or(f.Requester, d.SellerDtls.Gstin)
	shipment := d.Shipment()
	if err := f.lookUp(find, d, shipment); err != nil {
		return Verdict{}, err
	}
	v := Verdict{Document: d, Violations: Check(d, f)}
	if len(v.Violations) > 1 && f.Book.Wrong(defect.FirstViolationOnly) {
		v.Violations = v.Violations[:1]
	}
	if shipment != nil {
		v.EWayBill = shipment.Check(f)
	}
	return v, nil
}

// Judge applies the rules of e-way bills to a shipment, as the function [Judge] does.
func (s *Shipment) Judge(f Facts, find Find) ([]Violation, error) {
	if err := f.lookUp(find, s.Document, s); err != nil {
		return nil, err
	}
	return s.Check(f), nil
}

// lookUp fills in the taxpayers of a document, its requester and its shipment.
func (f *Facts) lookUp(find Find, d *Document, s *Shipment) error {
	gstins := []string{f.Requester, d.SellerDtls.Gstin, d.BuyerDtls.Gstin, d.TranDtls.EcmGstin}
	if d.ShipDtls != nil {
		gstins = append(gstins, d.ShipDtls.Gstin)
	}
	if s != nil {
		gstins = append(gstins, s.TransID)
	}
	f.Taxpayers = make(map[string]Taxpayer, len(gstins))
	for _, gstin := range gstins {
		if _, found := f.Taxpayers[gstin]; found || gstin == "" || gstin == unregistered {
			continue
		}
		t, known, err := find(gstin)
		if err != nil {
			return fmt.Errorf("looking up %s: %w", gstin, err)
		}
		if known {
			f.Taxpayers[gstin] = t
		}
	}
	return nil
}
