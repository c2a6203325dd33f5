package pages

import (
	"crypto/sha256"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/nicsim/nicsim/fixtures"
	"github.com/nicsim/nicsim/simulator/fault"
	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/httpd/irpapi"
	"github.com/nicsim/nicsim/simulator/httpd/layout"
	"github.com/nicsim/nicsim/simulator/seal"
)

// toolPages are the test tools for developers. NIC shows them after a login; here they need none [SIM].
func toolPages(r *routes) {
	r.toolPage("/tools", func(*visit) (layout.Page, error) {
		return layout.Page{Title: "Test tools", Name: "tools"}, nil
	})
	r.toolPage("/tools/endpoints", endpoints)
	r.toolPage("/tools/public-key", publicKeyPage)
	r.download("/tools/public-key.pem", fixtures.PayloadPublicPEM)
	r.download("/tools/signing-certificate.pem", fixtures.SigningCertificatePEM)
	r.tool("/tools/encrypt", cryptPage, crypt)
	r.tool("/tools/verify", verifyPage, verify)
}

// endpointsView is the list of the API's calls, with the addresses of this world.
type endpointsView struct {
	Base  string // before each path
	Calls []irpapi.Endpoint
}

func endpoints(v *visit) (layout.Page, error) {
	scheme := "http"
	if v.r.TLS != nil {
		scheme = "https"
	}
	shown := endpointsView{scheme + "://" + v.r.Host + v.call.Prefix, irpapi.Endpoints(v.site.env)}
	return layout.Page{Title: "Endpoints", Name: "tool-endpoints", Data: shown}, nil
}

// pemView is a key or a certificate, to read and to download.
type pemView struct{ Name, Short, Text, Fingerprint, KeyID, File string }

func publicKeyPage(v *visit) (layout.Page, error) {
	env := string(v.site.env)
	key, keyErr := fixtures.PayloadPublicPEM(env)
	text, textErr := fixtures.SigningCertificatePEM(env)
	certificate, err := fixtures.SigningCertificate(env)
	if err := errors.Join(keyErr, textErr, err); err != nil {
		return layout.Page{}, err
	}
	return layout.Page{Title: "Public Key", Name: "tool-public-key", Data: []pemView{
		{
			Name: "Public key, under which a login is encrypted", Short: "the public key", Text: string(key),
			Fingerprint: fingerprint(key), File: "/tools/public-key.pem",
		}, {
			Name: "Certificate, with which signed invoices and QR codes are verified", Short: "the certificate",
			Text: string(text), Fingerprint: fingerprint(text), KeyID: seal.ThumbprintOf(certificate).KeyID(),
			File: "/tools/signing-certificate.pem",
		},
	}}, nil
}

// fingerprint returns the SHA-256 of the content of a PEM text, as openssl prints it.
func fingerprint(text []byte) string {
	block, _ := pem.Decode(text)
	sum := sha256.Sum256(block.Bytes)
	return strings.ReplaceAll(fmt.Sprintf("% X", sum[:]), " ", ":")
}

// download registers a PEM file.
func (r *routes) download(path string, read func(environment string) ([]byte, error)) {
	r.on(fault.Page, http.MethodGet, path, func(v *visit) (httpd.Reply, error) {
		env := string(v.site.env)
		content, err := read(env)
		name := env + strings.ReplaceAll(strings.TrimPrefix(path, "/tools"), "/", "-")
		return httpd.Reply{
			Raw: content, RawType: "application/x-pem-file",
			Header: http.Header{"Content-Disposition": {`attachment; filename="` + name + `"`}},
		}, err
	})
}

// document is a JSON object member by member.
type document map[string]json.RawMessage

// objectIn reads a JSON object, which may be inside a JSON string.
func objectIn(text []byte) (document, bool) {
	var inner string
	if json.Unmarshal(text, &inner) == nil {
		text = []byte(inner)
	}
	var d document
	err := json.Unmarshal(text, &d)
	return d, err == nil && d != nil
}

// member returns a member by its name, in upper or lower case.
func (d document) member(name string) json.RawMessage {
	if value, ok := d[name]; ok {
		return value
	}
	for given, value := range d {
		if strings.EqualFold(given, name) {
			return value
		}
	}
	return nil
}

// text returns a member that is a string; empty for other values.
func (d document) text(name string) string {
	var text string
	_ = json.Unmarshal(d.member(name), &text) // other values leave it empty
	return strings.TrimSpace(text)
}

// unbroken removes blanks and line breaks, which mails and terminals insert.
func unbroken(text string) string { return strings.Join(strings.Fields(text), "") }

// wrapped reports whether a text begins like a JSON object.
func wrapped(text string) bool { return strings.HasPrefix(strings.TrimSpace(text), "{") }
