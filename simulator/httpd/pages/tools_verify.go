package pages

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/nicsim/nicsim/fixtures"
	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/httpd/layout"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/seal"
)

// signedView is a signed text and the result of its verification.
type signedView struct {
	Kind     string
	Good     bool
	Judgment string
	Token    seal.Token
	Header   string // indented JSON
	Document string // indented JSON
	Facts    []fact // members of a QR code's document
}

// fact is one member of a QR code's document.
type fact struct{ Name, Value string }

func verifyPage(v *visit) (layout.Page, error) {
	return layout.Page{
		Title: "Verify Signed Invoice", Name: "tool-verify",
		Form: v.toolForm("/tools/verify", []layout.Field{
			{Name: "signed", Label: "Signed invoice or QR code", Kind: layout.Area,
				Hint: "The text of SignedInvoice or SignedQRCode, what a scanner reads, or a decrypted answer that has them"},
			{Name: "file", Label: "or a file", Kind: layout.File, Optional: true,
				Hint: "Such a text, or a PNG or JPEG picture of the QR code; up to 1 MiB"},
		}, layout.Button{Text: "Verify"}),
	}, nil
}

// verify verifies what was pasted or is in a file.
func verify(v *visit, typed url.Values, files map[string]httpd.File) (any, error) {
	text, field := typed.Get("signed"), "signed"
	if file, ok := files["file"]; ok {
		if strings.TrimSpace(text) != "" {
			return nil, toolFail("file", "one-of-two", "Give a text or a file, not both.")
		}
		field = "file"
		var err error
		if text, err = v.textOf(field, file); err != nil {
			return nil, err
		}
	}
	if strings.TrimSpace(text) == "" {
		return nil, toolFail("signed", "missing", "Paste a text, or choose a file.")
	}
	tokens, err := signedTexts(field, text)
	if err != nil {
		return nil, err
	}
	var shown []signedView
	for _, token := range tokens {
		view, err := v.judged(field, token)
		if err != nil {
			return nil, err
		}
		shown = append(shown, view)
	}
	typed.Del("signed") // the result shows it; the form is for the next text
	return shown, nil
}

// textOf returns the text in a file, or in the QR code of a picture.
func (v *visit) textOf(field string, file httpd.File) (string, error) {
	if file.Size > httpd.MaxUpload {
		message := fmt.Sprintf("This file has %d bytes. At most %d are read.", file.Size, httpd.MaxUpload)
		return "", httpd.Refuse(http.StatusRequestEntityTooLarge, "body-too-large", "File too large", "",
			httpd.FieldError{Field: field, Code: "file-too-large", Message: message})
	}
	kind := http.DetectContentType(file.Content)
	switch {
	case len(file.Content) == 0:
		return "", toolFail(field, "missing", "This file is empty.")
	case strings.HasPrefix(kind, "image/"):
		return v.site.decoders.scan(v.ctx, field, kind, file.Content)
	case !strings.HasPrefix(kind, "text/") || !utf8.Valid(file.Content):
		return "", toolFail(field, "file-type", "This file is neither a text nor a picture.")
	}
	return strings.TrimPrefix(string(file.Content), "\ufeff"), nil
}

// signedTexts returns the signed texts: the text itself, or the invoice and the QR code in the JSON of an answer.
func signedTexts(field, text string) ([]string, error) {
	text = strings.TrimSpace(text)
	if !wrapped(text) {
		return []string{unbroken(strings.Trim(text, `"`))}, nil // programs may print it with quotes
	}
	answer, ok := objectIn([]byte(text))
	if !ok {
		return nil, toolFail(field, "not-json", "This begins like JSON and is not JSON. Was all of it copied?")
	}
	if inner := answer.member("Data"); inner != nil {
		if answer, ok = objectIn(inner); !ok {
			return nil, toolFail(field, "encrypted",
				"The Data of this answer is encrypted, or there is none. Decrypt it first, and give what comes out.")
		}
	}
	var found []string
	for _, name := range []string{"SignedInvoice", "SignedQRCode"} {
		if token := answer.text(name); token != "" {
			found = append(found, token)
		}
	}
	if found == nil {
		return nil, toolFail(field, "nothing-signed", "This JSON has neither SignedInvoice nor SignedQRCode.")
	}
	return found, nil
}

// judged reads a signed text and verifies its signature.
func (v *visit) judged(field, text string) (signedView, error) {
	token, err := seal.ReadToken(text)
	if err != nil {
		return signedView{}, toolFail(field, "not-signed",
			"This is not a signed text of NIC, which has three parts of base64url between dots, and the claims data and "+
				"iss. Was all of it copied?")
	}
	shown := signedView{
		Kind: "Signed text", Token: token, Facts: factsOf(token.Data),
		Header: layout.PrettyJSON(token.Header), Document: layout.PrettyJSON([]byte(token.Data)),
	}
	if d, ok := objectIn([]byte(token.Data)); ok {
		switch {
		case shown.Facts != nil && d.member("DocNo") != nil:
			shown.Kind = "Signed QR code"
		case d.member("DocDtls") != nil:
			shown.Kind = "Signed invoice"
		}
	}
	shown.Good, shown.Judgment, err = v.judge(text, token)
	return shown, err
}

// judge says which certificate verifies the signature.
func (v *visit) judge(text string, token seal.Token) (good bool, words string, err error) {
	words = "It names a certificate that does not belong to this simulator."
	for _, env := range []nic.Environment{v.site.env, v.site.env.Other()} {
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
		case token.KeyID == seal.ThumbprintOf(certificate).KeyID():
			words = "It names the " + string(env) +
				" certificate, and the signature is not that certificate's: the text was changed, or was signed with another key."
		}
	}
	return false, words, nil
}

// factsOf lists the members of a flat document, such as a QR code's. It returns nil for a nested one.
func factsOf(text string) []fact {
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	if token, err := decoder.Token(); err != nil || token != json.Delim('{') {
		return nil
	}
	var facts []fact
	for decoder.More() {
		name, err := decoder.Token()
		if err != nil {
			return nil
		}
		value, err := decoder.Token()
		if _, nested := value.(json.Delim); err != nil || nested {
			return nil
		}
		if value == nil {
			value = "null"
		}
		facts = append(facts, fact{fmt.Sprint(name), fmt.Sprint(value)})
	}
	return facts
}
