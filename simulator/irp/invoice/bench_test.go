package invoice_test

import (
	"fmt"
	"testing"

	"github.com/nicsim/nicsim/simulator/irp/invoice"
)

func ofLines(b *testing.B, count int) []byte {
	b.Helper()
	doc := sample(b, "B2B")
	var list []any
	for i := range count {
		l := line(fmt.Sprint(i + 1))
		l["PrdDesc"], l["TotAmt"], l["AssAmt"], l["CgstAmt"], l["SgstAmt"], l["TotItemVal"] = "Sample goods", n("1000.00"),
			n("1000.00"), n("90.00"), n("90.00"), n("1180.00")
		list = append(list, l)
	}
	doc["ItemList"] = list
	edits{"ValDtls.AssVal": n(fmt.Sprint(1000 * count)), "ValDtls.CgstVal": n(fmt.Sprint(90 * count)),
		"ValDtls.SgstVal":   n(fmt.Sprint(90 * count)),
		"ValDtls.TotInvVal": n(fmt.Sprint(1180 * count))}.apply(doc)
	return encode(b, doc)
}

// Registering without cryptography: read, judge, write the texts to be signed.
func BenchmarkJudge(b *testing.B) {
	known := facts(b)
	for _, count := range []int{1, 100, 1000} {
		text := ofLines(b, count)
		b.Run(fmt.Sprint(count), func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				d, violations := invoice.Parse(text)
				if violations != nil || len(invoice.Check(d, known)) > 0 {
					b.Fatal("refused")
				}
				d.SignedInvoice(acknowledged)
				d.QR(acknowledged)
			}
		})
	}
}
