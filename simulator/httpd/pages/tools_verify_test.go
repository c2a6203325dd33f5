package pages_test

import (
	"bytes"
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"image/jpeg"
	"mime/multipart"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/nicsim/nicsim/simulator/httpd/qr"
)

// sendFile sends a form as multipart/form-data, with a file for the field unless the field is empty.
func (b *tab) sendFile(f form, field, name string, content []byte) *tab {
	b.t.Helper()
	var body bytes.Buffer
	writer := multipart.NewWriter(&body)
	for name := range f.values {
		if name != field {
			_ = writer.WriteField(name, f.values.Get(name)) // into memory
		}
	}
	if field != "" {
		file, err := writer.CreateFormFile(field, name)
		if err != nil {
			b.t.Fatal(err)
		}
		_, _ = file.Write(content)
	}
	_ = writer.Close()
	r, err := http.NewRequestWithContext(b.t.Context(), http.MethodPost, f.action, &body)
	if err != nil {
		b.t.Fatal(err)
	}
	r.Header.Set("Content-Type", writer.FormDataContentType())
	return b.load(r)
}

// verifyPage opens Verify Signed Invoice in a new browser.
func (p *place) verifyPage() *tab {
	return p.browser().open(p.sandbox + "/tools/verify").on("tool-verify")
}

func (b *tab) upload(name string, content []byte) *tab {
	b.t.Helper()
	return b.sendFile(b.fill("Verify"), "file", name, content)
}

func (b *tab) paste(text string) *tab {
	b.t.Helper()
	return b.press("Verify", "Signed invoice or QR code", text)
}

// signed signs as NIC does, with an environment's key and without package seal.
func signed(t *testing.T, env, kid, data string) string {
	t.Helper()
	text, err := os.ReadFile("../../../fixtures/keys/" + env + "-signing-TEST-ONLY.pem")
	if err != nil {
		t.Fatal(err)
	}
	block, _ := pem.Decode(text)
	key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	thumbprint, err := hex.DecodeString(kid)
	if err != nil {
		t.Fatal(err)
	}
	part := func(v any) string {
		document, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		return base64.RawURLEncoding.EncodeToString(document)
	}
	content := part(map[string]string{"alg": "RS256", "typ": "JWT", "kid": kid,
		"x5t": base64.RawURLEncoding.EncodeToString(thumbprint)}) +
		"." + part(map[string]string{"data": data, "iss": "NIC"})
	sum := sha256.Sum256([]byte(content))
	signature, err := rsa.SignPKCS1v15(nil, key.(*rsa.PrivateKey), crypto.SHA256, sum[:])
	if err != nil {
		t.Fatal(err)
	}
	return content + "." + base64.RawURLEncoding.EncodeToString(signature)
}

const signedInvoice = `{"AckNo":112610000000001,"DocDtls":{"Typ":"INV","No":"A/1"},"ValDtls":{"TotInvVal":1180.00}}`

func TestVerify(t *testing.T) {
	p := newPlace(t, "/w/verify")
	token := recorded(t, "token.txt") // made by OpenSSL
	invoice := signed(t, "sandbox", sandboxKid, signedInvoice)
	foreign := signed(t, "production", productionKid, signedInvoice)
	stranger := signed(t, "production", strings.Repeat("AB", 20), signedInvoice)
	parts := strings.Split(token, ".")
	changed := parts[0] + "." + base64.RawURLEncoding.EncodeToString([]byte(`{"data":"{\"DocNo\":\"M&S-2\"}","iss":"NIC Sandbox"}`)) + "." + parts[2]
	unsigned := base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"none","kid":"`+sandboxKid+`"}`)) + "." + parts[1] +
		"."
	quoted, _ := json.Marshal(token)
	inner, _ := json.Marshal(map[string]any{"AckNo": 1, "SignedInvoice": invoice, "SignedQRCode": changed})
	text, _ := json.Marshal(string(inner))
	code, err := qr.Draw(token, qr.Low)
	if err != nil {
		t.Fatal(err)
	}
	png, err := code.PNG()
	if err != nil {
		t.Fatal(err)
	}
	var photo bytes.Buffer
	if err := jpeg.Encode(&photo, code.Image(8), &jpeg.Options{Quality: 60}); err != nil {
		t.Fatal(err)
	}
	const own, others, altered, unknown = "the sandbox certificate", "the production environment", "was changed",
		"does not belong to this simulator"
	for _, c := range []struct {
		name     string
		b        *tab
		kinds    string
		verdicts string
		judgment string // of the last
	}{
		{"a QR code's text", p.verifyPage().paste(" " + token + "\n"), "Signed QR code", "Verified", own},
		{"an invoice", p.verifyPage().paste(invoice), "Signed invoice", "Verified", own},
		{"broken over lines", p.verifyPage().paste(token[:100] + "\r\n" + token[100:200] + "\r\n  " + token[200:]),
			"Signed QR code", "Verified", own},
		{"in quotes", p.verifyPage().paste(string(quoted)), "Signed QR code", "Verified", own},
		{"another environment's", p.verifyPage().paste(foreign), "Signed invoice", "Not verified", others},
		{"changed", p.verifyPage().paste(changed), "Signed QR code", "Not verified", altered},
		{"unsigned", p.verifyPage().paste(unsigned), "Signed QR code", "Not verified", altered},
		{"a stranger's", p.verifyPage().paste(stranger), "Signed invoice", "Not verified", unknown},
		{"an answer, of which one part was changed", p.verifyPage().paste(string(inner)), "Signed invoice|Signed QR code",
			"Verified|Not verified", altered},
		{"an answer in its envelope", p.verifyPage().paste(`{"Status":1,"Data":` + string(inner) + `}`),
			"Signed invoice|Signed QR code", "Verified|Not verified", altered},
		{"an answer as a text in its envelope",
			p.verifyPage().upload("a.json", []byte(`{"Status":"1","Data":`+string(text)+`}`)), "Signed invoice|Signed QR code",
			"Verified|Not verified", altered},
		{"a text as a file", p.verifyPage().upload("qr.txt", []byte("\ufeff"+token+"\n")), "Signed QR code", "Verified", own},
		{"a PNG", p.verifyPage().upload("qr.png", png), "Signed QR code", "Verified", own},
		{"a JPEG", p.verifyPage().upload("qr.jpg", photo.Bytes()), "Signed QR code", "Verified", own},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.b.on("tool-verify")
			join := func(name string) string { return strings.Join(c.b.marked("data-value", name), "|") }
			if join("kind") != c.kinds || join("verdict") != c.verdicts {
				t.Fatalf("it is %s, %s: want %s, %s", join("kind"), join("verdict"), c.kinds, c.verdicts)
			}
			judgments := c.b.marked("data-value", "judgment")
			if last := judgments[len(judgments)-1]; !strings.Contains(last, c.judgment) {
				t.Errorf("it says %q, want %q", last, c.judgment)
			}
			if before := c.b.shown(); c.b.open(c.b.at.String()).shown() != before {
				t.Error("the reload shows something else")
			}
		})
	}
	t.Run("what it says", func(t *testing.T) {
		b := p.verifyPage().paste(token)
		for name, want := range map[string]string{
			"issuer": "NIC Sandbox", "kid": sandboxKid, "algorithm": "RS256", "name": "SellerGstin", "value": "29ABCCD1234E1Z1",
		} {
			if got := b.value(name); got != want {
				t.Errorf("%s is %q, want %q", name, got, want)
			}
		}
		var facts []string
		for i, name := range b.marked("data-value", "name") {
			facts = append(facts, name+"="+b.marked("data-value", "value")[i])
		}
		want := "SellerGstin=29ABCCD1234E1Z1 BuyerGstin=29ABCPD1234E2Z9 DocNo=M&S-1 DocTyp=INV DocDt=22/11/2026 " +
			"TotInvVal=118.00 ItemCnt=1 MainHsnCode=8471 " +
			"Irn=35054cc24d97033afc24f49ec4444dbab81f542c555f9d30359dc75794e06bbe IrnDt=2026-11-22 10:00:00"
		if got := strings.Join(facts, " "); got != want {
			t.Errorf("the QR code says\n%s, want\n%s", got, want)
		}
		if got := b.value("header"); !strings.HasPrefix(got, `{ "alg": "RS256", "kid": "`+sandboxKid+`", "typ": "JWT"`) {
			t.Errorf("the header is %s", got)
		}
		b = p.verifyPage().paste(invoice)
		if got := b.value("document"); got != `{ "AckNo": 112610000000001, "DocDtls": { "Typ": "INV", "No": "A/1" }, "ValDtls": { "TotInvVal": 1180.00 } }` || b.value("name") != "" {
			t.Errorf("the document is %s, and the QR code says %q", got, b.value("name"))
		}
	})
	p.knowsEachField()
}
