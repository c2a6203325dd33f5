package main

import (
	"bytes"
	"context"
	"crypto"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"strings"
)

// A floor is the cryptography and the JSON that every server needs for a call, done with Go's library in a loop. The
// loop has the processors to itself; a server shares them with the load generator.

// authFloor is one RSA decryption.
func authFloor(key *rsa.PrivateKey) (func() error, error) {
	//nolint:staticcheck // NIC's choice
	block, err := rsa.EncryptPKCS1v15(rand.Reader, &key.PublicKey, make([]byte, 200))
	return func() error {
		//nolint:staticcheck // NIC's choice
		_, err := rsa.DecryptPKCS1v15(nil, key, block)
		return err
	}, err
}

// generateFloor decodes the JSON of an invoice, signs the two tokens of the answer, and does the AES of the
// invoice and of the answer.
func generateFloor(key *rsa.PrivateKey, g *generation) func() error {
	signed := func(token string) []byte { return []byte(token[:strings.LastIndexByte(token, '.')]) }
	invoice, qr := signed(g.answer.SignedInvoice), signed(g.answer.SignedQRCode)
	answer := []byte(g.answer.SignedInvoice + g.answer.SignedQRCode)
	return func() error {
		_ = seal(g.block, g.document) // opening it takes as long
		var document any
		if err := json.Unmarshal(g.document, &document); err != nil {
			return err
		}
		for _, text := range [][]byte{invoice, qr} {
			sum := sha256.Sum256(text)
			if _, err := rsa.SignPKCS1v15(nil, key, crypto.SHA256, sum[:]); err != nil {
				return err
			}
		}
		_ = seal(g.block, answer)
		return nil
	}
}

// seal encrypts a document as the API does: AES in ECB mode with PKCS #7 padding, in base64.
func seal(block cipher.Block, document []byte) string {
	fill := aes.BlockSize - len(document)%aes.BlockSize
	sealed := append(bytes.Clone(document), bytes.Repeat([]byte{byte(fill)}, fill)...)
	for at := 0; at < len(sealed); at += aes.BlockSize {
		block.Encrypt(sealed[at:at+aes.BlockSize], sealed[at:at+aes.BlockSize])
	}
	return base64.StdEncoding.EncodeToString(sealed)
}

// always starts workers that all do the same work.
func always(call func() error) starter {
	return func(context.Context) (func() error, error) { return call, nil }
}
