package face

import (
	"bytes"
	"crypto/aes"
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
)

// Seal is AES in ECB mode with PKCS #7 padding, in base64, as NIC has it.
func Seal(key, document []byte) (string, error) {
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

// Open opens what Seal seals.
func Open(key []byte, text string) ([]byte, error) {
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
