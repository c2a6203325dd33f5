package pages_test

import (
	"bytes"
	"crypto/aes"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"hash/crc32"
	"image"
	"image/png"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"

	"github.com/skip2/go-qrcode"

	"github.com/nicsim/nicsim/fixtures"
	"github.com/nicsim/nicsim/simulator/seal"
)

// ask sends JSON to the sandbox with headers, names and values in turns.
func (p *place) ask(method, path, body string, headers ...string) map[string]any {
	p.t.Helper()
	r, err := http.NewRequestWithContext(p.t.Context(), method, p.sandbox+path, strings.NewReader(body))
	if err != nil {
		p.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w, err := p.transport.RoundTrip(r)
	if err != nil {
		p.t.Fatal(err)
	}
	defer w.Body.Close()
	var answer map[string]any
	if err := json.NewDecoder(w.Body).Decode(&answer); err != nil {
		p.t.Fatal(err)
	}
	return answer
}

// With what the pages give and nothing else, somebody logs in to the API and reads a GSTIN.
func TestTheToolsOpenTheAPI(t *testing.T) {
	p := newPlace(t, "/w/tools")
	b := p.browser().open(p.sandbox+"/register").press("Validate", dakshin...).press("Send OTP").press("Submit", "OTP", p.otp())
	b.press("Create", append([]string{"GSP", "", "Company Name", "Sahyadri GST Suvidha", "Client ID", "AAFCC29ERP82ZSO"}, newUser...)...)
	b.on("registration-acknowledgement COMPLETED")

	b.open(p.sandbox + "/").click("Tools").click("Encrypt and Decrypt").on("tool-encrypt").press("Make an AppKey")
	appKey := b.value("result")
	if raw, err := base64.StdEncoding.DecodeString(appKey); err != nil || len(raw) != 32 {
		t.Fatalf("the AppKey is %q", appKey)
	}
	b.press("Encrypt the login", "Login document", `{"UserName":"dakshin_one","Password":"Testing@123","AppKey":"`+appKey+`","ForceRefreshAccessToken":false}`)
	credentials := []string{"client_id", "AAFCC29ERP82ZSO", "client_secret", "SahyadriSecret000001", "Gstin", "29ABCCD1234E1Z1"}
	answer := p.ask("POST", "/eivital/v1.04/auth", `{"Data":"`+b.value("result")+`"}`, credentials...)
	login, ok := answer["Data"].(map[string]any)
	if !ok {
		t.Fatalf("the login was answered %v", answer)
	}
	b.press("Decrypt the Sek", "Sek", login["Sek"].(string), "AppKey", appKey)
	sek := b.value("result")
	answer = p.ask("GET", "/eivital/v1.04/Master/gstin/29ABCCD1234E1Z1", "",
		append(credentials, "user_name", "dakshin_one", "AuthToken", login["AuthToken"].(string))...)
	b.press("Decrypt the Data", "Data", answer["Data"].(string), "SEK of the Data", sek)
	if got := b.value("result"); !strings.Contains(got, `"Gstin": "29ABCCD1234E1Z1"`) {
		t.Errorf("decrypted is %q", got)
	}

	// AES, by hand.
	b.press("Encrypt the body", "Body", `{"a":1}`, "SEK", sek)
	key, _ := base64.StdEncoding.DecodeString(sek)
	sealed, _ := base64.StdEncoding.DecodeString(b.value("result"))
	cipher, err := aes.NewCipher(key)
	if err != nil || len(sealed) != 16 {
		t.Fatalf("%d bytes were sealed under %d, %v", len(sealed), len(key), err)
	}
	cipher.Decrypt(sealed, sealed)
	if want := `{"a":1}` + strings.Repeat("\x09", 9); string(sealed) != want {
		t.Errorf("sealed was %q, want %q", sealed, want)
	}
	journal, err := json.Marshal(p.tell("GET", "requests", ""))
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{appKey, sek, "Testing@123"} {
		quoted, _ := json.Marshal(secret)
		if strings.Contains(string(journal), strings.Trim(string(quoted), `"`)) {
			t.Errorf("the journal has %s", secret)
		}
	}
}

func TestToolsRefuseWhatCannotBeUsed(t *testing.T) {
	p := newPlace(t, "")
	short := base64.StdEncoding.EncodeToString(make([]byte, 16))
	key := base64.StdEncoding.EncodeToString(make([]byte, 32))
	for _, c := range []struct {
		button string
		typed  []string
		field  string
	}{
		{"Encrypt the login", []string{"Login document", "{"}, "login"},
		{"Encrypt the login", []string{"Login document", `"` + strings.Repeat("x", 300) + `"`}, "login"},
		{"Decrypt the Sek", []string{"Sek", "AAAA", "AppKey", key}, "sealedSek"},
		{"Decrypt the Sek", []string{"Sek", "AAAA", "AppKey", short}, "appKey"},
		{"Decrypt the Sek", []string{"Sek", "AAAA", "AppKey", "no base64!"}, "appKey"},
		{"Encrypt the body", []string{"Body", "not JSON", "SEK", key}, "plain"},
		{"Encrypt the body", []string{"Body", "{}", "SEK", ""}, "sek"},
		{"Decrypt the Data", []string{"Data", strings.Repeat("A", 64), "SEK of the Data", key}, "data"},
		{"Decrypt the Data", []string{"Data", "", "SEK of the Data", key}, "data"},
	} {
		t.Run(c.button+" "+c.field, func(t *testing.T) {
			b := p.browser().open(p.sandbox+"/tools/encrypt").press(c.button, c.typed...)
			b.refused(422, "value-invalid", c.field)
			if !strings.Contains(b.text, `<a href="#`+c.field+`">`) {
				t.Error("the refusal does not point to the field")
			}
		})
	}
}

func TestKeysAndEndpoints(t *testing.T) {
	p := newPlace(t, "/w/keys")
	b := p.browser().open(p.sandbox + "/tools/public-key").on("tool-public-key")
	w, err := p.transport.RoundTrip(mustRequest(t, p.sandbox+"/tools/public-key.pem"))
	if err != nil {
		t.Fatal(err)
	}
	defer w.Body.Close()
	var file bytes.Buffer
	if _, err := file.ReadFrom(w.Body); err != nil {
		t.Fatal(err)
	}
	block, _ := pem.Decode(file.Bytes())
	if block == nil {
		t.Fatalf("the download is %q", file.String())
	}
	parsed, err := x509.ParsePKIXPublicKey(block.Bytes)
	if key, ok := parsed.(*rsa.PublicKey); err != nil || !ok || key.N.BitLen() != 2048 {
		t.Errorf("the key is %T, %v", parsed, err)
	}
	if got := w.Header.Get("Content-Disposition"); got != `attachment; filename="sandbox-public-key.pem"` {
		t.Errorf("the download is %s", got)
	}
	sum := sha256.Sum256(block.Bytes)
	want := strings.ToUpper(strings.ReplaceAll(fmt.Sprintf("% x", sum), " ", ":"))
	if got := b.value("fingerprint"); got != want {
		t.Errorf("the fingerprint is %s, want %s", got, want)
	}
	b.open(p.sandbox + "/tools/endpoints").on("tool-endpoints")
	if b.value("base") != p.sandbox {
		t.Errorf("the base is %q, want %q", b.value("base"), p.sandbox)
	}
	// Each that is listed is there: it answers, and not that there is no such path.
	p.tell("PUT", "settings", `{"irpV103":true}`)
	methods, paths := b.marked("data-value", "method"), b.marked("data-value", "path")
	if len(paths) < 15 {
		t.Fatalf("only %d are listed", len(paths))
	}
	for i, path := range paths {
		r := mustRequest(t, p.sandbox+strings.NewReplacer("{gstin}", "x", "{irn}", "x").Replace(path))
		r.Method = methods[i]
		w, err := p.transport.RoundTrip(r)
		if err != nil {
			t.Fatal(err)
		}
		w.Body.Close()
		if w.StatusCode == http.StatusNotFound || w.StatusCode == http.StatusMethodNotAllowed {
			t.Errorf("%s %s answers %d", methods[i], path, w.StatusCode)
		}
	}
}

// upload sends the form on the page with a file.
func (b *tab) upload(content []byte) *tab {
	b.t.Helper()
	sent := b.fill("Verify")
	var body bytes.Buffer
	writer := multipart.NewWriter(&body)
	for name := range sent.values {
		if name == "file" {
			continue
		}
		if err := writer.WriteField(name, sent.values.Get(name)); err != nil {
			b.t.Fatal(err)
		}
	}
	file, err := writer.CreateFormFile("file", "chosen.bin")
	if err == nil {
		_, err = file.Write(content)
	}
	if err == nil {
		err = writer.Close()
	}
	if err != nil {
		b.t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(b.t.Context(), http.MethodPost, sent.action, &body)
	if err != nil {
		b.t.Fatal(err)
	}
	r.Header.Set("Content-Type", writer.FormDataContentType())
	return b.load(r)
}

// signedBy signs with an environment's key.
func signedBy(t *testing.T, env, data string) string {
	t.Helper()
	key, err := fixtures.SigningKey(env)
	if err != nil {
		t.Fatal(err)
	}
	certificate, err := fixtures.SigningCertificate(env)
	if err != nil {
		t.Fatal(err)
	}
	signer, err := seal.NewSigner(key, certificate)
	if err != nil {
		t.Fatal(err)
	}
	token, err := signer.Sign(data, "NIC")
	if err != nil {
		t.Fatal(err)
	}
	return token
}

func TestVerify(t *testing.T) {
	p := newPlace(t, "/w/verify")
	good := signedBy(t, "sandbox", `{"SellerGstin":"29ABCCD1234E1Z1","TotInvVal":1180.00}`)
	foreign := signedBy(t, "production", `{"SellerGstin":"29ABCCD1234E1Z1"}`)
	picture, err := qrcode.Encode(good, qrcode.Medium, 800)
	if err != nil {
		t.Fatal(err)
	}
	answer, _ := json.Marshal(map[string]string{"SignedInvoice": good, "SignedQRCode": foreign})
	page := func() *tab { return p.browser().open(p.sandbox + "/tools/verify").on("tool-verify") }
	for _, c := range []struct {
		name     string
		b        *tab
		verdict  string
		judgment string
	}{
		{"pasted", page().press("Verify", "Signed invoice or QR code", " "+good+"\n"), "Verified", "sandbox"},
		{"another environment's", page().press("Verify", "Signed invoice or QR code", foreign), "Not verified", "production environment"},
		{"changed", page().press("Verify", "Signed invoice or QR code", good[:len(good)-8]+"AAAAAAAA"), "Not verified", "neither"},
		{"a picture", page().upload(picture), "Verified", "sandbox"},
		{"a text", page().upload([]byte(good)), "Verified", "sandbox"},
		{"an answer", page().upload(answer), "Verified", "sandbox"},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.b.on("tool-verify")
			if c.b.value("verdict") != c.verdict || !strings.Contains(c.b.value("judgment"), c.judgment) {
				t.Errorf("%s: %s", c.b.value("verdict"), c.b.value("judgment"))
			}
			if !strings.Contains(c.b.value("document"), `"SellerGstin": "29ABCCD1234E1Z1"`) {
				t.Errorf("the document is %q", c.b.value("document"))
			}
			before := c.b.text
			if c.b.open(c.b.at.String()); c.b.text != before {
				t.Error("the reload shows something else")
			}
		})
	}
}

// hugePNG says that it is large, and has nothing in it.
func hugePNG(width, height uint32) []byte {
	header := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32([]byte("IHDR"), width), height)
	header = append(header, 8, 2, 0, 0, 0)
	file := append([]byte("\x89PNG\r\n\x1a\n"), 0, 0, 0, 13)
	file = append(file, header...)
	return binary.BigEndian.AppendUint32(file, crc32.ChecksumIEEE(header))
}

func TestHostileUploads(t *testing.T) {
	p := newPlace(t, "/w/hostile")
	var blank bytes.Buffer
	if err := png.Encode(&blank, image.NewGray(image.Rect(0, 0, 50, 50))); err != nil {
		t.Fatal(err)
	}
	page := func() *tab { return p.browser().open(p.sandbox + "/tools/verify") }
	for _, c := range []struct {
		name    string
		content []byte
		says    string
	}{
		{"a huge picture", hugePNG(1<<15, 1<<15), "more than 20 million pixels"},
		{"an impossible picture", hugePNG(1<<31-1, 1<<31-1), "not whole"},
		{"a picture of a kind that is not read", []byte("GIF89a\x01\x00\x01\x00"), "neither PNG nor JPEG"},
		{"a picture cut off", blank.Bytes()[:40], "not whole"},
		{"a picture of nothing", blank.Bytes(), "No QR code"},
		{"bytes", []byte{0, 1, 2, 255}, "no signed text"},
		{"another JSON", []byte(`{"a":1}`), "neither SignedInvoice nor SignedQRCode"},
		{"nothing", nil, "Paste a text"},
	} {
		t.Run(c.name, func(t *testing.T) {
			field := "file"
			if c.content == nil {
				field = "signed"
			}
			if b := page().upload(c.content).refused(422, "value-invalid", field); !strings.Contains(b.value("detail"), c.says) {
				t.Errorf("it says %q", b.value("detail"))
			}
		})
	}
	t.Run("too large", func(t *testing.T) { page().upload(make([]byte, 2<<20)).refused(413, "body-too-large") })
	t.Run("no token", func(t *testing.T) {
		b := page()
		other := p.browser().open(p.sandbox + "/tools/verify")
		sent := other.fill("Verify", "Signed invoice or QR code", "x")
		b.send(sent).refused(403, "form-expired")
	})
	t.Run("a broken form", func(t *testing.T) {
		b := page()
		r := b.request(b.fill("Verify"))
		r.Header.Set("Content-Type", "multipart/form-data; boundary=x")
		b.load(r).refused(400, "malformed-request")
	})
}
