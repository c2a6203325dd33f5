package dashboard_test

import (
	"bytes"
	"context"
	"errors"
	"image/png"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"

	"github.com/nicsim/nicsim/fixtures"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/seal"
	"github.com/nicsim/nicsim/simulator/store"
	"github.com/nicsim/nicsim/simulator/world"
)

// signed signs with the key of the sandbox.
func signed(t *testing.T, data string) string {
	t.Helper()
	key, err := fixtures.SigningKey("sandbox")
	if err != nil {
		t.Fatal(err)
	}
	certificate, err := fixtures.SigningCertificate("sandbox")
	if err != nil {
		t.Fatal(err)
	}
	signer, err := seal.NewSigner(key, certificate)
	if err != nil {
		t.Fatal(err)
	}
	token, err := signer.Sign(data, "NIC Sandbox")
	if err != nil {
		t.Fatal(err)
	}
	return token
}

// irn is the invoice reference number (IRN) of the invoice of withInvoice.
const irn = "35054cc24d97033afc24f49ec4444dbab81f542c555f9d30359dc75794e06bbe"

// withInvoice returns a visitor of a world that has one invoice and nothing else.
func withInvoice(t *testing.T) (*visitor, store.Invoice) {
	t.Helper()
	invoice := store.Invoice{
		IRN: irn, Environment: nic.Sandbox, SellerGSTIN: "29ABCCD1234E1Z1", BuyerGSTIN: "29ABCPD1234E2Z9",
		Document: store.DocumentKey{GSTIN: "29ABCCD1234E1Z1", Type: "INV", Number: "<b>/7", Date: "22/11/2026"},
		AckNo:    112610000000007, AckDt: time.Date(2026, 11, 22, 6, 0, 0, 0, time.UTC), Status: nic.InvoiceActive,
		SignedInvoice: signed(t, `{"AckNo":112610000000007,"SellerDtls":{"LglNm":"Dakshin <i>"},"BuyerDtls":{"LglNm":"Deccan Trading House"},`+
			`"ItemList":[{"SlNo":"1"},{"SlNo":"2"}],"ValDtls":{"TotInvVal":1180.00}}`),
		SignedQRCode: signed(t, `{"SellerGstin":"29ABCCD1234E1Z1","DocNo":"<b>/7","Irn":"`+irn+`"}`),
	}
	v := visitWorld(t, func(ctx context.Context, w *world.World) error {
		return w.Store.Update(ctx, func(tx store.Tx) error {
			if err := tx.AddTaxpayer(store.Taxpayer{GSTIN: invoice.SellerGSTIN, LegalName: "Dakshin"}); err != nil {
				return err
			}
			bill := store.EWayBill{No: 111000000001, Environment: nic.Sandbox, IRN: irn, Status: nic.InvoiceActive}
			return errors.Join(tx.AddInvoice(invoice), tx.PutEWayBill(bill))
		})
	})
	return v, invoice
}

// A registered invoice is listed and can be opened, and another library can read its QR code.
func TestInvoicesAreShownWithTheirQRCode(t *testing.T) {
	v, invoice := withInvoice(t)
	list := v.open("/invoices").marked("data-row", "invoice")
	if len(list) != 1 || !strings.HasPrefix(list[0],
		"Invoice <b>/7 22/11/2026 29ABCCD1234E1Z1 29ABCPD1234E2Z9 112610000000007 Active 111000000001") {
		t.Errorf("the list is %q", list)
	}
	p := v.open("/invoices/sandbox/" + irn)
	shown := text(p.doc)
	for _, want := range []string{irn, "signed by NIC Sandbox", `"TotInvVal": 1180.00`, `"DocNo": "<b>/7"`,
		"22 November 2026, 11:30:00 IST"} {
		if !strings.Contains(shown, want) {
			t.Errorf("the invoice's page does not show %s", want)
		}
	}
	picture := v.open("/invoices/sandbox/" + irn + "/qr.png")
	drawn, err := png.Decode(bytes.NewReader([]byte(picture.text)))
	if err != nil {
		t.Fatal(err)
	}
	bits, err := gozxing.NewBinaryBitmapFromImage(drawn)
	if err != nil {
		t.Fatal(err)
	}
	read, err := qrcode.NewQRCodeReader().Decode(bits,
		map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_PURE_BARCODE: true})
	if err != nil || read.GetText() != invoice.SignedQRCode {
		t.Errorf("the QR code says %v, %v", read, err)
	}
	for _, path := range []string{"/invoices/production/" + irn, "/invoices/sandbox/nothing",
		"/invoices/sandbox/nothing/qr.png"} {
		if p := v.open(path); p.status != http.StatusNotFound {
			t.Errorf("%s: %d", path, p.status)
		}
	}
	if p := v.open("/"); p.status != http.StatusOK { // no taxpayer of the fixtures can follow the guide
		t.Errorf("the overview of a world without taxpayers answers %d", p.status)
	}
}

// The page has the main members of an invoice above its JSON. Only a taxpayer of this world is a link.
func TestAnInvoiceIsShownInWords(t *testing.T) {
	v, _ := withInvoice(t)
	p := v.open("/invoices/sandbox/" + irn)
	for name, want := range map[string]string{
		"document": "Invoice <b>/7", "date": "22/11/2026", "status": "Active", "seller": "Dakshin <i> 29ABCCD1234E1Z1",
		"buyer": "Deccan Trading House 29ABCPD1234E2Z9", "total": "₹ 1180.00", "lines": "2",
		"eWayBill": "111000000001, Active",
	} {
		if got := p.values(name); !slices.Equal(got, []string{want}) {
			t.Errorf("%s is %q; want %q", name, got, want)
		}
	}
	if links := p.marked("href", "/taxpayers/29ABCCD1234E1Z1"); len(links) != 1 ||
		len(p.marked("href", "/taxpayers/29ABCPD1234E2Z9")) != 0 {
		t.Errorf("the seller's link is %q, or the buyer has one", links)
	}
}

func TestAnEmptyListOfInvoicesSaysSo(t *testing.T) {
	v, _ := withInvoice(t)
	p := v.open("/invoices")
	if got := p.elements("caption"); !slices.Equal(got, []string{"1 invoice"}) || len(p.elements("table")) != 1 {
		t.Errorf("the tables are of %q", got)
	}
	if !strings.Contains(text(p.doc), "Production No invoice yet.") {
		t.Errorf("production shows no sentence: %s", text(p.doc))
	}
}

// A number that another IRP registered is added by a form, and shown without what only NIC signs.
func TestAnInvoiceOfAnotherIRPIsAdded(t *testing.T) {
	v := visit(t, "/w/other-irp")
	const button = "Add an invoice of another IRP"
	typed := []string{"irp", "cygnet", "sellerGstin", "29ABCCD1234E1Z1", "documentNumber", "a-1", "documentDate",
		"31/12/2025"}
	p := v.open("/add/invoice").press(button, typed...)
	if got := p.said(); !slices.Equal(got, []string{"The invoice of another IRP was added"}) {
		t.Fatalf("the form says %q", got)
	}
	if got := p.values("irp"); !slices.Equal(got, []string{"CYGNET, another IRP: the number is taken (2295)"}) ||
		len(p.values("ackNo"))+len(p.values("total")) > 0 || strings.Contains(p.text, "qr.png") {
		t.Errorf("registered at %q, with what NIC signs: %s", got, p.text)
	}
	if list := v.open("/invoices").marked("data-row", "invoice"); len(list) != 1 || !strings.HasSuffix(list[0], "CYGNET") {
		t.Errorf("the list is %q", list)
	}
	if p := v.open("/invoices/sandbox/" + p.values("irn")[0] + "/qr.png"); p.status != http.StatusNotFound {
		t.Errorf("its QR code: %d", p.status)
	}
	for field, value := range map[string]string{"irp": "NIC1", "sellerGstin": "29", "documentDate": "2025-12-31"} {
		p := v.open("/add/invoice").press(button, append(slices.Clone(typed), field, value)...)
		if !strings.Contains(p.text, `aria-invalid="true"`) || p.field(field) != value {
			t.Errorf("%s %s leads to %s", field, value, p.at)
		}
	}
	if p := v.open("/add/invoice").press(button, typed...); !strings.Contains(p.text, `aria-invalid="true"`) {
		t.Errorf("the number a second time leads to %s", p.at)
	}
}
