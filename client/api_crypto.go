package client

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
)

// parsePublicKey reads the first PEM block: a public key as NIC's .pem has it, or the certificate
// that its .cer is.
func parsePublicKey(text []byte) (*rsa.PublicKey, error) {
	block, _ := pem.Decode(text)
	if block == nil {
		return nil, errors.New("no PEM block")
	}
	var parsed any
	var err error
	switch block.Type {
	case "PUBLIC KEY":
		parsed, err = x509.ParsePKIXPublicKey(block.Bytes)
	case "RSA PUBLIC KEY":
		parsed, err = x509.ParsePKCS1PublicKey(block.Bytes)
	case "CERTIFICATE":
		var certificate *x509.Certificate
		if certificate, err = x509.ParseCertificate(block.Bytes); err == nil {
			parsed = certificate.PublicKey
		}
	default:
		return nil, fmt.Errorf("a PEM block %s holds no public key", block.Type)
	}
	if err != nil {
		return nil, err
	}
	key, ok := parsed.(*rsa.PublicKey)
	if !ok {
		return nil, fmt.Errorf("is a %T, not an RSA key", parsed)
	}
	return key, nil
}

// sealForNIC seals an auth document: it is put in base64 first, and those characters go under the
// key, PKCS #1 v1.5. Of 2048 bits this leaves 183 bytes for the document.
func sealForNIC(key *rsa.PublicKey, document []byte) (string, error) {
	text := base64.StdEncoding.AppendEncode(nil, document)
	if room := key.Size() - 11; len(text) > room {
		return "", fmt.Errorf("username and password are too long: the login has %d bytes, and the API's key takes %d",
			len(document), room/4*3)
	}
	//nolint:staticcheck // NIC's choice: the API opens nothing else
	sealed, err := rsa.EncryptPKCS1v15(rand.Reader, key, text)
	if err != nil {
		return "", err
	}
	return base64.StdEncoding.EncodeToString(sealed), nil
}

// errNotSealed says that a text was not sealed under the key at hand.
var errNotSealed = errors.New("it does not decrypt")

// sealData is AES-256 in ECB mode with PKCS #7 padding, in base64.
func sealData(sek, document []byte) (string, error) {
	block, err := aes.NewCipher(sek)
	if err != nil {
		return "", err
	}
	fill := aes.BlockSize - len(document)%aes.BlockSize
	sealed := append(bytes.Clone(document), bytes.Repeat([]byte{byte(fill)}, fill)...)
	for at := 0; at < len(sealed); at += aes.BlockSize {
		block.Encrypt(sealed[at:], sealed[at:])
	}
	return base64.StdEncoding.EncodeToString(sealed), nil
}

// openData opens what sealData seals. All failures are one error.
func openData(key []byte, text string) ([]byte, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	sealed, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(sealed) < 16 || len(sealed)%16 != 0 {
		return nil, errNotSealed
	}
	document := make([]byte, len(sealed))
	for at := 0; at < len(sealed); at += 16 {
		block.Decrypt(document[at:at+16], sealed[at:at+16])
	}
	fill := document[len(document)-1]
	cut := len(document) - int(fill)
	if fill < 1 || fill > 16 || !bytes.Equal(document[cut:], bytes.Repeat([]byte{fill}, int(fill))) {
		return nil, errNotSealed
	}
	return document[:cut], nil
}
