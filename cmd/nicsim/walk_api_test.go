package main

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/nicsim/nicsim/client"
)

// A walk accepts signatures only if they are valid and belong to the registered document.
func TestWalkVerifiesWhatItRegistered(t *testing.T) {
	_, out, _ := called(t.Context(), "walk", "--json", "--section", "1")
	var report walkReport
	if err := json.Unmarshal([]byte(out), &report); err != nil {
		t.Fatal(err)
	}
	control, err := client.NewControl(serve(t).urls.Control, client.Options{})
	if err != nil {
		t.Fatal(err)
	}
	last := report.lastInvoice()
	good := client.Invoice{IRN: last.IRN, SignedInvoice: last.SignedInvoice, SignedQRCode: last.SignedQRCode}
	for _, c := range []struct {
		name, environment string
		change            func(*client.Invoice, *registeredReport)
		violation         string
	}{
		{"as it came", "sandbox", func(*client.Invoice, *registeredReport) {}, ""},
		{"another environment's", "production", func(*client.Invoice, *registeredReport) {}, "SignedInvoice"},
		{"changed", "sandbox", func(i *client.Invoice, _ *registeredReport) {
			i.SignedQRCode = i.SignedQRCode[:len(i.SignedQRCode)-8] + "AAAAAAAA"
		}, "SignedQRCode"},
		{"not signed", "sandbox", func(i *client.Invoice, _ *registeredReport) { i.SignedQRCode = "" }, "SignedQRCode"},
		{"of another IRN", "sandbox", func(i *client.Invoice, _ *registeredReport) { i.IRN = strings.Repeat("0", 64) },
			"is for"},
		{"of another document", "sandbox", func(_ *client.Invoice, r *registeredReport) { r.Number = "WALK-1" }, "is for"},
	} {
		t.Run(c.name, func(t *testing.T) {
			registered, told := good, registeredReport{Number: last.Number}
			c.change(&registered, &told)
			_, err := apiWalk{control: control}.verify(t.Context(), c.environment, registered, &told)
			if (err == nil) != (c.violation == "") || err != nil && !strings.Contains(err.Error(), c.violation) {
				t.Errorf("error %v, want one with %q", err, c.violation)
			}
			if told.Verified != (err == nil) {
				t.Errorf("verified %t with error %v", told.Verified, err)
			}
		})
	}
}

// The developer of a special economic zone (SEZ) charges IGST within a state too; other samples do not.
func TestWalkUsesASupplyOfTheSeller(t *testing.T) {
	today := time.Date(2026, time.July, 15, 12, 0, 0, 0, time.UTC)
	for taxpayerType, supply := range map[string]string{"SED": "EXPWP", "REG": "B2B"} {
		document, err := apiWalk{number: "WALK-1"}.document(client.GSTINDetails{
			GSTIN: defaultGSTIN, LegalName: "Dakshin", Street: "Old Mill Road", Location: "Bengaluru", Pincode: 560001,
			TaxpayerType: taxpayerType,
		}, today)
		if err != nil {
			t.Fatal(err)
		}
		if document.TranDtls.SupTyp != supply || document.DocDtls.Dt != "15/07/2026" || document.DocDtls.No != "WALK-1" {
			t.Errorf("%s: %s %+v, want %s", taxpayerType, document.TranDtls.SupTyp, document.DocDtls, supply)
		}
	}
}

// A taxpayer's details from another API give a valid address too.
func TestAddressIsOneLine(t *testing.T) {
	for _, c := range []struct {
		taxpayer client.GSTINDetails
		want     string
	}{
		{client.GSTINDetails{BuildingName: "Plot 8", Street: "Dockyard Lane"}, "Plot 8, Dockyard Lane"},
		{client.GSTINDetails{Location: "Mumbai"}, "Mumbai"},
		{client.GSTINDetails{}, "India"},
		{client.GSTINDetails{Street: strings.Repeat("é", 200)}, strings.Repeat("é", 100)},
	} {
		if got := addressOf(c.taxpayer); got != c.want {
			t.Errorf("%+v: %q, want %q", c.taxpayer, got, c.want)
		}
	}
}
