package seal

import (
	"bytes"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/golang-jwt/jwt/v5"

	"github.com/nicsim/nicsim/internal/count"
)

// ErrSignature is the error of [Verify] for a token that the certificate's key did not sign as it
// stands.
var ErrSignature = errors.New("the signature is not that of this certificate")

// Token is what a SignedInvoice or SignedQRCode holds.
type Token struct {
	Header    json.RawMessage // as it stands in the token
	Algorithm string          // RS256
	KeyID     string          // kid, see Thumbprint.KeyID
	X5T       string          // see Thumbprint.X5T
	Issuer    string          // "NIC" or "NIC Sandbox"
	Data      string          // a JSON document
}

// ReadToken reads a token without asking who signed it. It wants three parts of base64url, a header
// that is a JSON object, and the claims data and iss, both strings, and no other. Of a member that
// occurs twice it takes the last.
func ReadToken(token string) (Token, error) {
	t, _, _, err := readToken(token)
	if err != nil {
		return Token{}, fmt.Errorf("reading a token: %w", err)
	}
	return t, nil
}

// Verify reads a token and checks that the certificate's key signed it: algorithm RS256, kid and x5t
// those of the certificate, and the signature. An error for which errors.Is finds [ErrSignature]
// says that the token is well formed and not this certificate's. The caller judges the certificate itself,
// its issuer and its dates.
func Verify(token string, certificate *x509.Certificate) (Token, error) {
	t, err := ReadToken(token)
	if err != nil {
		return Token{}, err
	}
	key, ok := certificate.PublicKey.(*rsa.PublicKey)
	if !ok {
		return Token{}, fmt.Errorf("verifying a token: the certificate has a %T, not an RSA key", certificate.PublicKey)
	}
	if thumbprint := ThumbprintOf(certificate); t.KeyID != thumbprint.KeyID() || t.X5T != thumbprint.X5T() {
		return Token{}, fmt.Errorf("verifying a token: it names another certificate: %w", ErrSignature)
	}
	return VerifyKey(token, key)
}

// VerifyKey is [Verify] for a public key without its certificate. It does not look at kid and x5t.
func VerifyKey(token string, key *rsa.PublicKey) (Token, error) {
	t, signed, signature, err := readToken(token)
	if err != nil {
		return Token{}, fmt.Errorf("verifying a token: %w", err)
	}
	if t.Algorithm != jwt.SigningMethodRS256.Alg() {
		return Token{}, fmt.Errorf("verifying a token: its algorithm is not RS256: %w", ErrSignature)
	}
	if err := jwt.SigningMethodRS256.Verify(signed, signature, key); err != nil {
		return Token{}, fmt.Errorf("verifying a token: %w", ErrSignature)
	}
	return t, nil
}

// readToken returns also what the signature is over, and the signature.
func readToken(token string) (t Token, signed string, signature []byte, err error) {
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		return Token{}, "", nil, fmt.Errorf("it has %s, not 3", count.Of(len(parts), "part"))
	}
	var decoded [3][]byte
	for i, part := range parts {
		// Strict, so that no two spellings of one signature pass.
		if decoded[i], err = base64.RawURLEncoding.Strict().DecodeString(part); err != nil {
			return Token{}, "", nil, fmt.Errorf("part %d is not base64url: %w", i+1, err)
		}
	}
	if strings.ContainsAny(token, "\r\n") {
		return Token{}, "", nil, errors.New("it has line breaks, which base64url does not")
	}
	var header *struct{ Alg, Kid, X5t string }
	if err := json.Unmarshal(decoded[0], &header); err != nil {
		return Token{}, "", nil, fmt.Errorf("its header: %w", err)
	}
	if header == nil {
		return Token{}, "", nil, errors.New("its header is null")
	}
	data, issuer, err := readClaims(decoded[1])
	if err != nil {
		return Token{}, "", nil, fmt.Errorf("its claims: %w", err)
	}
	t = Token{
		Header: decoded[0], Algorithm: header.Alg, KeyID: header.Kid, X5T: header.X5t,
		Issuer: issuer, Data: data,
	}
	return t, parts[0] + "." + parts[1], decoded[2], nil
}

// readClaims wants exactly the two claims that NIC's tokens have.
func readClaims(claims []byte) (data, issuer string, err error) {
	decoder := json.NewDecoder(bytes.NewReader(claims))
	decoder.DisallowUnknownFields()
	var c struct {
		Data   *string `json:"data"`
		Issuer *string `json:"iss"`
	}
	if err := decoder.Decode(&c); err != nil {
		return "", "", err
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return "", "", errors.New("something follows them")
	}
	if c.Data == nil || c.Issuer == nil {
		return "", "", errors.New("data or iss is missing")
	}
	return *c.Data, *c.Issuer, nil
}
