package gspface

import (
	"bytes"
	"encoding/json"
	"image/jpeg"
	"image/png"
	"strconv"
	"strings"

	"codeberg.org/go-pdf/fpdf"

	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/httpd/qr"
	"github.com/nicsim/nicsim/simulator/httpd/upstream"
	"github.com/nicsim/nicsim/simulator/seal"
)

// invoice is what the files of an invoice are made of.
type invoice struct {
	Irn, AckDt, SignedInvoice, SignedQRCode string
	AckNo                                   json.Number
}

// invoice reads the invoice of a call at NIC.
func (a *ask) invoice(user, password string) (found invoice, refused []upstream.Error, err error) {
	o, err := a.withPassword(user, password, false)
	_ = json.Unmarshal(o.data, &found) // without a code, no picture can be drawn
	return found, o.errors, err
}

// The sizes of a QR picture in pixels. The size without width and height was not seen [SIM].
const usualPicture, largestPicture = 300, 2000

// picture draws a text in the size and the type that headers ask for.
func picture(text string, header map[string]string) (httpd.Reply, error) {
	side := map[string]int{}
	for _, name := range []string{"width", "height"} {
		pixels, err := strconv.Atoi(header[name])
		if header[name] == "" {
			pixels, err = usualPicture, nil
		}
		if err != nil || pixels < 1 || pixels > largestPicture {
			return httpd.Reply{}, &Refusal{Why: BadBody, Detail: name + " must be a number of pixels, at most " +
				strconv.Itoa(largestPicture)}
		}
		side[name] = pixels
	}
	code, err := qr.Draw(text, qr.Low)
	if err != nil {
		return httpd.Reply{}, &Refusal{Why: BadBody, Detail: "The body must be the text of a signed QR code"}
	}
	drawn := code.Fit(side["width"], side["height"])
	var file bytes.Buffer
	switch strings.ToLower(header["imgtype"]) {
	case "", "png":
		err = png.Encode(&file, drawn)
		return httpd.Reply{Raw: file.Bytes(), RawType: "image/png"}, err
	case "jpg", "jpeg":
		err = jpeg.Encode(&file, drawn, nil)
		return httpd.Reply{Raw: file.Bytes(), RawType: "image/jpeg"}, err
	}
	return httpd.Reply{}, &Refusal{Why: BadBody, Detail: "imgtype must be png or jpg"}
}

// invoicePicture is the QR code of an invoice.
func invoicePicture(_ *ask, i invoice) (httpd.Reply, error) { return picture(i.SignedQRCode, nil) }

// printed is what a page shows of an invoice.
type printed struct {
	DocDtls struct{ Typ, No, Dt string }
	SellerDtls,
	BuyerDtls struct{ Gstin, LglNm, Addr1, Loc string }
	ItemList []struct {
		SlNo, PrdDesc, HsnCd string
		TotItemVal           json.Number
	}
	ValDtls struct{ AssVal, TotInvVal json.Number }
}

// invoicePage is an invoice as a page of PDF. What the vendor's page has was not seen [SIM].
func invoicePage(a *ask, i invoice) (httpd.Reply, error) {
	signed, err := seal.ReadToken(i.SignedInvoice)
	if err != nil {
		return httpd.Reply{}, err
	}
	var p printed
	if err := json.Unmarshal([]byte(signed.Data), &p); err != nil {
		return httpd.Reply{}, err
	}
	code, err := picture(i.SignedQRCode, nil)
	if err != nil {
		return httpd.Reply{}, err
	}
	const font, size, lineHeight, codeSide = "Helvetica", 10, 5, 60 // points; millimetres
	page := fpdf.New("P", "mm", "A4", "")
	page.SetCatalogSort(true)
	page.SetCreationDate(a.in.World.Clock.Now())
	page.SetModificationDate(a.in.World.Clock.Now())
	page.SetTitle("Invoice "+p.DocDtls.No, true)
	page.AddPage()
	page.SetFont(font, "", size)
	western := page.UnicodeTranslatorFromDescriptor("") // the letters that the font has
	line := func(parts ...string) {
		page.MultiCell(0, lineHeight, western(strings.Join(parts, "  ")), "", "L", false)
	}
	line("Tax invoice", p.DocDtls.Typ, p.DocDtls.No, "of", p.DocDtls.Dt)
	line("IRN", i.Irn)
	line("Acknowledgement", i.AckNo.String(), "of", i.AckDt)
	line("Seller", p.SellerDtls.Gstin, p.SellerDtls.LglNm, p.SellerDtls.Addr1, p.SellerDtls.Loc)
	line("Buyer", p.BuyerDtls.Gstin, p.BuyerDtls.LglNm, p.BuyerDtls.Addr1, p.BuyerDtls.Loc)
	for _, item := range p.ItemList {
		line(item.SlNo, item.HsnCd, item.PrdDesc, item.TotItemVal.String())
	}
	line("Taxable value", p.ValDtls.AssVal.String(), "Total", p.ValDtls.TotInvVal.String())
	page.RegisterImageOptionsReader("code", fpdf.ImageOptions{ImageType: "png"}, bytes.NewReader(code.Raw))
	page.ImageOptions("code", page.GetX(), page.GetY(), codeSide, codeSide, true, fpdf.ImageOptions{}, 0, "")
	line("Made by nicsim, a simulator: this is not a tax invoice.")
	var file bytes.Buffer
	err = page.Output(&file)
	return httpd.Reply{Raw: file.Bytes(), RawType: "application/pdf"}, err
}
