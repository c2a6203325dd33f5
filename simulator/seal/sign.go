package seal

import (
	"bytes"
	"crypto/rsa"
	"crypto/sha1" //nolint:gosec // names a certificate, as RFC 7517 has it; nothing rests on it
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/golang-jwt/jwt/v5"
)

// Signer makes the tokens that NIC calls SignedInvoice and SignedQRCode. Make one with [NewSigner]
// and keep it: the header is the same for every token. It is safe for use by several goroutines.
type Signer struct {
	key    *rsa.PrivateKey
	header string // base64url, with the dot after it
}

// NewSigner makes a signer whose tokens name the certificate. A certificate of another key is an
// error: its tokens could not be verified.
func NewSigner(key *rsa.PrivateKey, certificate *x509.Certificate) (*Signer, error) {
	if !key.PublicKey.Equal(certificate.PublicKey) {
		return nil, errors.New("making a signer: the certificate belongs to another key")
	}
	thumbprint := ThumbprintOf(certificate)
	// The order of NIC's production tokens; a sandbox token of 2023 has x5t before typ.
	header, err := json.Marshal(struct {
		Algorithm string `json:"alg"`
		KeyID     string `json:"kid"`
		Type      string `json:"typ"`
		X5T       string `json:"x5t"`
	}{jwt.SigningMethodRS256.Alg(), thumbprint.KeyID(), "JWT", thumbprint.X5T()})
	if err != nil {
		return nil, fmt.Errorf("making a signer: %w", err)
	}
	return &Signer{key, base64.RawURLEncoding.EncodeToString(header) + "."}, nil
}

// Sign makes a compact JWS, RS256, with exactly two claims: data, which is a JSON document as a
// string, and iss, who signs ("NIC", on the sandbox "NIC Sandbox"). The same arguments give the same
// token. Text that is not UTF-8 comes out with U+FFFD in its place.
func (s *Signer) Sign(data, issuer string) (string, error) {
	var claims bytes.Buffer
	encoder := json.NewEncoder(&claims)
	encoder.SetEscapeHTML(false) // NIC's encoder leaves & < > as they are, and a QR code has little room
	if err := encoder.Encode(struct {
		Data   string `json:"data"`
		Issuer string `json:"iss"`
	}{data, issuer}); err != nil {
		return "", fmt.Errorf("signing: %w", err)
	}
	signed := s.header + base64.RawURLEncoding.EncodeToString(bytes.TrimSuffix(claims.Bytes(), []byte("\n")))
	signature, err := jwt.SigningMethodRS256.Sign(signed, s.key)
	if err != nil {
		return "", fmt.Errorf("signing: %w", err)
	}
	return signed + "." + base64.RawURLEncoding.EncodeToString(signature), nil
}

// Thumbprint is the SHA-1 of a certificate's DER form, by which NIC's tokens name the certificate
// in two spellings.
type Thumbprint [sha1.Size]byte

// ThumbprintOf returns the certificate's thumbprint.
func ThumbprintOf(certificate *x509.Certificate) Thumbprint {
	return sha1.Sum(certificate.Raw) //nolint:gosec // see the import
}

// KeyID returns the token header's kid: 40 hexadecimal digits in upper case.
func (t Thumbprint) KeyID() string { return strings.ToUpper(hex.EncodeToString(t[:])) }

// X5T returns the token header's x5t: base64url without padding.
func (t Thumbprint) X5T() string { return base64.RawURLEncoding.EncodeToString(t[:]) }
