package invoice

import (
	"strconv"
	"strings"
	"time"

	"github.com/nicsim/nicsim/simulator/defect"
	"github.com/nicsim/nicsim/simulator/irp/invoice/schema"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/rulebook"
)

// Acknowledgement is the data that NIC adds to a registered document.
type Acknowledgement struct {
	No  int64     // 15 digits
	At  time.Time // written to the second, in Indian time
	IRN string

	Defects *defect.Set // of the world that signs; nil for none
}

const moment = "2006-01-02 15:04:05"

// IRN computes the document's invoice reference number under the rules of a book. The document must have passed
// [Check].
func (d *Document) IRN(b rulebook.Book) string {
	at, _ := day(d.DocDtls.Dt)
	year, kind := nic.FinancialYear(at), d.DocDtls.Typ
	if b.Wrong(defect.IRNCalendarYear) {
		year = strconv.Itoa(at.Year())
	}
	if b.Wrong(defect.IRNWithoutType) {
		kind = ""
	}
	return nic.IRN(d.SellerDtls.Gstin, year, kind, NumberInIRN(d.DocDtls.No, b))
}

// NumberInIRN is a document number as it goes into the IRN under the rules of a book: in capital letters, so that
// abc and ABC are one document, or as it was sent.
func NumberInIRN(number string, b rulebook.Book) string {
	if b.Holds(ruleUpperCased) {
		return strings.ToUpper(number)
	}
	return number
}

// SignedInvoice is the text under NIC's signature: the acknowledgement first, then the document in
// NIC's order, without the members that were not sent, numbers with the digits that were sent. Each line begins
// with ItemNo 0, as in all tokens since 2021.
func (d *Document) SignedInvoice(a Acknowledgement) []byte {
	ack := append([]byte(`"AckNo":`), strconv.FormatInt(a.No, 10)...)
	ack = append(ack, `,"AckDt":"`+a.At.In(nic.IST).Format(moment)+`","Irn":"`+a.IRN+`"`...)
	added := map[string]string{"": string(ack), "ItemList[]": `"ItemNo":0`}
	if a.Defects.Has(defect.SignedWithoutAck) {
		delete(added, "")
	}
	if a.Defects.Has(defect.SignedWithoutItemNo) {
		delete(added, "ItemList[]")
	}
	return inv01().Append(make([]byte, 0, 1024+512*len(d.ItemList)), d, added)
}

// QR is the text under the signature of the QR code.
func (d *Document) QR(a Acknowledgement) []byte {
	b := make([]byte, 0, 512)
	text := func(name, value string) {
		b = append(b, '"')
		b = append(b, name...)
		b = append(b, `":`...)
		b = append(schema.AppendString(b, value), ',')
	}
	b = append(b, '{')
	text("SellerGstin", d.SellerDtls.Gstin)
	text("BuyerGstin", d.BuyerDtls.Gstin)
	text("DocNo", d.DocDtls.No)
	text("DocTyp", d.DocDtls.Typ)
	text("DocDt", d.DocDtls.Dt)
	b = append(b, `"TotInvVal":`+d.ValDtls.TotInvVal.String()+`,"ItemCnt":`...)
	items := len(d.ItemList) + defect.Pick(a.Defects, defect.QRItemCount, 0, 1)
	b = append(strconv.AppendInt(b, int64(items), 10), ',')
	hsn := d.MainHSN()
	if a.Defects.Has(defect.QRFirstHSN) {
		hsn = d.ItemList[0].HsnCd
	}
	text("MainHsnCode", hsn)
	text("Irn", a.IRN)
	if !a.Defects.Has(defect.QRWithoutDate) {
		text("IrnDt", a.At.In(nic.IST).Format(moment))
	}
	b[len(b)-1] = '}' // for the last comma
	return b
}

// MainHSN is the code of the line with the highest taxable value, the first of several; "" without
// lines.
func (d *Document) MainHSN() string {
	main := 0
	for i := range d.ItemList {
		if d.ItemList[i].AssAmt.Decimal().GreaterThan(d.ItemList[main].AssAmt.Decimal()) {
			main = i
		}
	}
	if len(d.ItemList) == 0 {
		return ""
	}
	return d.ItemList[main].HsnCd
}

// JSON writes the document as a client sends it.
func (d *Document) JSON() []byte { return inv01().Append(nil, d, nil) }
