package client_test

import (
	"bytes"
	"crypto/aes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"io"
	"math/big"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/fixtures"
)

// Two public pairs of an AppKey and the Sek of NIC's answer, with the session key in the Sek.
var publicSEKs = []struct{ appKey, sealed, sek string }{
	{
		"S3ijCSe1i7qeqS88zpetBtFdomyjh39C",
		"axAUznCA+e2bjnYbbLKjPxoY8rf5K+O9b/UGRIO8OrlQbQNZUaEvMN3l6k7rDFIE",
		"9560721ee48ad4efc1c4ca62d24f078fa1bc8255ada7d53b2bd17e1129502ff1",
	},
	{
		"fao1PoKaLgd11xMrWTiL2cggAfx9QMwM",
		"oRvKfBtmgNTSuk/oXUhiLOjXi45jiWA2oKNxhhQM3UH2o/32YWGLbUjK1/dohPe3",
		"cd5a1e75eee6da79ef3077166087ca86bbec8a548511962296d266c554109c04",
	},
}

var apiUser = client.Credentials{
	ClientID: "AAFCC29ERP82ZSO", ClientSecret: "SahyadriSecret000001",
	GSTIN: "29ABCCD1234E1Z1", Username: "dakshin_test", Password: "Testing@123",
}

const fakeToken = "AsDf1234567890qWeRtYuIoP0"

// nic is the e-Invoice API as NIC's pages describe it, as far as a client needs it. Its logins always answer with the
// first of publicSEKs, so the client's AppKey must be the one of that pair.
type nic struct {
	t    *testing.T
	base string

	mu      sync.Mutex // guards the fields below
	expires string     // TokenExpiry
	token   string     // AuthToken of the next login
	auths   []auth     // the logins so far
	refuse  string     // the rows of ErrorDetails that refuse logins; empty if logins succeed
	hold    func()     // called in every login before it is answered; may be nil
	calls   []string   // method and URI of all other calls so far
	answer  func(call nicCall) string
}

// auth is the decrypted body of a login.
type auth struct {
	UserName, Password, AppKey string
	ForceRefreshAccessToken    bool
}

// nicCall is any other call.
type nicCall struct {
	request  *http.Request
	document string // the decrypted body; empty without a body
	body     map[string]string
}

func newNIC(t *testing.T) *nic {
	t.Helper()
	n := &nic{t: t, token: fakeToken, expires: "2026-11-22 11:00:00"}
	server := httptest.NewServer(n)
	t.Cleanup(server.Close)
	n.base = server.URL
	return n
}

// api returns a client of n whose clock shows at.
func (n *nic) api(at func() time.Time) *client.API {
	n.t.Helper()
	return n.apiOf(apiUser, client.Options{Now: at, Random: repeat(publicSEKs[0].appKey)})
}

func (n *nic) apiOf(who client.Credentials, o client.Options) *client.API {
	n.t.Helper()
	key, err := fixtures.PayloadPublicPEM("sandbox")
	if err != nil {
		n.t.Fatal(err)
	}
	a, err := client.NewAPI(n.base, who, key, o)
	if err != nil {
		n.t.Fatal(err)
	}
	return a
}

func (n *nic) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		n.t.Error(err)
	}
	w.Header().Set("Content-Type", "application/json")
	if r.URL.Path == "/eivital/v1.04/auth" {
		_, _ = io.WriteString(w, n.login(body))
		return
	}
	call := nicCall{request: r}
	if len(body) > 0 {
		if err := json.Unmarshal(body, &call.body); err != nil {
			n.t.Errorf("body %q: %v", body, err)
		}
		call.document = ecb(n.t, "open", firstSEK(n.t), call.body["Data"]+call.body["data"])
	}
	n.mu.Lock()
	n.calls = append(n.calls, r.Method+" "+r.RequestURI)
	answer := n.answer
	n.mu.Unlock()
	_, _ = io.WriteString(w, answer(call))
}

func (n *nic) login(body []byte) string {
	var sent struct{ Data string }
	if err := json.Unmarshal(body, &sent); err != nil {
		n.t.Errorf("auth body %q: %v", body, err)
	}
	var opened auth
	if err := json.Unmarshal([]byte(openLogin(n.t, sent.Data)), &opened); err != nil {
		n.t.Error(err)
	}
	n.mu.Lock()
	n.auths = append(n.auths, opened)
	refuse, hold, token, expires := n.refuse, n.hold, n.token, n.expires
	n.mu.Unlock()
	if hold != nil {
		hold()
	}
	if refuse != "" {
		return refused(refuse)
	}
	return loggedIn(token, publicSEKs[0].sealed, expires)
}

func loggedIn(token, sek, expires string) string {
	return `{"Status":1,"Data":{"ClientId":"AAFCC29ERP82ZSO","UserName":"dakshin_test","AuthToken":"` + token +
		`","Sek":"` + sek + `","TokenExpiry":"` + expires + `"},"ErrorDetails":null,"InfoDtls":null}`
}

func (n *nic) set(change func()) {
	n.mu.Lock()
	defer n.mu.Unlock()
	change()
}

// seen returns the logins and the other calls so far.
func (n *nic) seen() ([]auth, []string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return append([]auth(nil), n.auths...), append([]string(nil), n.calls...)
}

// registered answers every call with the document.
func (n *nic) registered(document string) {
	n.set(func() { n.answer = func(nicCall) string { return sealedAnswer(n.t, document) } })
}

func sealedAnswer(t *testing.T, document string) string {
	t.Helper()
	return `{"Status":1,"Data":"` + ecb(t, "seal", firstSEK(t), document) + `","ErrorDetails":null,"InfoDtls":null}`
}

func refused(rows string) string {
	return `{"Status":0,"Data":null,"ErrorDetails":` + rows + `,"InfoDtls":null}`
}

// openLogin opens an auth Data by arithmetic alone: RFC 8017, 7.2.2, and then base64.
func openLogin(t *testing.T, data string) string {
	t.Helper()
	key, err := fixtures.PayloadKey("sandbox")
	if err != nil {
		t.Fatal(err)
	}
	block, err := base64.StdEncoding.DecodeString(data)
	if err != nil || len(block) != 256 {
		t.Errorf("auth Data %q: %v", data, err)
		return ""
	}
	padded := new(big.Int).Exp(new(big.Int).SetBytes(block), key.D, key.N).FillBytes(make([]byte, 256))
	end := bytes.IndexByte(padded[2:], 0)
	if padded[0] != 0 || padded[1] != 2 || end < 8 {
		t.Errorf("auth Data is padded %x", padded[:12])
		return ""
	}
	document, err := base64.StdEncoding.DecodeString(string(padded[2+end+1:]))
	if err != nil {
		t.Error(err)
	}
	return string(document)
}

// ecb seals a text to base64, or opens one: AES in ECB mode with the padding of RFC 5652, 6.3.
func ecb(t *testing.T, what string, key []byte, text string) string {
	t.Helper()
	block, err := aes.NewCipher(key)
	if err != nil {
		t.Fatal(err)
	}
	in := []byte(text)
	through := block.Decrypt
	if what == "seal" {
		fill := 16 - len(in)%16
		in = append(in, bytes.Repeat([]byte{byte(fill)}, fill)...)
		through = block.Encrypt
	} else if in, err = base64.StdEncoding.DecodeString(text); err != nil || len(in) == 0 || len(in)%16 != 0 {
		t.Errorf("Data %q: %v", text, err)
		return ""
	}
	out := make([]byte, len(in))
	for i := 0; i < len(in); i += 16 {
		through(out[i:i+16], in[i:i+16])
	}
	if what == "seal" {
		return base64.StdEncoding.EncodeToString(out)
	}
	plain, padding := out[:len(out)-int(out[len(out)-1]&31)], out[len(out)-1]
	if !bytes.Equal(out[len(plain):], bytes.Repeat([]byte{padding}, int(padding))) {
		t.Errorf("Data %q is padded wrongly: %x", text, out)
	}
	return string(plain)
}

func firstSEK(t *testing.T) []byte {
	t.Helper()
	sek, err := hex.DecodeString(publicSEKs[0].sek)
	if err != nil {
		t.Fatal(err)
	}
	return sek
}

// repeat is a source of random bytes that repeats a text.
func repeat(text string) io.Reader { return &repeated{text: text} }

type repeated struct {
	text string
	at   int
}

func (r *repeated) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = r.text[r.at%len(r.text)]
		r.at++
	}
	return len(p), nil
}

// requireNoAPISecrets fails the test if a text has a secret.
func requireNoAPISecrets(t *testing.T, texts ...string) {
	t.Helper()
	for _, text := range texts {
		for _, secret := range []string{
			apiUser.Password, apiUser.ClientSecret, fakeToken, publicSEKs[0].sek, publicSEKs[0].sealed,
			publicSEKs[0].appKey, string(firstSEK(t)),
		} {
			if strings.Contains(text, secret) {
				t.Errorf("a text has a secret: %s", text)
			}
		}
	}
}

func b64(text string) string { return base64.StdEncoding.EncodeToString([]byte(text)) }

func readBody(t *testing.T, r *http.Request) string {
	t.Helper()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		t.Error(err)
	}
	return string(body)
}

func unmarshal(t *testing.T, document string, into any) {
	t.Helper()
	if err := json.Unmarshal([]byte(document), into); err != nil {
		t.Errorf("%s: %v", document, err)
	}
}

func answerOf(r *http.Request, body string) *http.Response {
	return &http.Response{
		StatusCode: http.StatusOK, Request: r, Body: io.NopCloser(strings.NewReader(body)),
		Header: http.Header{"Content-Type": {"application/json"}},
	}
}
