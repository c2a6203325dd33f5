package irpapi_test

import (
	"bytes"
	"crypto"
	"crypto/aes"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"errors"
	"slices"
	"strings"
	"testing"
)

// NIC's crypto as a client does it, written from NIC's pages and with nothing of the
// simulator: RSA with PKCS #1 v1.5, AES in ECB mode with PKCS #7, JWS with RS256.

func publicKey(t testing.TB, document []byte) *rsa.PublicKey {
	t.Helper()
	block, _ := pem.Decode(document)
	if block == nil {
		t.Fatalf("no PEM: %s", document)
	}
	key, err := x509.ParsePKIXPublicKey(block.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	return key.(*rsa.PublicKey)
}

func rsaSeal(t testing.TB, key *rsa.PublicKey, plain []byte) string {
	t.Helper()
	sealed, err := rsa.EncryptPKCS1v15(rand.Reader, key, plain) //nolint:staticcheck // NIC's choice
	if err != nil {
		t.Fatal(err)
	}
	return base64.StdEncoding.EncodeToString(sealed)
}

// blocks puts whole blocks through AES, one by one.
func blocks(key, data []byte, decrypt bool) []byte {
	c, err := aes.NewCipher(key)
	if err != nil {
		panic(err)
	}
	out := make([]byte, len(data))
	for i := 0; i < len(data); i += aes.BlockSize {
		if decrypt {
			c.Decrypt(out[i:], data[i:i+aes.BlockSize])
		} else {
			c.Encrypt(out[i:], data[i:i+aes.BlockSize])
		}
	}
	return out
}

func aesSeal(key, plain []byte) string {
	n := aes.BlockSize - len(plain)%aes.BlockSize
	padded := slices.Concat(plain, bytes.Repeat([]byte{byte(n)}, n))
	return base64.StdEncoding.EncodeToString(blocks(key, padded, false))
}

func aesOpen(key []byte, text string) ([]byte, error) {
	sealed, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return nil, err
	}
	if len(sealed) == 0 || len(sealed)%aes.BlockSize != 0 {
		return nil, errors.New("not whole blocks")
	}
	plain := blocks(key, sealed, true)
	n := int(plain[len(plain)-1])
	if n < 1 || n > aes.BlockSize || !bytes.Equal(plain[len(plain)-n:], bytes.Repeat([]byte{byte(n)}, n)) {
		return nil, errors.New("bad padding")
	}
	return plain[:len(plain)-n], nil
}

// jwsOpen verifies a token against a certificate and returns its issuer and its data.
func jwsOpen(t testing.TB, token string, certificatePEM []byte) (issuer, data string) {
	t.Helper()
	block, _ := pem.Decode(certificatePEM)
	certificate, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		t.Fatalf("a token of %d parts", len(parts))
	}
	var decoded [3][]byte
	for i, part := range parts {
		if decoded[i], err = base64.RawURLEncoding.DecodeString(part); err != nil {
			t.Fatal(err)
		}
	}
	thumbprint := sha1.Sum(certificate.Raw) // kid and x5t are SHA-1
	var header map[string]string
	if err := json.Unmarshal(decoded[0], &header); err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		"alg": "RS256", "typ": "JWT", "kid": strings.ToUpper(hex.EncodeToString(thumbprint[:])),
		"x5t": base64.RawURLEncoding.EncodeToString(thumbprint[:]),
	}
	for name, value := range want {
		if header[name] != value || len(header) != len(want) {
			t.Errorf("header %s; want %v", decoded[0], want)
		}
	}
	digest := sha256.Sum256([]byte(parts[0] + "." + parts[1]))
	if err := rsa.VerifyPKCS1v15(certificate.PublicKey.(*rsa.PublicKey), crypto.SHA256, digest[:],
		decoded[2]); err != nil {
		t.Errorf("the signature: %v", err)
	}
	var claims map[string]string // exactly two, both text
	if err := json.Unmarshal(decoded[1], &claims); err != nil || len(claims) != 2 {
		t.Errorf("claims %s: %v", decoded[1], err)
	}
	return claims["iss"], claims["data"]
}
