package invoice_test

import (
	"testing"

	"github.com/nicsim/nicsim/simulator/irp/invoice"
)

var supplies = []string{"B2B", "SEZWP", "SEZWOP", "EXPWP", "EXPWOP", "DEXP"}

func TestSamplesPass(t *testing.T) {
	for _, supply := range supplies {
		t.Run(supply, func(t *testing.T) {
			wantViolations(t, judge(t, sample(t, supply), facts(t)))
		})
	}
	t.Run("between states", func(t *testing.T) {
		d, err := invoice.Sample{Today: now, Number: "A/1", Buyer: invoice.Trader{
			GSTIN: gulmohar, Name: "Gulmohar", Address: "Stall 31", Location: "New Delhi", PIN: "110005",
		}}.Document()
		if err != nil {
			t.Fatal(err)
		}
		wantViolations(t, judge(t, decode(t, d.JSON()), facts(t)))
		if d.ItemList[0].IgstAmt.String() != "180.00" {
			t.Errorf("IGST is %q", d.ItemList[0].IgstAmt)
		}
	})
}

func TestSampleRefuses(t *testing.T) {
	for name, s := range map[string]invoice.Sample{
		"supply": {Supply: "B2C", Today: now},
		"no day": {},
		"PIN":    {Today: now, Buyer: invoice.Trader{GSTIN: gulmohar, PIN: "11 00 05"}},
	} {
		if d, err := s.Document(); err == nil {
			t.Errorf("%s: made %s", name, d.JSON())
		}
	}
}

// The sample's seller never sells to itself.
func TestSampleOfTheUsualBuyer(t *testing.T) {
	const usual, other = "29ABCPD1234E2Z9", "29ABCCD1234E1Z1"
	for _, c := range []struct{ seller, buyer string }{{usual, other}, {other, usual}, {gulmohar, usual}} {
		seller, err := invoice.FixtureTrader(c.seller)
		if err != nil {
			t.Fatal(err)
		}
		d, err := invoice.Sample{Supply: "B2B", Today: now, Seller: seller}.Document()
		if err != nil || d.BuyerDtls.Gstin != c.buyer {
			t.Errorf("%s sells to %+v, %v; want %s", c.seller, d, err, c.buyer)
		}
	}
}
