package pages

import (
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/httpd/layout"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/seal"
)

// pemView is a key or a certificate, to read and to load down.
type pemView struct{ Name, Short, Text, Fingerprint, KeyID, File string }

func publicKeyPage(v *visit) (layout.Page, error) {
	key, err := v.site.options.PublicKey(v.site.env)
	if err != nil {
		return layout.Page{}, err
	}
	certificate, err := v.site.options.SigningCertificate(v.site.env)
	if err != nil {
		return layout.Page{}, err
	}
	parsed, err := v.site.certificate(v.site.env)
	if err != nil {
		return layout.Page{}, err
	}
	return layout.Page{Title: "Public Key", Name: "tool-public-key", Data: []pemView{
		{"Public key, under which a login is encrypted", "the public key", string(key), fingerprint(key), "",
			"/tools/public-key.pem"},
		{
			"Certificate, with which signed invoices and QR codes are verified", "the certificate", string(certificate),
			fingerprint(certificate),
			seal.ThumbprintOf(parsed).KeyID(), "/tools/signing-certificate.pem",
		},
	}}, nil
}

// publicKey is the key under which a login is encrypted.
func (s *Site) publicKey() (*rsa.PublicKey, error) {
	text, err := s.options.PublicKey(s.env)
	if err != nil {
		return nil, err
	}
	block, _ := pem.Decode(text)
	if block == nil {
		return nil, errors.New("the public key is no PEM")
	}
	parsed, err := x509.ParsePKIXPublicKey(block.Bytes)
	if err != nil {
		return nil, fmt.Errorf("reading the public key: %w", err)
	}
	key, ok := parsed.(*rsa.PublicKey)
	if !ok {
		return nil, fmt.Errorf("the public key is a %T, not an RSA key", parsed)
	}
	return key, nil
}

// certificate is that with which an environment's signatures are verified.
func (s *Site) certificate(env nic.Environment) (*x509.Certificate, error) {
	text, err := s.options.SigningCertificate(env)
	if err != nil {
		return nil, err
	}
	block, _ := pem.Decode(text)
	if block == nil {
		return nil, errors.New("the signing certificate is no PEM")
	}
	certificate, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		return nil, fmt.Errorf("reading the signing certificate: %w", err)
	}
	return certificate, nil
}

// fingerprint is the SHA-256 of what is inside a PEM text, as openssl writes it.
func fingerprint(text []byte) string {
	block, _ := pem.Decode(text)
	if block == nil {
		return ""
	}
	sum := sha256.Sum256(block.Bytes)
	return strings.ReplaceAll(fmt.Sprintf("% X", sum[:]), " ", ":")
}

// download registers a PEM file.
func (r *routes) download(path string, read func(nic.Environment) ([]byte, error)) {
	r.on(http.MethodGet, path, func(v *visit) (httpd.Reply, error) {
		content, err := read(v.site.env)
		name := string(v.site.env) + strings.ReplaceAll(strings.TrimPrefix(path, "/tools"), "/", "-")
		return httpd.Reply{
			Raw: content, RawType: "application/x-pem-file",
			Header: http.Header{"Content-Disposition": {`attachment; filename="` + name + `"`}},
		}, err
	})
}
