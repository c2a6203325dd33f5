package invoice_test

import (
	"testing"

	"github.com/nicsim/nicsim/simulator/irp/invoice"
)

func TestSyntheticTaxpayersAreTheSameEveryTimeAndPass(t *testing.T) {
	one, ok := invoice.Synthetic(nobody)
	again, _ := invoice.Synthetic(nobody)
	if !ok || one != again || one.Status != "ACTIVE" || one.Type != "REG" || !one.EInvoiceEnabled || one.LegalName == "" ||
		one.Pincode == "" {
		t.Errorf("got %+v and %+v, %v", one, again, ok)
	}
	for gstin, want := range map[string]string{
		orchid: "TCS", wetlands: "TDS", "29AAFCC4321K000": "REG", // a dummy
		"29ABCCD1234E1Z9": "REG", // the check character is wrong, and not judged
		"39ABCCD1234E1Z1": "", "291111111111111": "", "": "", "URP": "", "29abccd1234e1z1": "",
	} {
		got, ok := invoice.Synthetic(gstin)
		if got.Type != want || ok != (want != "") {
			t.Errorf("%q is a %q, want %q", gstin, got.Type, want)
		}
	}

	doc := sample(t, "B2B")
	f := facts(t)
	f.Taxpayer = invoice.Synthetic
	edits{"BuyerDtls.Gstin": nobody}.apply(doc)
	wantViolations(t, judge(t, doc, f))
	edits{"BuyerDtls.Gstin": "291111111111111"}.apply(doc)
	wantViolations(t, judge(t, doc, f), "2288 BuyerDtls.Gstin")
}

// Whoever checks an invoice without a world knows nobody, and is told so.
func TestNobodyKnown(t *testing.T) {
	wantViolations(t, judge(t, sample(t, "B2B"),
		invoice.Facts{Requester: dakshin, Now: now, Settings: invoice.DefaultSettings()}),
		"3028 SellerDtls.Gstin", "3028 BuyerDtls.Gstin")
}
