package invoice

import (
	"errors"
	"fmt"
	"time"

	"github.com/nicsim/nicsim/simulator/irp/invoice/schema"
)

// Sample describes an invoice to be made.
type Sample struct {
	Supply string    // B2B when empty, SEZWP, SEZWOP, EXPWP, EXPWOP or DEXP
	Today  time.Time // the document's date, in India
	Number string    // of the document; made from the day when empty
	Seller Trader    // a taxpayer of the fixtures when empty
	Buyer  Trader    // a taxpayer of the fixtures when empty; for exports, a buyer abroad
}

// Trader is a party to a sample.
type Trader struct {
	GSTIN    string
	Name     string
	Address  string
	Location string
	PIN      string
}

// Default parties of samples: a firm, another in the same state, and a unit in an SEZ.
const (
	sampleSeller = "29ABCCD1234E1Z1"
	sampleBuyer  = "29ABCPD1234E2Z9"
	sampleSEZ    = "33ABCCZ1357A1ZQ"
)

// Document makes the smallest invoice of its type that passes every rule: one line of goods at 18 percent. The
// seller must not be the developer of an SEZ, which always charges IGST.
func (s Sample) Document() (*Document, error) {
	if s.Supply == "" {
		s.Supply = "B2B"
	}
	if !has(masters().SupplyTypes, s.Supply) {
		return nil, fmt.Errorf("making a sample: %q is no type of supply", s.Supply)
	}
	if s.Today.IsZero() {
		return nil, errors.New("making a sample: it needs a day")
	}
	if err := s.complete(); err != nil {
		return nil, fmt.Errorf("making a sample: %w", err)
	}
	d := &Document{
		Version:    "1.1",
		TranDtls:   Transaction{TaxSch: "GST", SupTyp: s.Supply},
		DocDtls:    Identity{Typ: "INV", No: s.Number, Dt: writeDay(s.Today)},
		SellerDtls: s.supplier(),
		BuyerDtls:  s.recipient(),
		ItemList: []Line{{
			SlNo: "1", IsServc: "N", PrdDesc: "Sample goods", HsnCd: "847130", Qty: digits("1"), Unit: "NOS",
			UnitPrice: digits("1000.00"), TotAmt: digits("1000.00"), AssAmt: digits("1000.00"), GstRt: digits("18"),
			TotItemVal: digits("1180.00"),
		}},
		ValDtls: Totals{AssVal: digits("1000.00"), TotInvVal: digits("1180.00")},
	}
	d.charge()
	return d, nil
}

// complete fills in the empty fields.
func (s *Sample) complete() error {
	if s.Number == "" {
		s.Number = "NS" + s.Today.Format("060102") + "-1"
	}
	if s.Seller == (Trader{}) {
		seller, err := FixtureTrader(sampleSeller)
		if err != nil {
			return err
		}
		s.Seller = seller
	}
	if s.Buyer == (Trader{}) {
		buyer, err := sampleBuyerOf(s.Supply)
		if err != nil {
			return err
		}
		if buyer.GSTIN == sampleBuyer && s.Seller.GSTIN == sampleBuyer {
			if buyer, err = FixtureTrader(sampleSeller); err != nil {
				return err
			}
		}
		s.Buyer = buyer
	}
	for _, p := range []Trader{s.Seller, s.Buyer} {
		if _, err := schema.NewNumber(p.PIN); err != nil {
			return fmt.Errorf("PIN code of %s: %w", p.GSTIN, err)
		}
	}
	return nil
}

func sampleBuyerOf(supply string) (Trader, error) {
	switch c := (Case{Document: &Document{TranDtls: Transaction{SupTyp: supply}}}); {
	case c.export():
		return Trader{unregistered, "Overseas Sample Buyer", "1 Harbour Road", "Dubai", noPIN}, nil
	case c.toSEZ():
		return FixtureTrader(sampleSEZ)
	}
	return FixtureTrader(sampleBuyer)
}

func (s *Sample) supplier() Supplier {
	p := s.Seller
	return Supplier{
		Gstin: p.GSTIN, LglNm: p.Name, Addr1: p.Address, Loc: p.Location, Pin: digits(p.PIN), Stcd: stateOf(p.GSTIN),
	}
}

func (s *Sample) recipient() Recipient {
	p := s.Buyer
	stateCode := stateOf(p.GSTIN)
	if p.GSTIN == unregistered {
		stateCode = foreign
	}
	return Recipient{
		Gstin: p.GSTIN, LglNm: p.Name, Pos: stateCode, Addr1: p.Address, Loc: p.Location, Pin: digits(p.PIN), Stcd: stateCode,
	}
}

// charge fills in the tax: 18 percent of 1000 rupees.
func (d *Document) charge() {
	l, v := &d.ItemList[0], &d.ValDtls
	switch c := (Case{Document: d}); {
	case c.withoutPayment():
		l.IgstAmt, v.IgstVal = digits("0"), digits("0")
		l.TotItemVal, v.TotInvVal = l.AssAmt, v.AssVal
	case c.intraState():
		l.CgstAmt, l.SgstAmt, v.CgstVal, v.SgstVal = digits("90.00"), digits("90.00"), digits("90.00"), digits("90.00")
	default:
		l.IgstAmt, v.IgstVal = digits("180.00"), digits("180.00")
	}
}

// digits makes a Number of a text that is known to be one.
func digits(s string) Number {
	n, err := schema.NewNumber(s)
	if err != nil {
		return Number{}
	}
	return n
}

// FixtureTrader makes a party of a taxpayer of the fixtures.
func FixtureTrader(gstin string) (Trader, error) {
	t, known, err := FindFixture(gstin)
	if err != nil {
		return Trader{}, err
	}
	if !known {
		return Trader{}, fmt.Errorf("the fixtures have no taxpayer %s", gstin)
	}
	a := t.Address
	return Trader{gstin, t.LegalName, a.Building + ", " + a.Street, a.Location, a.Pincode}, nil
}
