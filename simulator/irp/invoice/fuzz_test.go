package invoice_test

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/nicsim/nicsim/simulator/irp/invoice"
)

// Every text gives either a document or violations; violations are complete; and a document can
// be judged, signed and read again with the same outcome.
func FuzzParse(f *testing.F) {
	f.Add([]byte(full))
	for _, supply := range supplies {
		d, err := invoice.Sample{Supply: supply, Today: now}.Document()
		if err != nil {
			f.Fatal(err)
		}
		f.Add(d.JSON())
	}
	f.Add([]byte(`{"ItemList":[{"SlNo":"1","Qty":1e400,"AssAmt":"007.10"},null],"version":"1.1","DocDtls":{"Typ":" inv"}}`))
	known := facts(f)
	f.Fuzz(func(t *testing.T, raw []byte) {
		d, violations := invoice.Parse(raw)
		if (d == nil) == (len(violations) == 0) {
			t.Fatalf("%v and %v", d, violations)
		}
		complete(t, violations)
		if d == nil {
			return
		}
		complete(t, invoice.Check(d, known))
		qr := d.QR(acknowledged)
		signed := d.SignedInvoice(acknowledged)
		if !json.Valid(signed) || !json.Valid(qr) {
			t.Fatalf("signed %s and %s", signed, qr)
		}
		if s := d.Shipment(); s != nil {
			complete(t, s.Check(known))
			s.ValidTill(now, nil)
		}
		again, violations := invoice.Parse(signed)
		if violations != nil {
			t.Fatalf("signed what is refused: %v in %s", violations, signed)
		}
		if !bytes.Equal(again.SignedInvoice(acknowledged), signed) || again.IRN(known.Book) != d.IRN(known.Book) {
			t.Fatalf("reading %s again changes it", signed)
		}
	})
}

func complete(t *testing.T, violations []invoice.Violation) {
	t.Helper()
	for _, f := range violations {
		if f.Code == "" || f.Message == "" || f.Rule == "" || f.Want == "" {
			t.Fatalf("incomplete violation %+v", f)
		}
	}
}

func FuzzParseEWayBill(f *testing.F) {
	f.Add([]byte(`{"Irn":"` + acknowledged.IRN + `","Distance":0,"TransMode":"1","VehNo":"KA01AB1234","VehType":"R"}`))
	f.Add([]byte(`{"Irn":"` + acknowledged.IRN +
		`","Distance":"12","TrnDocNo":"1","TrnDocDt":"31/02/2026","DispDtls":{"Nm":"abc","Addr1":"x","Loc":"abc","Pin":560001,"Stcd":"2"}}`))
	d, err := invoice.Sample{Supply: "EXPWP", Today: now}.Document()
	if err != nil {
		f.Fatal(err)
	}
	known := facts(f)
	f.Fuzz(func(t *testing.T, raw []byte) {
		r, violations := invoice.ParseEWayBill(raw)
		if (r == nil) == (len(violations) == 0) {
			t.Fatalf("%v and %v", r, violations)
		}
		complete(t, violations)
		if r != nil {
			s := r.Shipment(d)
			complete(t, s.Check(known))
			s.ValidTill(now, nil)
		}
	})
}
