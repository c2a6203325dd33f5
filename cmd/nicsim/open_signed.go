package main

import (
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/nicsim/nicsim/simulator/seal"
)

// What is known of a signature.
const (
	signatureVerified  = "verified"
	signatureWrong     = "wrong"
	signatureUnchecked = "unchecked"
)

var signatureWords = map[string]string{
	signatureVerified:  "verified: that of the certificate",
	signatureWrong:     "WRONG: not that of the certificate",
	signatureUnchecked: "not checked; --cert names the certificate to check it with",
}

// openSigned reads a token and, with a certificate, verifies it. A token with a wrong signature is
// shown all the same, beside the error.
func (s sealed) openSigned(certificateFile string) (opened, error) {
	text := strings.Join(strings.Fields(s.text), "") // mails and terminals break it
	token, err := seal.ReadToken(text)
	if err != nil {
		return opened{}, notOpenable("%w", err)
	}
	shown := opened{Kind: kindSigned, Header: token.Header, Issuer: token.Issuer, Signature: signatureUnchecked}
	if json.Valid([]byte(token.Data)) {
		shown.Document = json.RawMessage(token.Data)
	} else {
		shown.Text = token.Data
	}
	if certificateFile == "" {
		return shown, nil
	}
	certificate, err := readCertificate(certificateFile)
	if err != nil {
		return opened{}, wrongUse{fmt.Errorf("--cert: %w", err),
			"GET /control/v1/signing-certificates/sandbox.pem gives the simulator's"}
	}
	if _, err := seal.Verify(text, certificate); err != nil {
		shown.Signature = signatureWrong
		return shown, notConformant{err, "the environments have certificates of their own, and so have NIC and its simulator"}
	}
	shown.Signature = signatureVerified
	return shown, nil
}

// readCertificate reads the first block of a PEM file.
func readCertificate(file string) (*x509.Certificate, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	block, _ := pem.Decode(text)
	if block == nil || block.Type != "CERTIFICATE" {
		return nil, errors.New(file + " does not begin with a PEM block CERTIFICATE")
	}
	certificate, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return certificate, nil
}
