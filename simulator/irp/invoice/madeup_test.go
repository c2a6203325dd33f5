package invoice_test

import (
	"testing"

	"github.com/nicsim/nicsim/fixtures"
	"github.com/nicsim/nicsim/simulator/irp/invoice"
)

func TestMadeUpTaxpayersHaveAnAddressInTheirState(t *testing.T) {
	masters, err := fixtures.LoadMasters()
	if err != nil {
		t.Fatal(err)
	}
	for code, state := range masters.States {
		gstin := code + "AAPFU0939F1ZV" // the check character is not judged
		got, ok := invoice.Synthetic(gstin)
		again, _ := invoice.Synthetic(gstin)
		if got != again {
			t.Errorf("%s is made up as %+v and as %+v", gstin, got, again)
		}
		if !ok { // no taxpayer registers there
			continue
		}
		a := got.Address
		if a.Building == "" || a.Street == "" || a.Location != state.City || a.Pincode != state.Pincode {
			t.Errorf("the address of %s is %+v; want one in %s %s", gstin, a, state.City, state.Pincode)
		}
	}
	got, ok := invoice.Synthetic("88AAPFU0939F1ZV")
	if a := got.Address; !ok || !got.TransporterOnly || got.EInvoiceEnabled || a.Building == "" || a.Street == "" ||
		a.Location == "" || a.Pincode == "" {
		t.Errorf("an enrolled transporter is made up as %+v, %v", got, ok)
	}
	if got, ok := invoice.Synthetic("27"); ok {
		t.Errorf("27 is made up as %+v", got)
	}
}
