package irp

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/steps/internal/scene"
	"github.com/nicsim/nicsim/steps/needs"
)

// signedSteps verify what the API signed.
type signedSteps struct{ *calls }

func (g signedSteps) Register(r *scene.Registry) {
	r.Then(`its signed QR code says what the invoice says, by the certificate of the {portal} portal`,
		g.qr).Needing(certificateOf)
	r.Then(`its signed copy has the acknowledgement, every member that was sent, and the issuer {text}`,
		g.signedCopy).Needing(certificateOf)
	r.Then(`each line of its signed copy begins with ItemNo 0`, g.itemNumbers, needs.Certificate)
	r.Then(`the certificate of the {portal} portal does not verify it`, g.otherCertificate).Needing(certificateOf)
}

// certificateOf is the need of the certificate of the portal in the first group, of the sandbox if that names none.
func certificateOf(values []string) []needs.Need {
	if values[1] == scene.OnProduction {
		return []needs.Need{needs.ProductionCertificate}
	}
	return []needs.Need{needs.Certificate}
}

// signingCertificate is the certificate by which a portal signs.
func (c *calls) signingCertificate(ctx context.Context, portal string) ([]byte, error) {
	if c.Control == nil {
		return c.At(portal).Certificate, nil
	}
	return c.Control.SigningCertificate(ctx, environments[portal])
}

func (g signedSteps) qr(ctx context.Context, portal string) error {
	certificate, err := g.signingCertificate(ctx, portal)
	if err != nil {
		return err
	}
	made, i := g.run.made, g.run.invoice
	code, err := client.VerifyQRCode(made.SignedQRCode, certificate)
	if err != nil {
		return err
	}
	for what, pair := range map[string][2]string{
		"SellerGstin": {code.SellerGSTIN, i.text("SellerDtls", "Gstin")},
		"BuyerGstin":  {code.BuyerGSTIN, i.text("BuyerDtls", "Gstin")},
		"DocNo":       {code.Number, i.text("DocDtls", "No")},
		"DocTyp":      {code.Type, i.text("DocDtls", "Typ")},
		"DocDt":       {code.Date, i.text("DocDtls", "Dt")},
		"TotInvVal":   {code.Total.String(), i.text("ValDtls", "TotInvVal")},
		"ItemCnt":     {fmt.Sprint(code.Items), fmt.Sprint(len(i.lines()))},
		"MainHsnCode": {code.MainHSN, i.mainHSN()},
		"Irn":         {code.IRN, made.IRN},
	} {
		if err := scene.Same(what, pair[0], pair[1]); err != nil {
			return err
		}
	}
	return scene.Same("IrnDt", code.IRNDate.String(), made.AckDt.String())
}

// verified returns what the signed copy of the invoice holds.
func (g signedSteps) verified(ctx context.Context) (client.Signed, error) {
	certificate, err := g.signingCertificate(ctx, g.of(g.Named).current.portal)
	if err != nil {
		return client.Signed{}, err
	}
	return client.VerifyInvoice(g.run.made.SignedInvoice, certificate)
}

func (g signedSteps) signedCopy(ctx context.Context, issuer string) error {
	signed, err := g.verified(ctx)
	if err != nil {
		return err
	}
	copied, err := wholeDocument(signed.Data)
	if err != nil {
		return err
	}
	sent, err := wholeDocument(g.run.sent)
	if err != nil {
		return err
	}
	made := g.run.made
	acknowledged := map[string]any{
		"AckNo": json.Number(strconv.FormatInt(int64(made.AckNo), 10)), "AckDt": made.AckDt.Format(time.DateTime),
		"Irn": made.IRN,
	}
	if lost := cmp.Or(missing("", acknowledged, copied), missing("", sent, copied)); lost != "" {
		return fmt.Errorf("the signed copy differs at %s", lost)
	}
	return scene.Same("issuer", signed.Issuer, issuer)
}

// itemNumbers judges the text, since the order of members is lost in a decoded document.
func (g signedSteps) itemNumbers(ctx context.Context) error {
	signed, err := g.verified(ctx)
	if err != nil {
		return err
	}
	return scene.Same("number of lines that begin with ItemNo 0", strings.Count(string(signed.Data), `{"ItemNo":0,`),
		len(g.run.invoice.lines()))
}

// wholeDocument decodes a document and keeps its digits.
func wholeDocument(text []byte) (document any, err error) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	if err := decoder.Decode(&document); err != nil {
		return nil, fmt.Errorf("reading an invoice: %w", err)
	}
	return document, nil
}

// missing is the path of the first thing in a document that is not in another, "" if all is there.
// Numbers are compared by their value.
func missing(path string, document, other any) string {
	switch d := document.(type) {
	case map[string]any:
		o, _ := other.(map[string]any)
		for name, value := range d {
			if lost := missing(path+"."+name, value, o[name]); lost != "" {
				return lost
			}
		}
		return ""
	case []any:
		o, _ := other.([]any)
		if len(o) != len(d) {
			return path
		}
		for n := range d {
			if lost := missing(fmt.Sprintf("%s[%d]", path, n), d[n], o[n]); lost != "" {
				return lost
			}
		}
		return ""
	case json.Number:
		o, ok := other.(json.Number)
		if !ok || !sameNumber(d.String(), o.String()) {
			return path
		}
		return ""
	}
	if document != other {
		return path
	}
	return ""
}

func (g signedSteps) otherCertificate(ctx context.Context, portal string) error {
	certificate, err := g.signingCertificate(ctx, portal)
	if err != nil {
		return err
	}
	if g.run.made.SignedQRCode == "" {
		return errors.New("no invoice was registered")
	}
	if _, err := client.VerifyQRCode(g.run.made.SignedQRCode, certificate); err == nil {
		return errors.New("the other certificate verifies the QR code")
	}
	return nil
}
