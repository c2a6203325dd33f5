package irp

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"fmt"
)

// The e-Invoice API's seals, implemented here a second time: the client cannot make invalid ones.

// rsaKey reads the public key under which an environment takes logins.
func rsaKey(text []byte) (*rsa.PublicKey, error) {
	block, _ := pem.Decode(text)
	if block == nil {
		return nil, errors.New("the payload key is not PEM")
	}
	parsed, err := x509.ParsePKIXPublicKey(block.Bytes)
	if err != nil {
		return nil, fmt.Errorf("parsing the payload key: %w", err)
	}
	key, ok := parsed.(*rsa.PublicKey)
	if !ok {
		return nil, fmt.Errorf("the payload key is not RSA but %T", parsed)
	}
	return key, nil
}

// sealedUnder puts a text under a public key, PKCS #1 v1.5, in base64.
func sealedUnder(key *rsa.PublicKey, text []byte) (string, error) {
	sealed, err := rsa.EncryptPKCS1v15(rand.Reader, key, text) //nolint:staticcheck // NIC's choice
	if err != nil {
		return "", fmt.Errorf("sealing a login: %w", err)
	}
	return base64.StdEncoding.EncodeToString(sealed), nil
}
