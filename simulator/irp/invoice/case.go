package invoice

import (
	"slices"
	"strings"
	"time"

	"github.com/nicsim/nicsim/simulator/defect"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/rulebook"
)

// Case is a document with the facts that the rules ask for, looked up once.
type Case struct {
	*Document
	Facts   Facts            // the book is that of the document's date
	Figures rulebook.Figures // of the book

	// RetailPrice reports whether tax is due on the retail sale price (RSP) of a line, which is not in the document.
	RetailPrice bool

	Date      time.Time // of the document; zero when there is no such day
	Today     time.Time // midnight in India
	Supplier  Party
	Recipient Party
	ShipTo    Party
	Operator  Party // e-commerce operator
	Asking    Party // of the gstin header
}

// Party is the taxpayer of a GSTIN in the document.
type Party struct {
	Taxpayer
	Known                 bool
	Registered, Cancelled time.Time // midnight in India; zero when not known
}

// unregistered is the GSTIN of a party without registration.
const unregistered = "URP"

func newCase(d *Document, f Facts) *Case {
	c := &Case{Document: d, Facts: f}
	c.Date, _ = day(d.DocDtls.Dt)
	c.Facts.Book = f.Book.For(c.Date)
	c.Figures = c.Facts.Book.Figures()
	if c.Facts.Book.Wrong(defect.AgeForAll) {
		c.Figures.AATOThresholdCrore = 0
	}
	c.RetailPrice = c.soldOnRetailPrice()
	now := f.Now.In(nic.IST)
	c.Today = time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, nic.IST)
	c.Supplier = c.party(d.SellerDtls.Gstin)
	c.Recipient = c.party(d.BuyerDtls.Gstin)
	c.Operator = c.party(d.TranDtls.EcmGstin)
	c.Asking = c.party(f.Requester)
	if d.ShipDtls != nil {
		c.ShipTo = c.party(d.ShipDtls.Gstin)
	}
	return c
}

// party looks a party up. An enrolled transporter is not registered for supplies, and so is unknown.
func (c *Case) party(gstin string) Party {
	if nic.GSTIN(gstin).Enrolled() {
		return Party{}
	}
	t, known := c.Facts.Taxpayers[gstin]
	return Party{t, known, recorded(t.RegisteredOn), recorded(t.CancelledOn)}
}

// recorded reads a day of a taxpayer's record; zero for an empty one.
func recorded(s string) time.Time {
	t, err := time.ParseInLocation(time.DateOnly, s, nic.IST)
	if err != nil {
		return time.Time{}
	}
	return t
}

// day reads dd/MM/yyyy, at midnight in India.
func day(s string) (time.Time, bool) {
	t, err := time.ParseInLocation("02/01/2006", s, nic.IST)
	return t, err == nil
}

func writeDay(t time.Time) string { return t.In(nic.IST).Format("02/01/2006") }

// Kinds of supply.

func (c *Case) supply() string { return c.TranDtls.SupTyp }
func (c *Case) export() bool   { return c.supply() == "EXPWP" || c.supply() == "EXPWOP" }
func (c *Case) toSEZ() bool    { return c.supply() == "SEZWP" || c.supply() == "SEZWOP" }

// withoutPayment is a zero-rated supply under bond, for which no IGST is paid.
func (c *Case) withoutPayment() bool { return c.supply() == "EXPWOP" || c.supply() == "SEZWOP" }

func (c *Case) note() bool          { return c.DocDtls.Typ == "CRN" || c.DocDtls.Typ == "DBN" }
func (c *Case) reverseCharge() bool { return c.TranDtls.RegRev == "Y" }
func (c *Case) igstOnIntra() bool   { return c.TranDtls.IgstOnIntra == "Y" }

// intraState reports whether CGST and SGST are due, not IGST: the supplier's state is the place of supply
// (V31; the buyer's own state does not matter). Exports and supplies to an SEZ are inter-state
// (V32), a developer of an SEZ always charges IGST (V20), and IgstOnIntra overrides (V29).
func (c *Case) intraState() bool {
	return !c.export() && !c.toSEZ() && c.Supplier.Type != "SED" && !c.igstOnIntra() &&
		state(c.SellerDtls.Stcd) == state(defect.Pick(c.Facts.Book.Defects, defect.StateOfBuyer, c.BuyerDtls.Pos,
			c.BuyerDtls.Stcd))
}

// Kinds of lines.

// services is the HSN chapter of services.
const services = "99"

func (l *Line) goods() bool { return !strings.HasPrefix(l.HsnCd, services) }

func (c *Case) allServices() bool {
	return !slices.ContainsFunc(c.ItemList, func(l Line) bool { return l.goods() })
}

// State codes and PIN codes.

// foreign and noPIN are the state code and the PIN code of places outside India, otherTerritory is the state
// code of places in India that belong to no state.
const (
	foreign        = "96"
	noPIN          = "999999"
	otherTerritory = "97"
)

// state writes a state code with two digits: 2 and 02 are the same.
func state(code string) string {
	if len(code) == 1 {
		return "0" + code
	}
	return code
}

// stateOf is the state in a GSTIN.
func stateOf(gstin string) string { return gstin[:min(2, len(gstin))] }
