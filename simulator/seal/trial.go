package seal

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rsa"
	"crypto/sha1" //nolint:gosec // the usual hash of OAEP
	"crypto/sha256"
	"hash"
)

// The functions in this file open what no API opens, to find out what a client did instead. They take bytes, not
// base64.

// OpenOAEP opens an RSA block with OAEP padding, and returns the name of the hash with which it opens, or "".
func OpenOAEP(key *rsa.PrivateKey, block []byte) string {
	for _, padding := range []struct {
		hash string
		new  func() hash.Hash
	}{{"SHA-1", sha1.New}, {"SHA-256", sha256.New}} {
		if _, err := rsa.DecryptOAEP(padding.new(), nil, key, block, nil); err == nil {
			return padding.hash
		}
	}
	return ""
}

// DecryptUnpadded decrypts whole blocks in ECB mode and leaves padding alone. It returns nil for a key or for data of
// another length.
func DecryptUnpadded(key, data []byte) []byte {
	block, err := aes.NewCipher(key)
	if err != nil || len(data) == 0 || len(data)%aes.BlockSize != 0 {
		return nil
	}
	plain := append([]byte(nil), data...)
	eachBlock(plain, block.Decrypt)
	return plain
}

// DecryptCBC decrypts data in CBC mode whose first block is left out, which an unknown vector hides, and takes PKCS #7
// padding away. It returns nil if the key, the length or the padding is wrong, or if nothing follows the first block.
func DecryptCBC(key, data []byte) []byte {
	block, err := aes.NewCipher(key)
	if err != nil || len(data) <= aes.BlockSize || len(data)%aes.BlockSize != 0 {
		return nil
	}
	plain := make([]byte, len(data)-aes.BlockSize)
	cipher.NewCBCDecrypter(block, data[:aes.BlockSize]).CryptBlocks(plain, data[aes.BlockSize:])
	padding, good := paddingOf(plain)
	if !good {
		return nil
	}
	return plain[:len(plain)-padding]
}
