package pages

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/pem"
	"net/http"
	"strings"

	"github.com/nicsim/nicsim/fixtures"
	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/httpd/irpapi"
	"github.com/nicsim/nicsim/simulator/httpd/look"
)

// toolPages are what the sandbox's developers test with. At NIC they are behind the login; here
// nobody needs one [SIM].
func toolPages(r *routes) {
	r.page("/tools", func(*visit) (look.Page, error) {
		return look.Page{Title: "Test tools", Name: "tools", Same: true}, nil
	})
	r.page("/tools/endpoints", endpoints)
	r.page("/tools/public-key", publicKey)
	r.download("/tools/public-key.pem", fixtures.PayloadPublicPEM)
	r.download("/tools/signing-certificate.pem", fixtures.SigningCertificatePEM)
	r.tool("/tools/encrypt", cryptPage, crypt)
	r.tool("/tools/verify", verifyPage, verify)
}

// endpointsView is the API as this world has it.
type endpointsView struct {
	Base  string // before each path
	Calls []irpapi.Endpoint
}

func endpoints(v *visit) (look.Page, error) {
	shown := endpointsView{"http://" + v.r.Host + v.call.Prefix, irpapi.Endpoints(v.site.env)}
	return look.Page{Title: "Endpoints", Name: "tool-endpoints", Data: shown}, nil
}

// pemView is a key or a certificate, to read and to load down.
type pemView struct{ Name, Text, Fingerprint, File string }

func publicKey(v *visit) (look.Page, error) {
	env := string(v.site.env)
	key, err := fixtures.PayloadPublicPEM(env)
	if err != nil {
		return look.Page{}, err
	}
	certificate, err := fixtures.SigningCertificatePEM(env)
	if err != nil {
		return look.Page{}, err
	}
	return look.Page{Title: "Public Key", Name: "tool-public-key", Data: []pemView{
		{"Public key, under which a login is encrypted", string(key), fingerprint(key), "/tools/public-key.pem"},
		{"Certificate, with which signed invoices and QR codes are verified", string(certificate), fingerprint(certificate), "/tools/signing-certificate.pem"},
	}}, nil
}

// fingerprint is the SHA-256 of what is inside a PEM text, as openssl writes it.
func fingerprint(text []byte) string {
	block, _ := pem.Decode(text)
	if block == nil {
		return ""
	}
	sum := sha256.Sum256(block.Bytes)
	var pairs []string
	for _, b := range sum {
		pairs = append(pairs, strings.ToUpper(hex.EncodeToString([]byte{b})))
	}
	return strings.Join(pairs, ":")
}

// download registers a file.
func (r *routes) download(path string, read func(env string) ([]byte, error)) {
	r.on(http.MethodGet, path, func(v *visit) (httpd.Reply, error) {
		content, err := read(string(v.site.env))
		name := string(v.site.env) + strings.ReplaceAll(strings.TrimPrefix(path, "/tools"), "/", "-")
		return httpd.Reply{
			Raw: content, RawType: "application/x-pem-file",
			Header: map[string]string{"Content-Disposition": `attachment; filename="` + name + `"`},
		}, err
	})
}
