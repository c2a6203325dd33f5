package main

import (
	"bytes"
	"crypto/aes"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"io"
	"math/big"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/internal/golden"
	"github.com/nicsim/nicsim/simulator"
	"github.com/nicsim/nicsim/simulator/irp/invoice"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/simtest"
)

// cryptoExample has the values of one login and one invoice; its JSON is docs/samples/crypto.json. Keys and
// encrypted values are base64, but for those whose names say hexadecimal.
type cryptoExample struct {
	AppKey        string `json:"appKey"`
	AppKeyHex     string `json:"appKeyHex"`
	Login         string `json:"login"`
	LoginText     string `json:"loginText"`
	BlockHex      string `json:"blockHex"`
	PublicKey     string `json:"publicKey"`
	SealedLogin   string `json:"sealedLogin"`
	Token         string `json:"token"`
	SealedSEK     string `json:"sealedSek"`
	SEKHex        string `json:"sekHex"`
	Invoice       string `json:"invoice"`
	SealedInvoice string `json:"sealedInvoice"`
	SealedAnswer  string `json:"sealedAnswer"`
	Answer        string `json:"answer"`
	IRNText       string `json:"irnText"`
	IRN           string `json:"irn"`
	Certificate   string `json:"certificate"`
	SignedQRCode  string `json:"signedQRCode"`
	QRHeader      string `json:"qrHeader"`
	QRPayload     string `json:"qrPayload"`
	QRData        string `json:"qrData"`

	loginAnswer string
}

// TestCryptoByExample makes the values with nothing but Go's library, sends them to a simulator, and compares them with
// the page and with the files that the example clients check themselves against.
func TestCryptoByExample(t *testing.T) {
	root := moduleRoot(t)
	sim := simtest.Start(t, simulator.Options{Seed: "worked-example"})
	control, err := client.NewControl(sim.Control, client.Options{})
	if err != nil {
		t.Fatal(err)
	}
	day := time.Date(2026, 1, 15, 10, 0, 0, 0, nic.IST)
	e := cryptoExample{}
	user := client.APIUserRecord{Environment: client.EnvironmentSandbox, GSTIN: defaultGSTIN, ClientID: defaultClientID,
		Username: "example_user", Password: "Example@123"}
	for _, err := range []error{
		control.SetClock(t.Context(), client.Clock{Mode: "frozen", Now: day}), control.AddAPIUser(t.Context(), user),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	key, err := control.PublicKey(t.Context(), client.EnvironmentSandbox)
	if err != nil {
		t.Fatal(err)
	}
	certificate, err := control.SigningCertificate(t.Context(), client.EnvironmentSandbox)
	if err != nil {
		t.Fatal(err)
	}
	e.PublicKey, e.Certificate = string(key), string(certificate)
	e.logIn(t, sim.Sandbox, user)
	e.register(t, sim.Sandbox, user, day)

	text, err := json.MarshalIndent(e, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	for _, folder := range []string{"docs/samples", "examples/node", "examples/python", "examples/java", "examples/php"} {
		golden.Compare(t, filepath.Join(root, folder, "crypto.json"), string(text)+"\n")
	}
	golden.CompareSection(t, filepath.Join(root, "docs/crypto-by-example.md"), "example", e.page(user))
}

// logIn performs the login of NIC's page on authentication.
func (e *cryptoExample) logIn(t *testing.T, sandbox string, user client.APIUserRecord) {
	t.Helper()
	appKey := make([]byte, 32)
	for i := range appKey {
		appKey[i] = byte(i)
	}
	e.AppKey, e.AppKeyHex = base64.StdEncoding.EncodeToString(appKey), hex.EncodeToString(appKey)
	e.Login = fmt.Sprintf(`{"UserName":%q,"Password":%q,"AppKey":%q,"ForceRefreshAccessToken":false}`,
		user.Username, user.Password, e.AppKey)
	e.LoginText = base64.StdEncoding.EncodeToString([]byte(e.Login))

	block, _ := pem.Decode([]byte(e.PublicKey))
	parsed, err := x509.ParsePKIXPublicKey(block.Bytes)
	key, ok := parsed.(*rsa.PublicKey)
	if err != nil || !ok {
		t.Fatalf("the public key is a %T: %v", parsed, err)
	}
	padded := append([]byte{0, 2}, bytes.Repeat([]byte{0xff}, key.Size()-3-len(e.LoginText))...)
	padded = append(append(padded, 0), e.LoginText...)
	e.BlockHex = hex.EncodeToString(padded)
	sealed := new(big.Int).Exp(new(big.Int).SetBytes(padded), big.NewInt(int64(key.E)), key.N)
	e.SealedLogin = base64.StdEncoding.EncodeToString(sealed.FillBytes(make([]byte, key.Size())))

	var answer struct {
		Data struct{ AuthToken, Sek string }
	}
	e.loginAnswer = e.post(t, sandbox+"/eivital/v1.04/auth", e.SealedLogin, user, &answer)
	e.Token, e.SealedSEK = answer.Data.AuthToken, answer.Data.Sek
	e.SEKHex = hex.EncodeToString(ecb(t, appKey, decoded(t, e.SealedSEK), false))
}

// register registers an invoice under the SEK of the login.
func (e *cryptoExample) register(t *testing.T, sandbox string, user client.APIUserRecord, day time.Time) {
	t.Helper()
	document, err := invoice.Sample{Today: day, Number: "EX-1"}.Document()
	if err != nil {
		t.Fatal(err)
	}
	sek, err := hex.DecodeString(e.SEKHex)
	if err != nil {
		t.Fatal(err)
	}
	e.Invoice = string(document.JSON())
	e.SealedInvoice = base64.StdEncoding.EncodeToString(ecb(t, sek, []byte(e.Invoice), true))
	var answer struct{ Data string }
	e.post(t, sandbox+"/eicore/v1.03/Invoice", e.SealedInvoice, user, &answer)
	e.SealedAnswer = answer.Data
	e.Answer = string(ecb(t, sek, decoded(t, e.SealedAnswer), false))

	e.IRNText = user.GSTIN + "2025-26" + "INV" + "EX-1"
	e.IRN = fmt.Sprintf("%x", sha256.Sum256([]byte(e.IRNText)))
	var registered struct{ Irn, SignedQRCode string }
	if err := json.Unmarshal([]byte(e.Answer), &registered); err != nil || registered.Irn != e.IRN {
		t.Fatalf("the IRN is %q, want %s: %v", registered.Irn, e.IRN, err)
	}
	e.SignedQRCode = registered.SignedQRCode
	parts := strings.Split(e.SignedQRCode, ".")
	e.QRHeader, e.QRPayload = urlDecoded(t, parts[0]), urlDecoded(t, parts[1])
	var claims struct {
		Data string `json:"data"`
	}
	if err := json.Unmarshal([]byte(e.QRPayload), &claims); err != nil {
		t.Fatal(err)
	}
	e.QRData = claims.Data
	if _, err := client.VerifyQRCode(e.SignedQRCode, []byte(e.Certificate)); err != nil {
		t.Fatal(err)
	}
}

// post sends Data to a call and returns the answer, which it also reads into a value.
func (e *cryptoExample) post(t *testing.T, url, data string, user client.APIUserRecord, into any) string {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url, strings.NewReader(`{"Data":"`+data+`"}`))
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range map[string]string{
		"Content-Type": "application/json", "client_id": user.ClientID, "client_secret": exampleSecret, "Gstin": user.GSTIN,
		"user_name": user.Username, "AuthToken": e.Token,
	} {
		request.Header.Set(name, value)
	}
	transport := client.NewTransport()
	defer transport.CloseIdleConnections()
	response, err := (&http.Client{Transport: transport}).Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err == nil {
		err = json.Unmarshal(body, into)
	}
	if err != nil || !strings.Contains(string(body), `"Status":1`) {
		t.Fatalf("%s: %s (%v)", url, body, err)
	}
	return strings.TrimSpace(string(body))
}

// exampleSecret is the client secret of the fixtures' first provider.
const exampleSecret = "SahyadriSecret000001"

// ecb encrypts or decrypts with AES in ECB mode and PKCS #7 padding.
func ecb(t *testing.T, key, data []byte, encrypt bool) []byte {
	t.Helper()
	cipher, err := aes.NewCipher(key)
	if err != nil {
		t.Fatal(err)
	}
	through := cipher.Decrypt
	if encrypt {
		padding := aes.BlockSize - len(data)%aes.BlockSize
		data, through = append(bytes.Clone(data), bytes.Repeat([]byte{byte(padding)}, padding)...), cipher.Encrypt
	}
	out := make([]byte, len(data))
	for i := 0; i < len(data); i += aes.BlockSize {
		through(out[i:], data[i:i+aes.BlockSize])
	}
	if !encrypt {
		out = out[:len(out)-int(out[len(out)-1])]
	}
	return out
}

func decoded(t *testing.T, text string) []byte {
	t.Helper()
	data, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func urlDecoded(t *testing.T, part string) string {
	t.Helper()
	data, err := base64.RawURLEncoding.DecodeString(part)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// page is the part of the page that has the values.
func (e *cryptoExample) page(user client.APIUserRecord) string {
	var b strings.Builder
	for _, section := range []struct {
		title string
		steps []string // what a value is, and the value
	}{
		{"The login", []string{
			"The AppKey, 32 bytes, in hexadecimal:", e.AppKeyHex,
			"The JSON of the login. It has the AppKey in base64:", e.Login,
			"The base64 text of that JSON. This text is encrypted, not the JSON:", e.LoginText,
			"The block of RSA with PKCS #1 v1.5 padding, in hexadecimal: `0002`, bytes that are not 0 (random ones in a " +
				"real client), `00`, and the characters of the text. A library does this:", e.BlockHex,
			"The block encrypted under the sandbox's [public key](control.md#keys), in base64:", e.SealedLogin,
			"The request is `POST /eivital/v1.04/auth`, with these headers and the body `{\"Data\":\"…\"}` around that value:",
			"Content-Type: application/json\nclient_id: " + user.ClientID + "\nclient_secret: " + exampleSecret +
				"\nGstin: " + user.GSTIN,
			"The answer:", e.loginAnswer,
		}},
		{"The session key", []string{
			"The SEK, as it came:", e.SealedSEK,
			"Its 32 bytes in hexadecimal: base64 decoded, then decrypted with AES-256 in ECB mode with PKCS #7 padding under " +
				"the AppKey:", e.SEKHex,
		}},
		{"An invoice", []string{
			"The JSON of the invoice:", e.Invoice,
			"Encrypted with AES-256 in ECB mode with PKCS #7 padding under the SEK, in base64. ECB has no random part, so " +
				"yours must be equal:", shortened(e.SealedInvoice),
			"The request is `POST /eicore/v1.03/Invoice`, with the headers of the login, these two, and the body " +
				"`{\"Data\":\"…\"}`:", "user_name: " + user.Username + "\nAuthToken: " + e.Token,
			"The `Data` of the answer:", shortened(e.SealedAnswer),
			"Decrypted under the SEK:", shortened(e.Answer),
		}},
		{"The IRN", []string{
			"The GSTIN of the supplier, the financial year, the type and the number of the document, with nothing between " +
				"them:", e.IRNText,
			"Its SHA-256 in hexadecimal, which is the IRN:", e.IRN,
		}},
		{"The signed QR code", []string{
			"`SignedQRCode` is a JWS: three parts in base64url with dots between them:", shortened(e.SignedQRCode),
			"Its header:", e.QRHeader,
			"Its payload. `data` is JSON in a text:", e.QRPayload,
			"The signature is RSA with PKCS #1 v1.5 padding over the SHA-256 of the first two parts and the dot between them. " +
				"The [certificate](control.md#keys) verifies it. What is signed:", e.QRData,
		}},
	} {
		fmt.Fprintf(&b, "\n## %s\n", section.title)
		for i := 0; i < len(section.steps); i += 2 {
			fmt.Fprintf(&b, "\n%s\n\n```text\n%s\n```\n", section.steps[i], section.steps[i+1])
		}
	}
	return b.String()
}

// shortened is the beginning of a long text.
func shortened(text string) string {
	const most = 400
	if len(text) <= most {
		return text
	}
	return text[:most] + "…"
}
