package seal_test

import (
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/nicsim/nicsim/fixtures"
	"github.com/nicsim/nicsim/simulator/seal"
)

func signing(tb testing.TB, env string) (*rsa.PrivateKey, *x509.Certificate) {
	tb.Helper()
	key, err := fixtures.SigningKey(env)
	if err != nil {
		tb.Fatal(err)
	}
	certificate, err := fixtures.SigningCertificate(env)
	if err != nil {
		tb.Fatal(err)
	}
	return key, certificate
}

// kid and x5t of two of NIC's tokens, of 2021 and of 2023.
func TestPublishedThumbprints(t *testing.T) {
	t.Parallel()
	for kid, x5t := range map[string]string{
		"EDC57DE1358B300BA9F79340A6696831F3C85047": "7cV94TWLMAup95NApmloMfPIUEc",
		"1513B821EE46C749A63B86E318BF711099287D1F": "FRO4Ie5Gx0mmO4bjGL9xEJkofR8",
	} {
		thumbprint := seal.Thumbprint(unhex(t, kid))
		if thumbprint.KeyID() != kid || thumbprint.X5T() != x5t {
			t.Errorf("%s, %s, want %s, %s", thumbprint.KeyID(), thumbprint.X5T(), kid, x5t)
		}
	}
}

// RS256 has exactly one signature of a text, so the token must equal the token of OpenSSL.
func TestSignEqualsOpenSSL(t *testing.T) {
	t.Parallel()
	key, certificate := signing(t, "sandbox")
	signer, err := seal.NewSigner(key, certificate)
	if err != nil {
		t.Fatal(err)
	}
	data := strings.TrimSuffix(recorded(t, "qr.json"), "\n")
	token, err := signer.Sign(data, "NIC Sandbox")
	if want := recorded(t, "token.txt"); err != nil || token != want {
		t.Fatalf("token is %s, %v, want %s", token, err, want)
	}
	got, err := seal.Verify(token, certificate)
	if err != nil {
		t.Fatal(err)
	}
	thumbprint := seal.ThumbprintOf(certificate)
	if got.Data != data || got.Issuer != "NIC Sandbox" || got.Algorithm != "RS256" ||
		got.KeyID != thumbprint.KeyID() || got.X5T != thumbprint.X5T() {
		t.Errorf("token holds %+v", got)
	}
	want := fmt.Sprintf(`{"alg":"RS256","kid":"%s","typ":"JWT","x5t":"%s"}`, thumbprint.KeyID(), thumbprint.X5T())
	if string(got.Header) != want {
		t.Errorf("header is %s, want %s", got.Header, want)
	}
}

func TestSignerRequiresItsOwnCertificate(t *testing.T) {
	t.Parallel()
	key, _ := signing(t, "sandbox")
	_, other := signing(t, "production")
	if _, err := seal.NewSigner(key, other); err == nil {
		t.Error("signs with a key that the certificate does not verify")
	}
}

// signByHand makes a token with any header and claims, with Go's RSA.
func signByHand(tb testing.TB, key *rsa.PrivateKey, header, claims string) string {
	tb.Helper()
	url := base64.RawURLEncoding
	signed := url.EncodeToString([]byte(header)) + "." + url.EncodeToString([]byte(claims))
	digest := sha256.Sum256([]byte(signed))
	signature, err := rsa.SignPKCS1v15(nil, key, crypto.SHA256, digest[:])
	if err != nil {
		tb.Fatal(err)
	}
	return signed + "." + url.EncodeToString(signature)
}

func TestVerify(t *testing.T) {
	t.Parallel()
	key, certificate := signing(t, "sandbox")
	otherKey, otherCertificate := signing(t, "production")
	thumbprint := seal.ThumbprintOf(certificate)
	header := func(alg, kid, x5t string) string {
		return fmt.Sprintf(`{"alg":%q,"kid":%q,"x5t":%q,"typ":"JWT"}`, alg, kid, x5t) // the order of 2023
	}
	good := header("RS256", thumbprint.KeyID(), thumbprint.X5T())
	const claims = `{"data":"{}","iss":"NIC"}`
	token := signByHand(t, key, good, claims)
	parts := strings.Split(token, ".")
	unsigned := parts[0] + "." + parts[1] + "."
	other := seal.ThumbprintOf(otherCertificate)

	if got, err := seal.Verify(token, certificate); err != nil || got.Data != "{}" || got.Issuer != "NIC" {
		t.Errorf("the order of headers in 2023: %+v, %v", got, err)
	}
	for name, c := range map[string]struct {
		token    string
		unsigned bool // well formed, so that only the signature is wrong
	}{
		"another key":         {signByHand(t, otherKey, good, claims), true},
		"another certificate": {signByHand(t, key, header("RS256", other.KeyID(), other.X5T()), claims), true},
		"kid in lower case": {signByHand(t, key, header("RS256", strings.ToLower(thumbprint.KeyID()), thumbprint.X5T()),
			claims), true},
		"another x5t":     {signByHand(t, key, header("RS256", thumbprint.KeyID(), other.X5T()), claims), true},
		"algorithm none":  {signByHand(t, key, header("none", thumbprint.KeyID(), thumbprint.X5T()), claims), true},
		"algorithm PS256": {signByHand(t, key, header("PS256", thumbprint.KeyID(), thumbprint.X5T()), claims), true},
		"empty header":    {signByHand(t, key, `{}`, claims), true},
		"other claims": {
			parts[0] + "." + base64.RawURLEncoding.EncodeToString([]byte(`{"data":"{ }","iss":"NIC"}`)) + "." + parts[2], true,
		},
		"no signature":        {unsigned, true},
		"half a signature":    {token[:len(token)-171], true},
		"two parts":           {parts[0] + "." + parts[1], false},
		"four parts":          {token + ".", false},
		"nothing":             {"", false},
		"padded base64":       {token + "==", false},
		"line break":          {token + "\n", false},
		"other alphabet":      {parts[0] + ".++++." + parts[2], false},
		"header null":         {signByHand(t, key, `null`, claims), false},
		"header no object":    {signByHand(t, key, `"RS256"`, claims), false},
		"claims null":         {signByHand(t, key, good, `null`), false},
		"without data":        {signByHand(t, key, good, `{"iss":"NIC"}`), false},
		"without iss":         {signByHand(t, key, good, `{"data":"{}"}`), false},
		"data an object":      {signByHand(t, key, good, `{"data":{},"iss":"NIC"}`), false},
		"a third claim":       {signByHand(t, key, good, `{"data":"{}","iss":"NIC","iat":1}`), false},
		"more after":          {signByHand(t, key, good, claims+`{}`), false},
		"rubbish after":       {signByHand(t, key, good, claims+`x`), false},
		"claims are not JSON": {signByHand(t, key, good, `data`), false},
		"unused bits changed": {token[:len(token)-1] + string(token[len(token)-1]+1), false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := seal.Verify(c.token, certificate)
			if err == nil || got.Data != "" || errors.Is(err, seal.ErrSignature) != c.unsigned {
				t.Errorf("verified %+v, %v", got, err)
			}
			if _, err := seal.ReadToken(c.token); (err == nil) != c.unsigned {
				t.Errorf("ReadToken: %v", err)
			}
		})
	}
	if _, err := seal.ReadToken(parts[0] + ".++++." + parts[2]); err == nil || !strings.Contains(err.Error(), "part 2 ") {
		t.Errorf("the second part is not base64url: %v", err)
	}
	if _, err := seal.Verify(token, &x509.Certificate{}); err == nil || errors.Is(err, seal.ErrSignature) {
		t.Errorf("a certificate without an RSA key: %v", err)
	}
}

// Verify and ReadToken do not panic on any text. They read the tokens of Sign.
func FuzzReadToken(f *testing.F) {
	key, certificate := signing(f, "sandbox")
	signer, err := seal.NewSigner(key, certificate)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(recorded(f, "token.txt"), `{"DocNo":"M&S<1>"}`)
	f.Add("..", "\u2028\\\"")
	f.Add(signByHand(f, key, `{"alg":1}`, `{"data":"","iss":""}`), "")
	f.Fuzz(func(t *testing.T, token, data string) {
		_, reading := seal.ReadToken(token)
		if _, err := seal.Verify(token, certificate); err == nil && reading != nil {
			t.Errorf("verified what cannot be read: %v", reading)
		}
		made, err := signer.Sign(data, "NIC")
		if err != nil {
			t.Fatal(err)
		}
		got, err := seal.Verify(made, certificate)
		if err != nil || !json.Valid(got.Header) || utf8.ValidString(data) && got.Data != data {
			t.Errorf("signed %q, verified %q, %v", data, got.Data, err)
		}
	})
}
