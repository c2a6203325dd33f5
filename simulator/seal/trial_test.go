package seal_test

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"hash"
	"testing"

	"github.com/nicsim/nicsim/simulator/seal"
)

func TestOpenOAEP(t *testing.T) {
	t.Parallel()
	key := payloadKey(t, "sandbox")
	for want, newHash := range map[string]func() hash.Hash{"SHA-1": sha1.New, "SHA-256": sha256.New, "": sha512.New} {
		block, err := rsa.EncryptOAEP(newHash(), rand.Reader, &key.PublicKey, []byte("x"), nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := seal.OpenOAEP(key, block); got != want {
			t.Errorf("opened with %q, want %q", got, want)
		}
	}
}

// Go's own modes of AES seal what these functions open.
func TestTrialsOpenWhatGoSeals(t *testing.T) {
	t.Parallel()
	key, plain := bytes.Repeat([]byte{7}, 32), []byte("sixteen bytes 01sixteen bytes 02thirteen byte")
	padded := append(bytes.Clone(plain), 3, 3, 3)
	unpadded := bytes.Clone(padded[:47])
	wrong := append(bytes.Clone(unpadded), 17)
	block, err := aes.NewCipher(key)
	if err != nil {
		t.Fatal(err)
	}
	sealed := func(text []byte) []byte {
		data := make([]byte, len(text))
		cipher.NewCBCEncrypter(block, bytes.Repeat([]byte{9}, aes.BlockSize)).CryptBlocks(data, text)
		return data
	}
	whole := sealed(padded)
	first := make([]byte, aes.BlockSize)
	block.Encrypt(first, padded[:aes.BlockSize])
	for name, c := range map[string]struct{ got, want []byte }{
		"ECB":                   {seal.DecryptUnpadded(key, first), padded[:aes.BlockSize]},
		"ECB, a wrong key":      {seal.DecryptUnpadded(key[:5], first), nil},
		"ECB, nothing":          {seal.DecryptUnpadded(key, []byte{}), nil},
		"ECB, half a block":     {seal.DecryptUnpadded(key, first[:8]), nil},
		"CBC":                   {seal.DecryptCBC(key, whole), plain[aes.BlockSize:]},
		"CBC, a wrong key":      {seal.DecryptCBC(key[:5], whole), nil},
		"CBC, one block":        {seal.DecryptCBC(key, whole[:aes.BlockSize]), nil},
		"CBC, half a block":     {seal.DecryptCBC(key, whole[:40]), nil},
		"CBC, a wrong padding":  {seal.DecryptCBC(key, sealed(wrong)), nil},
		"CBC, nothing but that": {seal.DecryptCBC(key, sealed(bytes.Repeat([]byte{16}, 32))), []byte{}},
	} {
		if !bytes.Equal(c.got, c.want) || (c.got == nil) != (c.want == nil) {
			t.Errorf("%s: %q, want %q", name, c.got, c.want)
		}
	}
}
