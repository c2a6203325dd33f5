package httpd_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/nicsim/nicsim/simulator"
	"github.com/nicsim/nicsim/simulator/simtest"
)

// wiretap records all answers of the portals.
type wiretap struct {
	next    http.RoundTripper
	portals []string // hosts

	mu    sync.Mutex // guards heard
	heard bytes.Buffer
}

func (w *wiretap) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, err := w.next.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(resp.Body)
	resp.Body.Close()
	if err != nil {
		return nil, err
	}
	resp.Body = io.NopCloser(bytes.NewReader(body))
	for _, host := range w.portals {
		if r.URL.Host == host {
			w.mu.Lock()
			fmt.Fprintf(&w.heard, "%s %s\n%v\n%s\n", r.Method, r.URL.Path, resp.Header, body)
			w.mu.Unlock()
		}
	}
	return resp, nil
}

// safeBuffer is a log for concurrent writers.
type safeBuffer struct {
	mu  sync.Mutex // guards buf
	buf bytes.Buffer
}

func (b *safeBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Write(p)
}

func (b *safeBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.String()
}

// No OTP, captcha answer, password or client secret is in the log, in the journal or in an answer of a portal, after
// successful steps and after refused ones.
func TestSecretsStaySecret(t *testing.T) {
	var log safeBuffer
	handler := slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug})
	server := simtest.Start(t, simulator.Options{Log: slog.New(handler)})
	s := &site{Server: server, client: server.Client()}
	t.Cleanup(s.client.CloseIdleConnections)
	tap := &wiretap{next: s.client.Transport,
		portals: []string{strings.TrimPrefix(s.Sandbox, "http://"), strings.TrimPrefix(s.Production, "http://")}}
	v := s.visit(t)
	v.client = &http.Client{Transport: tap}
	secrets := walkEverywhere(v)

	journal := v.asks("GET", v.at("/requests"), nil, 200)
	if n := len(journal.rows("requests")); n < 45 {
		t.Errorf("the journal has %d exchanges only", n)
	}
	heard := tap.heard.String()
	if len(heard) < 20_000 {
		t.Errorf("heard %d bytes only", len(heard))
	}
	for name, secret := range secrets {
		if len(secret) < 6 {
			t.Errorf("%s is %q, which may stand anywhere", name, secret)
		}
		for where, text := range map[string]string{"log": log.String(), "journal": string(journal.body), "answers": heard} {
			if at := strings.Index(text, secret); at >= 0 {
				t.Errorf("%s %q is in the %s: …%s…", name, secret, where, text[max(0, at-150):min(len(text), at+150)])
			}
		}
	}
	// The search finds texts that exist.
	if !strings.Contains(heard, "dakshin_api") || !bytes.Contains(journal.body, []byte("dakshin_api")) {
		t.Error("the username is nowhere either")
	}
}

// walkEverywhere performs every step on both portals, first with a mistake and then without. It returns all secrets
// that it sent or received.
func walkEverywhere(v *visitor) map[string]string {
	v.t.Helper()
	secrets := map[string]string{
		"password": "Testing@123", "portal password": asha.password, "new password": "Another@2025",
		"changed password": "Changed@123",
		"direct secret":    "DakshinSecret0000005", "wrong password": "Wr0ng@Password",
		"GSP's secret": "KonkanSecret00000002",
	}
	n := 0
	keep := func(what, secret string) string {
		n++
		secrets[fmt.Sprintf("%s %d", what, n)] = secret
		return secret
	}
	captcha := func(portal string) object {
		c := v.captcha(portal)
		keep("captcha answer", c["answer"].(string))
		return c
	}
	flow := v.sandbox + v1 + "/registrations/" +
		v.asks("POST", v.sandbox+v1+"/registrations", changed(v.registrant(asha), object{"captcha": captcha("sandbox")}),
			201).text("registrationId")
	v.ask("POST", v.sandbox+v1+"/registrations",
		changed(v.registrant(asha), object{"captcha": captcha("sandbox"), "gstin": "x"})).is(422)
	v.asks("POST", flow+"/otp", nil, 202)
	right := keep("OTP", v.otp("sandbox", asha.mobile))
	v.enter(flow, keep("wrong OTP", wrongOTP(right))).is(422)
	v.ask("POST", flow+"/otp/verification", object{"OTP": right}).is(400) // in a misspelt field
	v.ask("POST", flow+"/otp/verification", `{"otp":"`+right).is(400)
	v.ask("POST", flow+"/otp/verification", `{"otp":"`+right+`"}`, "Content-Type", "text/plain").is(415)
	v.enter(flow, right).is(200)
	v.ask("POST", flow+"/api-user", changed(apiUser("x"), object{"confirmPassword": secrets["wrong password"]})).is(422)
	v.ask("POST", flow+"/api-user", changed(apiUser("dakshin_api"), object{"passwrod": "Testing@123"})).is(400)
	v.asks("POST", flow+"/api-user", apiUser("dakshin_api"), 201)
	v.asks("GET", flow, nil, 200)

	issued := v.firmVerified(vindhya)
	keep("OTP", v.otp("sandbox", vindhya.mobile))
	id := v.asks("POST", issued+"/client-credentials", nil, 201).text("clientId")
	secret := keep("client secret", v.secretOf(vindhya))
	v.asks("GET", issued, nil, 200)
	provider := object{"clientId": id, "clientSecret": secrets["wrong password"], "captcha": captcha("sandbox")}
	v.ask("POST", v.sandbox+v1+"/login", provider).is(401)
	v.keep(v.asks("POST", v.sandbox+v1+"/login",
		changed(provider, object{"clientSecret": secret, "captcha": captcha("sandbox")}), 200))
	v.asks("POST", v.sandbox+v1+"/dummy-gstins", object{"stateCode": "29"}, 201)
	v.asks("GET", v.sandbox+v1+"/providers", nil, 200)

	v.ask("POST", v.production+v1+"/login", changed(v.login(asha),
		object{"password": secrets["wrong password"], "captcha": captcha("production")})).is(401)
	v.ask("POST", v.production+v1+"/login", object{"username": "dakshin29", "password": 1}).is(400)
	v.signIn(asha)
	registration := v.started()
	v.enter(registration, keep("OTP", v.otp("production", asha.mobile))).is(200)
	direct := object{"registrationThrough": "DIRECT", "companyName": nil, "clientId": "ABCCD29TXP7M3QD",
		"clientSecret": secrets["GSP's secret"]}
	v.ask("POST", registration+"/api-user", changed(productionUser("dakshin_api"), direct)).is(422)
	v.asks("POST", registration+"/api-user",
		changed(productionUser("dakshin_api"), changed(direct, object{"clientSecret": secrets["direct secret"]})), 201)
	user := v.production + v1 + "/api-users/API_dakshin_api"
	v.ask("PUT", user+"/password", object{"currentPassword": secrets["wrong password"],
		"newPassword": secrets["changed password"]}).is(422)
	v.asks("PUT", user+"/password", object{"currentPassword": "Testing@123", "newPassword": secrets["changed password"]},
		204)
	v.asks("GET", v.production+v1+"/api-users", nil, 200)

	reset := v.forgot(asha)
	v.enter(reset, keep("OTP", v.otp("production", asha.mobile))).is(200)
	v.ask("PUT", reset+"/password", object{"newPassword": asha.password}).is(422)
	v.asks("PUT", reset+"/password", object{"newPassword": secrets["new password"]}, 204)
	v.asks("POST", v.production+v1+"/username-reminders", changed(v.forgetful(asha), object{"username": nil}), 202)
	v.keep(v.asks("POST", v.production+v1+"/login",
		changed(v.login(asha), object{"password": secrets["new password"], "captcha": captcha("production")}), 200))
	v.asks("POST", v.production+v1+"/logout", nil, 204)
	return secrets
}

// No answer of the control API has the password of an API user.
func TestControlShowsNoPassword(t *testing.T) {
	v := open(t).visit(t)
	walkEverywhere(v)
	for _, path := range []string{"/portal-users", "/requests", "/taxpayers", "/inbox", "/settings", "/worlds",
		"/organisations"} {
		body := v.asks("GET", v.at(path), nil, 200).body
		for _, secret := range []string{"Testing@123", asha.password, "Another@2025", "Changed@123", "pbkdf2"} {
			if encoded, _ := json.Marshal(secret); bytes.Contains(body, bytes.Trim(encoded, `"`)) {
				t.Errorf("%s shows %s", path, secret)
			}
		}
	}
}
