package dashboard

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/httpd/layout"
	"github.com/nicsim/nicsim/simulator/httpd/qr"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/seal"
	"github.com/nicsim/nicsim/simulator/store"
)

// invoiceRow is an invoice with the last e-way bill that was made for it, whose number is 0 when there is none.
type invoiceRow struct {
	store.Invoice
	EWayBill store.EWayBill
}

// RegisteredAt is the IRP that registered the invoice.
func (r invoiceRow) RegisteredAt() string { return cmp.Or(r.IRP, nic.NIC1) }

func newInvoiceRow(r store.Reader, i store.Invoice) (invoiceRow, error) {
	e, err := ifAny(r.EWayBillOf(i.Environment, i.IRN))
	return invoiceRow{i, e}, err
}

func invoices(v *visit) (layout.Page, error) {
	shown, err := inBoth(v, store.Reader.Invoices, func(i store.Invoice) string { return i.IRN },
		func(r store.Reader, i store.Invoice) (invoiceRow, bool, error) {
			row, err := newInvoiceRow(r, i)
			return row, true, err
		})
	return layout.Page{Title: "Invoices", Name: "invoices", Data: shown}, err
}

// invoiceView is an invoice with the claims of its signed texts.
type invoiceView struct {
	invoiceRow
	Seller, Buyer party
	Total         string // in rupees, with the digits that were sent
	Lines         int
	SignedBy      string
	Signed, Claim json.RawMessage
}

// party is a seller or a buyer.
type party struct {
	GSTIN, Name string
	Here        bool // whether it is a taxpayer of this world
}

// party returns a party with the name that the document gives.
func (v *visit) party(gstin, name string) (party, error) {
	t, err := ifAny(view(v, func(r store.Reader) (store.Taxpayer, error) { return r.Taxpayer(gstin) }))
	return party{gstin, name, t.GSTIN != ""}, err
}

// signedFacts are the members of a signed invoice that the page shows above the JSON.
type signedFacts struct {
	SellerDtls, BuyerDtls struct{ LglNm string }
	ItemList              []json.RawMessage
	ValDtls               struct{ TotInvVal json.Number }
}

func (v *visit) invoice() (invoiceRow, error) {
	row, err := view(v, func(r store.Reader) (invoiceRow, error) {
		i, err := r.Invoice(nic.Environment(httpd.Var(v.r, "environment")), httpd.Var(v.r, "irn"))
		if err != nil {
			return invoiceRow{}, err
		}
		return newInvoiceRow(r, i)
	})
	return row, known(err)
}

func invoicePage(v *visit) (layout.Page, error) {
	i, err := v.invoice()
	if err != nil {
		return layout.Page{}, err
	}
	shown := invoiceView{invoiceRow: i}
	facts, err := shown.open()
	if err != nil {
		return layout.Page{}, fmt.Errorf("invoice %s: %w", i.IRN, err)
	}
	if shown.Seller, err = v.party(i.SellerGSTIN, facts.SellerDtls.LglNm); err != nil {
		return layout.Page{}, err
	}
	if shown.Buyer, err = v.party(i.BuyerGSTIN, facts.BuyerDtls.LglNm); err != nil {
		return layout.Page{}, err
	}
	return layout.Page{Title: documentName(i.Document.Type) + " " + i.Document.Number, Name: "invoice", Data: shown}, nil
}

// open reads the signed texts of the invoice, which one of another IRP does not have.
func (v *invoiceView) open() (facts signedFacts, err error) {
	if v.SignedInvoice == "" {
		return facts, nil
	}
	document, err := seal.ReadToken(v.SignedInvoice)
	if err != nil {
		return facts, err
	}
	claim, err := seal.ReadToken(v.SignedQRCode)
	if err != nil {
		return facts, fmt.Errorf("QR code: %w", err)
	}
	if err := json.Unmarshal([]byte(document.Data), &facts); err != nil {
		return facts, err
	}
	v.Total, v.Lines = facts.ValDtls.TotInvVal.String(), len(facts.ItemList)
	v.SignedBy, v.Signed, v.Claim = document.Issuer, json.RawMessage(document.Data), json.RawMessage(claim.Data)
	return facts, nil
}

// qrPicture draws the signed QR code.
func (d *Dashboard) qrPicture(r *http.Request, call *httpd.Call) (httpd.Reply, error) {
	i, err := d.visit(r, call).invoice()
	if err == nil && i.SignedQRCode == "" {
		err = known(store.ErrNotFound)
	}
	if err != nil {
		return httpd.Reply{}, err
	}
	code, err := qr.Draw(i.SignedQRCode, qr.Medium)
	if err != nil {
		return httpd.Reply{}, fmt.Errorf("invoice %s: %w", i.IRN, err)
	}
	picture, err := code.PNG()
	return httpd.Reply{Raw: picture, RawType: "image/png"}, err
}
