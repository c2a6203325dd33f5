package seal

import (
	"crypto/sha1" //nolint:gosec // names a certificate, as RFC 7517 has it; nothing rests on it
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"strings"
)

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
