package invoice_test

import (
	"testing"

	"github.com/nicsim/nicsim/simulator/irp/invoice"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/rulebook"
	"github.com/nicsim/nicsim/simulator/settings"
)

func TestSyntheticTaxpayersAreTheSameEveryTimeAndPass(t *testing.T) {
	one, ok := invoice.Synthetic(nobody)
	again, _ := invoice.Synthetic(nobody)
	if !ok || one != again || one.Status != "ACTIVE" || one.Type != "REG" || !one.EInvoiceEnabled || one.LegalName == "" ||
		one.Address.Building == "" || one.Address.Street == "" || one.Address.Location == "" || one.Address.Pincode == "" {
		t.Errorf("got %+v and %+v, %v", one, again, ok)
	}
	for gstin, want := range map[string]string{
		orchid: "TCS", wetlands: "TDS", "29AAFCC4321K000": "REG", // a dummy
		"29ABCCD1234E1Z9": "REG",                                               // the check character is wrong, and not judged
		"88AAFCC4321K1Z1": "REG", "88aafcc4321k1z1": "", "88AAFCC4321K0Z1": "", // transporters; the third has no number
		"39ABCCD1234E1Z1": "", "291111111111111": "", "": "", "URP": "", "29abccd1234e1z1": "",
	} {
		got, ok := invoice.Synthetic(gstin)
		if got.Type != want || ok != (want != "") {
			t.Errorf("%q is a %q, want %q", gstin, got.Type, want)
		}
	}

	doc := sample(t, "B2B")
	f := facts(t)
	for buyer, want := range map[string][]string{nobody: nil, "291111111111111": {"2288 BuyerDtls.Gstin"}} {
		edits{"BuyerDtls.Gstin": buyer}.apply(doc)
		verdict, err := invoice.Judge(encode(t, doc), f, func(gstin string) (invoice.Taxpayer, bool, error) {
			made, ok := invoice.Synthetic(gstin)
			return made, ok, nil
		})
		if err != nil {
			t.Fatal(err)
		}
		wantViolations(t, verdict.Violations, want...)
	}
}

// Without taxpayers, every GSTIN is unknown.
func TestNoTaxpayers(t *testing.T) {
	wantViolations(t, judge(t, sample(t, "B2B"),
		invoice.Facts{Requester: dakshin, Now: now, Book: rulebook.New(new(settings.Default()), nic.Sandbox, now)}),
		"3028 SellerDtls.Gstin", "3028 BuyerDtls.Gstin")
}
