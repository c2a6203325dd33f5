package irp

import (
	"bytes"
	"crypto/aes"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"fmt"
	"slices"
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

// sealedWith is AES in ECB mode with PKCS #7 padding, in base64.
func sealedWith(key, document []byte) (string, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return "", fmt.Errorf("sealing a document: %w", err)
	}
	fill := aes.BlockSize - len(document)%aes.BlockSize
	padded := slices.Concat(document, bytes.Repeat([]byte{byte(fill)}, fill))
	for at := 0; at < len(padded); at += aes.BlockSize {
		block.Encrypt(padded[at:at+aes.BlockSize], padded[at:at+aes.BlockSize])
	}
	return base64.StdEncoding.EncodeToString(padded), nil
}

// openedWith opens what sealedWith seals.
func openedWith(key []byte, text string) ([]byte, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, fmt.Errorf("opening a document: %w", err)
	}
	document, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(document) == 0 || len(document)%aes.BlockSize != 0 {
		return nil, fmt.Errorf("%d characters are not sealed text", len(text))
	}
	for at := 0; at < len(document); at += aes.BlockSize {
		block.Decrypt(document[at:at+aes.BlockSize], document[at:at+aes.BlockSize])
	}
	fill := int(document[len(document)-1])
	if fill < 1 || fill > aes.BlockSize {
		return nil, errors.New("it is sealed with another key")
	}
	return document[:len(document)-fill], nil
}
