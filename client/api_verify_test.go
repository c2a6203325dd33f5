package client_test

import (
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/fixtures"
)

// The names of the sandbox's signing certificate, by OpenSSL: openssl x509 -fingerprint -sha1, and
// the same bytes in base64url.
const (
	certificateKID = "8FC141C101263AC4C3E98E3418F6E087DA532181"
	certificateX5T = "j8FBwQEmOsTD6Y40GPbgh9pTIYE"
)

// token makes a signed document with Go's RSA.
func token(t *testing.T, env, header, claims string) string {
	t.Helper()
	key, err := fixtures.SigningKey(env)
	if err != nil {
		t.Fatal(err)
	}
	url := base64.RawURLEncoding
	signed := url.EncodeToString([]byte(header)) + "." + url.EncodeToString([]byte(claims))
	digest := sha256.Sum256([]byte(signed))
	signature, err := rsa.SignPKCS1v15(nil, key, crypto.SHA256, digest[:])
	if err != nil {
		t.Fatal(err)
	}
	return signed + "." + url.EncodeToString(signature)
}

func signingCertificate(t *testing.T, env string) []byte {
	t.Helper()
	certificate, err := fixtures.SigningCertificatePEM(env)
	if err != nil {
		t.Fatal(err)
	}
	return certificate
}

const goodHeader = `{"alg":"RS256","kid":"` + certificateKID + `","typ":"JWT","x5t":"` + certificateX5T + `"}`

func TestVerifyQRCode(t *testing.T) {
	t.Parallel()
	const data = `{"SellerGstin":"29ABCCD1234E1Z1","BuyerGstin":"URP","DocNo":"INV-1","DocTyp":"INV","DocDt":"22/11/2026",` +
		`"TotInvVal":16650.10,"ItemCnt":2,"MainHsnCode":"8471","Irn":"` + anIRN + `","IrnDt":"2026-11-22 10:05:00"}`
	quoted, err := json.Marshal(data)
	if err != nil {
		t.Fatal(err)
	}
	want := client.QRCode{
		SellerGSTIN: "29ABCCD1234E1Z1", BuyerGSTIN: "URP", Number: "INV-1", Type: "INV", Date: "22/11/2026",
		Total: "16650.10", Items: 2, MainHSN: "8471", IRN: anIRN, IRNDate: client.Stamp{Time: at(10, 5)},
	}
	certificate := signingCertificate(t, "sandbox")
	for _, header := range []string{
		goodHeader, `{"alg":"RS256","kid":"` + certificateKID + `","x5t":"` + certificateX5T + `","typ":"JWT"}`, // of 2023
	} {
		signed := token(t, "sandbox", header, `{"data":`+string(quoted)+`,"iss":"NIC Sandbox"}`)
		got, err := client.VerifyQRCode(signed, certificate)
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Errorf("%v, QR code (-want +got):\n%s", err, diff)
		}
		document, err := client.VerifyInvoice(signed, certificate)
		if err != nil || document.KeyID != certificateKID || document.Issuer != "NIC Sandbox" ||
			string(document.Data) != data {
			t.Errorf("document is %+v, %v", document, err)
		}
	}
	for name, inside := range map[string]string{
		"no object": `"[]"`, "no IRN": `"{}"`, "a member of another form": `"{\"ItemCnt\":\"two\"}"`,
	} {
		signed := token(t, "sandbox", goodHeader, `{"data":`+inside+`,"iss":"NIC"}`)
		if got, err := client.VerifyQRCode(signed, certificate); err == nil {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestVerifyInvoiceRefuses(t *testing.T) {
	t.Parallel()
	const claims = `{"data":"{}","iss":"NIC"}`
	good := token(t, "sandbox", goodHeader, claims)
	parts := strings.Split(good, ".")
	certificate := signingCertificate(t, "sandbox")
	if _, err := client.VerifyInvoice(good, certificate); err != nil {
		t.Fatal(err)
	}
	for name, signed := range map[string]string{
		"nothing":      "",
		"two parts":    parts[0] + "." + parts[1],
		"no signature": parts[0] + "." + parts[1] + ".",
		"other claims": parts[0] + "." + base64.RawURLEncoding.EncodeToString([]byte(`{"data":"{ }","iss":"NIC"}`)) +
			"." + parts[2],
		"another key": token(t, "production", goodHeader, claims),
		"another kid": token(t, "sandbox", strings.Replace(goodHeader, certificateKID, strings.Repeat("0", 40), 1),
			claims),
		"another x5t": token(t, "sandbox", strings.Replace(goodHeader, certificateX5T, strings.Repeat("A", 27), 1),
			claims),
		"without kid":         token(t, "sandbox", `{"alg":"RS256"}`, claims),
		"algorithm none":      token(t, "sandbox", strings.Replace(goodHeader, "RS256", "none", 1), claims),
		"algorithm HS256":     token(t, "sandbox", strings.Replace(goodHeader, "RS256", "HS256", 1), claims),
		"algorithm RS512":     token(t, "sandbox", strings.Replace(goodHeader, "RS256", "RS512", 1), claims),
		"without data":        token(t, "sandbox", goodHeader, `{"iss":"NIC"}`),
		"without iss":         token(t, "sandbox", goodHeader, `{"data":"{}"}`),
		"data an object":      token(t, "sandbox", goodHeader, `{"data":{},"iss":"NIC"}`),
		"data no JSON":        token(t, "sandbox", goodHeader, `{"data":"{","iss":"NIC"}`),
		"a third claim":       token(t, "sandbox", goodHeader, `{"data":"{}","iss":"NIC","exp":99999999999}`),
		"claims null":         token(t, "sandbox", goodHeader, `null`),
		"unused bits changed": good[:len(good)-1] + string(good[len(good)-1]+1),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got, err := client.VerifyInvoice(signed, certificate); err == nil {
				t.Errorf("verified %+v", got)
			}
			if got, err := client.VerifyQRCode(signed, certificate); err == nil {
				t.Errorf("verified %+v", got)
			}
		})
	}
	for name, text := range map[string][]byte{
		"another": signingCertificate(t, "production"),
		"none":    nil,
		"a key":   []byte("-----BEGIN PUBLIC KEY-----\nMAA=\n-----END PUBLIC KEY-----\n"),
		"broken":  []byte("-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n"),
	} {
		if got, err := client.VerifyInvoice(good, text); err == nil {
			t.Errorf("certificate %s: verified %+v", name, got)
		}
	}
}

// A valid signature by the right key, with an algorithm that NIC does not use.
func TestVerifyInvoiceAcceptsOnlyRS256(t *testing.T) {
	t.Parallel()
	key, err := fixtures.SigningKey("sandbox")
	if err != nil {
		t.Fatal(err)
	}
	url := base64.RawURLEncoding
	signed := url.EncodeToString([]byte(strings.Replace(goodHeader, "RS256", "RS512", 1))) + "." +
		url.EncodeToString([]byte(`{"data":"{}","iss":"NIC"}`))
	digest := sha512.Sum512([]byte(signed))
	signature, err := rsa.SignPKCS1v15(nil, key, crypto.SHA512, digest[:])
	if err != nil {
		t.Fatal(err)
	}
	signed += "." + url.EncodeToString(signature)
	if got, err := client.VerifyInvoice(signed, signingCertificate(t, "sandbox")); err == nil {
		t.Errorf("verified %+v", got)
	}
}

func TestSigningCertificateFromControl(t *testing.T) {
	t.Parallel()
	certificate := string(signingCertificate(t, "sandbox"))
	want := exchange{want: "GET /control/v1/signing-certificates/sandbox.pem", status: 200,
		media: "application/x-pem-file", answer: certificate}
	got, err := newControl(t, listen(t, want)).SigningCertificate(t.Context(), client.EnvironmentSandbox)
	if err != nil || string(got) != certificate {
		t.Errorf("certificate is %q, %v", got, err)
	}
	want.answer = "no PEM"
	_, err = newControl(t, listen(t, want)).SigningCertificate(t.Context(), client.EnvironmentSandbox)
	_ = as[*client.UnexpectedAnswer](t, err)
}
