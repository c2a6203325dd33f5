package client

import (
	"bytes"
	"crypto/rsa"
	"crypto/sha1" //nolint:gosec // names a certificate, see certificateNames
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"strings"

	"github.com/golang-jwt/jwt/v5"
)

// Signed is what a SignedInvoice or SignedQRCode holds, once its signature has been verified.
type Signed struct {
	KeyID  string          // of the certificate: its SHA-1, in upper case
	Issuer string          // "NIC" or "NIC Sandbox"
	Data   json.RawMessage // the signed document
}

// QRCode is the document in a SignedQRCode.
type QRCode struct {
	SellerGSTIN string      `json:"SellerGstin"`
	BuyerGSTIN  string      `json:"BuyerGstin"` // URP for a buyer without a GSTIN
	Number      string      `json:"DocNo"`
	Type        string      `json:"DocTyp"`
	Date        string      `json:"DocDt"`     // dd/MM/yyyy
	Total       json.Number `json:"TotInvVal"` // rupees, with the client's decimals
	Items       int         `json:"ItemCnt"`
	MainHSN     string      `json:"MainHsnCode"`
	IRN         string      `json:"Irn"`
	IRNDate     Stamp       `json:"IrnDt"`
}

// VerifyInvoice verifies a SignedInvoice, or a SignedQRCode, against the environment's signing
// certificate in PEM: RS256, kid and x5t of that certificate, the claims data and iss and no other.
// VerifyInvoice does not check the issuer of the certificate.
func VerifyInvoice(token string, certificatePEM []byte) (Signed, error) {
	certificate, err := parseCertificate(certificatePEM)
	if err != nil {
		return Signed{}, fmt.Errorf("the signing certificate: %w", err)
	}
	kid, x5t := certificateNames(certificate)
	var claims signedClaims
	parser := jwt.NewParser(jwt.WithValidMethods([]string{"RS256"}), jwt.WithStrictDecoding(),
		jwt.WithoutClaimsValidation())
	_, err = parser.ParseWithClaims(token, &claims, func(t *jwt.Token) (any, error) {
		if t.Header["kid"] != kid || t.Header["x5t"] != x5t {
			return nil, errors.New("it names another certificate")
		}
		return certificate.PublicKey, nil
	})
	if err != nil {
		return Signed{}, fmt.Errorf("verifying a signed document: %w", err)
	}
	switch {
	case claims.data == nil || claims.iss == nil:
		return Signed{}, errors.New("verifying a signed document: data or iss is missing")
	case !json.Valid([]byte(*claims.data)):
		return Signed{}, errors.New("verifying a signed document: its data is not JSON")
	}
	return Signed{KeyID: kid, Issuer: *claims.iss, Data: json.RawMessage(*claims.data)}, nil
}

// VerifyQRCode verifies a SignedQRCode as VerifyInvoice does, and reads it.
func VerifyQRCode(token string, certificatePEM []byte) (QRCode, error) {
	signed, err := VerifyInvoice(token, certificatePEM)
	if err != nil {
		return QRCode{}, err
	}
	var code QRCode
	if err := json.Unmarshal(signed.Data, &code); err != nil {
		return QRCode{}, fmt.Errorf("reading a signed QR code: %s", describeJSONError(err))
	}
	if code.IRN == "" {
		return QRCode{}, errors.New("reading a signed QR code: it has no Irn")
	}
	return code, nil
}

// signedClaims are the two claims of NIC's tokens.
type signedClaims struct {
	jwt.RegisteredClaims // which are all absent: NIC's tokens never expire

	data, iss *string
}

// UnmarshalJSON refuses other claims. The caller checks that both are given: for null, UnmarshalJSON is not called.
func (c *signedClaims) UnmarshalJSON(text []byte) error {
	var claims struct {
		Data *string `json:"data"`
		Iss  *string `json:"iss"`
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&claims); err != nil {
		return err
	}
	c.data, c.iss = claims.Data, claims.Iss
	return nil
}

func parseCertificate(text []byte) (*x509.Certificate, error) {
	block, _ := pem.Decode(text)
	if block == nil || block.Type != "CERTIFICATE" {
		return nil, errors.New("no PEM block CERTIFICATE")
	}
	certificate, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		return nil, err
	}
	if _, ok := certificate.PublicKey.(*rsa.PublicKey); !ok {
		return nil, fmt.Errorf("it has a %T, not an RSA key", certificate.PublicKey)
	}
	return certificate, nil
}

// certificateNames are the two spellings of a certificate's SHA-1 in NIC's tokens.
func certificateNames(certificate *x509.Certificate) (kid, x5t string) {
	sum := sha1.Sum(certificate.Raw) //nolint:gosec // the name that RFC 7517 gives a certificate
	return strings.ToUpper(fmt.Sprintf("%x", sum)), base64.RawURLEncoding.EncodeToString(sum[:])
}
