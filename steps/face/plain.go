package face

import (
	"bytes"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/fixtures"
)

// plain is a gateway that takes plain JSON. NIC's end of the protocol is played here: a login is opened with the
// key that its caller uses, and documents are sealed with a session key of our own.
type plain struct {
	Target
	gateway vendor

	mu    sync.Mutex // guards users
	users map[string]*user
	state // of the gateway's own login
}

// vendor is a gateway whose bodies are plain JSON.
type vendor interface {
	// login checks a user's name and password, as far as the gateway can.
	login(p *plain, do sender, u *user) (answer, error)
	call(p *plain, do sender, u *user, c plainCall) (answer, error)
}

// sender sends a request to the gateway.
type sender func(method, path string, header map[string]string, body []byte) (status int, text []byte, err error)

// user is a login.
type user struct {
	gstin, name, password string
	token                 string // of the gateway, where it has one for a user
	sek                   []byte
}

// state is what the gateway gave to all users.
type state struct{ access string }

// plainCall is a call of NIC's with its document opened.
type plainCall struct {
	name     string // generate, cancel, read-irn, …
	last     string // part of the path: an IRN or a GSTIN
	query    url.Values
	document []byte
	header   http.Header
}

// answer is NIC's answer, as the gateway has it.
type answer struct {
	data   json.RawMessage
	errors []client.ErrorDetail
	info   json.RawMessage
	http   int // a status of HTTP instead of an answer
}

func newPlain(gateway vendor) func(Target) dialect {
	return func(t Target) dialect { return &plain{Target: t, gateway: gateway, users: map[string]*user{}} }
}

func (p *plain) carry(carrier http.RoundTripper, c call) (*http.Response, error) {
	send := func(method, path string, header map[string]string, body []byte) (int, []byte, error) {
		out, err := http.NewRequestWithContext(c.Context(), method, p.Base+path, bytes.NewReader(body))
		if err != nil {
			return 0, nil, fmt.Errorf("making the request: %w", err)
		}
		out.Header.Set("Content-Type", "application/json")
		for name, value := range header {
			out.Header[name] = []string{value}
		}
		if id := c.Header.Get("X-Request-Id"); id != "" {
			out.Header.Set("X-Request-Id", id)
		}
		response, err := carrier.RoundTrip(out)
		if err != nil {
			return 0, nil, err
		}
		defer response.Body.Close()
		text, err := io.ReadAll(response.Body)
		return response.StatusCode, text, err
	}
	if strings.EqualFold(c.path, "/eivital/v1.04/auth") {
		return p.auth(send, c)
	}
	u := p.user(c.Header)
	if u == nil {
		return c.envelope(answer{errors: []client.ErrorDetail{{Code: "1005", Message: "Invalid Token"}}}, nil)
	}
	opened, err := p.opened(c, u)
	if err != nil {
		return nil, err
	}
	a, err := p.gateway.call(p, send, u, opened)
	if err != nil {
		return nil, err
	}
	if opened.name == "ewb-cancel" {
		return c.ewayEnvelope(a, u.sek)
	}
	return c.envelope(a, u.sek)
}

func headerOf(h http.Header, name string) string {
	for key, values := range h {
		if strings.EqualFold(strings.ReplaceAll(key, "_", "-"), name) {
			return strings.Join(values, ",")
		}
	}
	return ""
}

func (p *plain) user(h http.Header) *user {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.users[headerOf(h, "authtoken")]
}

// environment is the name of that of the target.
func (p *plain) environment() string {
	if p.Production {
		return client.EnvironmentProduction
	}
	return client.EnvironmentSandbox
}

// auth opens a login, and answers it with a token and a session key of our own.
func (p *plain) auth(do sender, c call) (*http.Response, error) {
	key, err := fixtures.PayloadKey(p.environment())
	if err != nil {
		return nil, err
	}
	var sealed struct{ Data []byte }
	var in struct {
		UserName, Password string
		AppKey             []byte
	}
	err = json.Unmarshal(c.body, &sealed)
	text, opens := rsa.DecryptPKCS1v15(nil, key, sealed.Data) //nolint:staticcheck // NIC's choice
	document, encoded := base64.StdEncoding.DecodeString(string(text))
	if err := errors.Join(err, opens, encoded, json.Unmarshal(document, &in)); err != nil {
		return nil, fmt.Errorf("a login that a plain face cannot carry: %w", err)
	}
	u := &user{gstin: headerOf(c.Header, "gstin"), name: in.UserName, password: in.Password}
	a, err := p.gateway.login(p, do, u)
	if err != nil || len(a.errors) > 0 || a.http != 0 {
		return c.answered(a, err)
	}
	sum := sha256.Sum256([]byte(u.gstin + "\n" + u.name + "\n" + u.password))
	u.sek = sum[:]
	token := hex.EncodeToString(sum[:])[:25]
	p.mu.Lock()
	p.users[token] = u
	p.mu.Unlock()
	sek, err := Seal(in.AppKey, u.sek)
	if err != nil {
		return nil, err
	}
	a.data, err = json.Marshal(map[string]string{"ClientId": headerOf(c.Header, "client-id"), "UserName": u.name,
		"AuthToken": token, "Sek": sek, "TokenExpiry": "2099-12-31 23:59:59"})
	return c.answered(a, err)
}

func (c call) answered(a answer, err error) (*http.Response, error) {
	if err != nil {
		return nil, err
	}
	return c.envelope(a, nil)
}

// names are the calls by the folders of their paths, in lower case.
var names = map[string]string{
	"/eicore/v1.03/invoice": "generate", "/eicore/v1.03/invoice/cancel": "cancel", "/eicore/v1.03/cancel": "cancel",
	"/eicore/v1.03/invoice/irn": "read-irn", "/eicore/v1.03/invoice/irnbydocdetails": "read-document",
	"/eivital/v1.03/master/gstin": "gstin", "/eivital/v1.04/master/gstin": "gstin",
	"/eivital/v1.03/master/syncgstin": "sync-gstin", "/eivital/v1.04/master/syncgstin": "sync-gstin",
	"/eiewb/v1.03/ewaybill": "ewb-generate", "/eiewb/v1.03/ewaybill/irn": "ewb-read",
	"/eicore/v1.03/invoice/rejectedirns": "rejected-irns", "/ewaybillapi/v1.03/ewayapi": "ewb-cancel",
}

// opened is the call with its document.
func (p *plain) opened(c call, u *user) (plainCall, error) {
	o := plainCall{query: c.URL.Query(), header: c.Header}
	path := strings.TrimSuffix(c.path, "/")
	at := strings.LastIndex(path, "/")
	o.name = names[strings.ToLower(path)]
	if o.name == "" {
		o.name, o.last = names[strings.ToLower(path[:at])], path[at+1:]
	}
	if o.name == "" {
		return o, fmt.Errorf("%s %s: a plain face has no such call", c.Method, c.path)
	}
	if c.Method != http.MethodPost {
		return o, nil
	}
	var sealed struct{ Data string }
	if err := json.Unmarshal(c.body, &sealed); err != nil {
		return o, fmt.Errorf("a document that a plain face cannot carry: %w", err)
	}
	var err error
	if o.document, err = Open(u.sek, sealed.Data); err != nil {
		return o, err
	}
	if inner, err := base64.StdEncoding.DecodeString(string(o.document)); err == nil && o.name == "ewb-cancel" {
		o.document = inner
	}
	return o, nil
}

// envelope is NIC's answer. A document is sealed with the key, if there is one.
func (c call) envelope(a answer, sek []byte) (*http.Response, error) {
	out := map[string]any{"Status": 1, "Data": a.data, "ErrorDetails": nil, "InfoDtls": a.info}
	if len(a.errors) > 0 {
		var rows []map[string]string
		for _, e := range a.errors {
			rows = append(rows, map[string]string{"ErrorCode": e.Code, "ErrorMessage": e.Message})
		}
		out["Status"], out["ErrorDetails"], out["Data"] = 0, rows, nil
	} else if sek != nil {
		data, err := Seal(sek, a.data)
		if err != nil {
			return nil, err
		}
		out["Data"] = data
	}
	return c.response(a, out)
}

// ewayEnvelope is the answer of NIC's e-way bill system.
func (c call) ewayEnvelope(a answer, sek []byte) (*http.Response, error) {
	if len(a.errors) > 0 {
		codes := base64.StdEncoding.EncodeToString([]byte(`{"errorCodes":"` + a.errors[0].Code + `,"}`))
		return c.response(a, map[string]any{"status": "0", "error": codes, "info": nil})
	}
	data, err := Seal(sek, a.data)
	if err != nil {
		return nil, err
	}
	return c.response(a, map[string]any{"status": "1", "data": data})
}

func (c call) response(a answer, body any) (*http.Response, error) {
	text, err := json.Marshal(body)
	if err != nil {
		return nil, fmt.Errorf("writing NIC's answer: %w", err)
	}
	status := http.StatusOK
	if a.http != 0 {
		status, text = a.http, nil
	}
	return &http.Response{
		StatusCode: status, Status: http.StatusText(status), Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: http.Header{"Content-Type": {"application/json"}}, Body: io.NopCloser(bytes.NewReader(text)),
		ContentLength: int64(len(text)), Request: c.Request,
	}, nil
}
