package pages

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	_ "image/jpeg" // pictures of QR codes
	_ "image/png"  // likewise
	"net/http"
	"net/url"
	"strings"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"

	"github.com/nicsim/nicsim/fixtures"
	"github.com/nicsim/nicsim/simulator/httpd/look"
	"github.com/nicsim/nicsim/simulator/seal"
	"github.com/nicsim/nicsim/simulator/store"
)

// maxPixels bounds the pictures that are decoded.
const maxPixels = 20_000_000

// signedView is a signed text, and whether it holds.
type signedView struct {
	Good     bool
	Judgment string
	Token    seal.Token
	Header   string
	Document string      // pretty
	Facts    [][2]string // of a QR code: what it says, member by member
}

func verifyPage(v *visit) (look.Page, error) {
	return look.Page{
		Title: "Verify Signed Invoice", Name: "tool-verify",
		Form: v.toolForm("/tools/verify", "verify", "Verify",
			look.Field{Name: "signed", Label: "Signed invoice or QR code", Kind: look.Area, Hint: "The text of SignedInvoice or SignedQRCode, or what a scanner reads"},
			look.Field{Name: "file", Label: "or a file", Kind: look.File, Optional: true, Hint: "Such a text, an answer with SignedInvoice in it, or a PNG or JPEG picture of the QR code; up to 1 MiB"},
		),
	}, nil
}

// verify judges a signed text that was pasted or came in a file.
func verify(v *visit, typed url.Values, files map[string][]byte) (any, error) {
	text, field := strings.TrimSpace(typed.Get("signed")), "signed"
	if file := files["file"]; len(file) > 0 {
		if text != "" {
			return nil, toolFail("file", "Give a text or a file, not both.")
		}
		field = "file"
		var err error
		if text, err = signedTextIn(file); err != nil {
			return nil, err
		}
	}
	if text == "" {
		return nil, toolFail("signed", "Paste a text, or choose a file.")
	}
	token, err := seal.ReadToken(text)
	if err != nil {
		return nil, toolFail(field, "This is no signed text of NIC's: three parts of base64url between dots, with the claims data and iss.")
	}
	shown := signedView{Token: token, Header: prettyJSON(token.Header), Document: prettyJSON([]byte(token.Data)), Facts: factsOf(token.Data)}
	shown.Good, shown.Judgment, err = v.judge(text)
	return shown, err
}

// judge says whose signature it is.
func (v *visit) judge(text string) (good bool, words string, err error) {
	other := store.Production
	if v.site.env == store.Production {
		other = store.Sandbox
	}
	for _, env := range []store.Environment{v.site.env, other} {
		certificate, err := fixtures.SigningCertificate(string(env))
		if err != nil {
			return false, "", err
		}
		_, err = seal.Verify(text, certificate)
		switch {
		case err == nil && env == v.site.env:
			return true, "The signature is that of the " + string(env) + " certificate.", nil
		case err == nil:
			return false, "It was signed by the " + string(env) + " environment, not by this one.", nil
		case !errors.Is(err, seal.ErrSignature):
			return false, "", fmt.Errorf("judging a signature: %w", err)
		}
	}
	return false, "The signature is that of neither certificate: another signed it, or it was changed since.", nil
}

// signedTextIn finds the signed text in a file: a picture of a QR code, an answer, or the text.
func signedTextIn(file []byte) (string, error) {
	if strings.HasPrefix(http.DetectContentType(file), "image/") {
		return scan(file)
	}
	var answer struct{ SignedInvoice, SignedQRCode string }
	if json.Unmarshal(file, &answer) == nil {
		if text := strings.TrimSpace(answer.SignedInvoice); text != "" {
			return text, nil
		}
		if text := strings.TrimSpace(answer.SignedQRCode); text != "" {
			return text, nil
		}
		return "", toolFail("file", "The JSON in this file has neither SignedInvoice nor SignedQRCode.")
	}
	return strings.TrimSpace(string(file)), nil
}

// scan reads the QR code in a picture.
func scan(file []byte) (string, error) {
	config, _, err := image.DecodeConfig(bytes.NewReader(file))
	if err != nil {
		return "", toolFail("file", "This picture is not whole, or neither PNG nor JPEG.")
	}
	if config.Width <= 0 || config.Height <= 0 || config.Width > maxPixels/config.Height {
		return "", toolFail("file", "This picture has more than 20 million pixels.")
	}
	picture, _, err := image.Decode(bytes.NewReader(file))
	if err != nil {
		return "", toolFail("file", "This picture is not whole, or neither PNG nor JPEG.")
	}
	bits, err := gozxing.NewBinaryBitmapFromImage(picture)
	if err != nil {
		return "", toolFail("file", "This picture cannot be read.")
	}
	for _, hints := range []map[gozxing.DecodeHintType]any{
		{gozxing.DecodeHintType_PURE_BARCODE: true}, {gozxing.DecodeHintType_TRY_HARDER: true},
	} {
		if found, err := qrcode.NewQRCodeReader().Decode(bits, hints); err == nil {
			return found.GetText(), nil
		}
	}
	return "", toolFail("file", "No QR code is to be found in this picture.")
}

// factsOf lists the members of a flat document, which a QR code's is; a nested one has none.
func factsOf(document string) [][2]string {
	decoder := json.NewDecoder(strings.NewReader(document))
	decoder.UseNumber()
	if token, err := decoder.Token(); err != nil || token != json.Delim('{') {
		return nil
	}
	var facts [][2]string
	for decoder.More() {
		name, err := decoder.Token()
		if err != nil {
			return nil
		}
		value, err := decoder.Token()
		if _, nested := value.(json.Delim); err != nil || nested {
			return nil
		}
		facts = append(facts, [2]string{fmt.Sprint(name), fmt.Sprint(value)})
	}
	return facts
}
