package main

import (
	"crypto/rsa"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/nicsim/nicsim/internal/captured"
	"github.com/nicsim/nicsim/simulator/seal"
)

// The results of checking a signature.
const (
	signatureVerified  = "verified"
	signatureWrong     = "wrong"
	signatureUnchecked = "unchecked"
)

var signatureWords = map[string]string{
	signatureVerified:  "verified with --cert",
	signatureWrong:     "WRONG: the key of --cert did not make it",
	signatureUnchecked: "not checked; --cert names the certificate or public key to check it with",
}

// openSigned reads a token and, with a certificate or public key, verifies it. A token with a wrong signature
// is shown too, beside the error.
func openSigned(text, keyFile string) (opened, error) {
	text = strings.Join(strings.Fields(text), "") // mails and terminals break it
	token, err := seal.ReadToken(text)
	if err != nil {
		return opened{}, notOpenable(err)
	}
	shown := opened{Kind: captured.Signed, Header: token.Header, Issuer: token.Issuer, Signature: signatureUnchecked}
	if json.Valid([]byte(token.Data)) {
		shown.Document = json.RawMessage(token.Data)
	} else {
		shown.Text = token.Data
	}
	if keyFile == "" {
		return shown, nil
	}
	verify, err := readVerifier(keyFile)
	if err != nil {
		return opened{}, wrongUse{fmt.Errorf("--cert: %w", err),
			"GET /control/v1/signing-certificates/sandbox.pem gives the simulator's certificate"}
	}
	if _, err := verify(text); err != nil {
		shown.Signature = signatureWrong
		return shown, notConformant{err, "sandbox and production have different certificates, and so have NIC and nicsim"}
	}
	shown.Signature = signatureVerified
	return shown, nil
}

// readVerifier reads the first block of a PEM file, a certificate or a public key.
func readVerifier(file string) (verify func(token string) (seal.Token, error), err error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	block, _ := pem.Decode(text)
	if block == nil {
		return nil, errors.New(file + " does not begin with a PEM block CERTIFICATE or PUBLIC KEY")
	}
	switch block.Type {
	case "CERTIFICATE":
		certificate, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		return func(token string) (seal.Token, error) { return seal.Verify(token, certificate) }, nil
	case "PUBLIC KEY":
		parsed, err := x509.ParsePKIXPublicKey(block.Bytes)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		key, ok := parsed.(*rsa.PublicKey)
		if !ok {
			return nil, fmt.Errorf("%s has a %T, not an RSA key", file, parsed)
		}
		return func(token string) (seal.Token, error) { return seal.VerifyKey(token, key) }, nil
	}
	return nil, fmt.Errorf("%s begins with a PEM block %s, not CERTIFICATE or PUBLIC KEY", file, block.Type)
}
