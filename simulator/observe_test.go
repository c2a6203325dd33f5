package simulator

import (
	"encoding/json"
	"log/slog"
	"net/http"
	"net/netip"
	"regexp"
	"strings"
	"testing"
)

// observed starts a simulator that logs each request as JSON.
func observed(t *testing.T, trusted ...netip.Prefix) (*Running, *logged) {
	t.Helper()
	log := &logged{}
	return running(t, Options{Seed: "observed", LogRequests: true, TrustProxy: trusted,
		Log: slog.New(slog.NewJSONHandler(log, nil))}), log
}

// lines are the entries of a log by their request ids.
func (l *logged) lines(t *testing.T) map[string]map[string]any {
	t.Helper()
	all := map[string]map[string]any{}
	for line := range strings.Lines(l.String()) {
		var entry map[string]any
		if err := json.Unmarshal([]byte(line), &entry); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		id, _ := entry["requestId"].(string)
		all[id] = entry
	}
	return all
}

// Metrics count by listener, call, outcome and class of the status, and no caller can add a label.
func TestMetrics(t *testing.T) {
	run, _ := observed(t)
	get(t, run.URLs.Sandbox+"/w/blue/portal/v1/providers")
	get(t, run.URLs.Sandbox+"/w/red/portal/v1/providers")
	get(t, run.URLs.Sandbox+"/eivital/v1.04/heartbeat/ping")
	asked(t, http.DefaultClient, http.MethodPost, run.URLs.Sandbox+"/eivital/v1.04/auth", nil) // refused with 200
	for _, path := range []string{"/a", "/b/c", "/w/Bad/x", "/nicsim?x=y"} {
		get(t, run.URLs.Production+path)
	}
	get(t, run.URLs.Production+"/healthz")
	asked(t, http.DefaultClient, "TRICK", run.URLs.Production+"/login", nil)
	status, text := get(t, run.URLs.Control+"/metrics")
	if status != http.StatusOK {
		t.Fatalf("%d %s", status, text)
	}
	for _, want := range []string{
		`nicsim_requests_total{call="providers",code="2xx",listener="sandbox",outcome="good"} 2`,
		`nicsim_requests_total{call="ping",code="2xx",listener="sandbox",outcome="good"} 1`,
		`nicsim_requests_total{call="auth",code="2xx",listener="sandbox",outcome="refused"} 1`,
		`nicsim_requests_total{call="none",code="4xx",listener="production",outcome="refused"} 5`,
		`nicsim_requests_total{call="probe",code="2xx",listener="production",outcome="good"} 1`,
		`nicsim_request_seconds_count{call="providers",listener="sandbox"} 2`,
		`nicsim_requests_open{listener="control"} 1`,
		`nicsim_worlds 3`, `nicsim_kept_bytes `,
		`go_goroutines `,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the metrics do not have %s", want)
		}
	}
	if found := regexp.MustCompile(`nicsim_requests_total\{[^}]*(blue|red|TRICK|/b/c)`).FindString(text); found != "" {
		t.Errorf("a caller's text is in %s", found)
	}
	if t.Failed() {
		for line := range strings.Lines(text) {
			if strings.HasPrefix(line, "nicsim") {
				t.Log(line)
			}
		}
	}
}

// Each request is a line of the log, with the request id that answer and journal have, and without its query.
func TestRequestsInTheLog(t *testing.T) {
	run, log := observed(t)
	send := func(method, address, id string) string {
		t.Helper()
		w, _ := asked(t, http.DefaultClient, method, address, nil, "X-Request-Id", id)
		return w.Header.Get("X-Request-Id")
	}
	send("POST", run.URLs.Sandbox+"/w/blue/portal/v1/captchas?password=Sesame-7", "of-the-client")
	send("POST", run.URLs.Sandbox+"/eivital/v1.04/auth", "refused-call")
	send("GET", run.URLs.Production+"/nothing?otp=123456", "no-path")
	made := send("GET", run.URLs.Control+"/control/v1/clock", "two words")
	lines := log.lines(t)
	for id, want := range map[string]map[string]any{
		"of-the-client": {"listener": "sandbox", "method": "POST", "path": "/w/blue/portal/v1/captchas", "call": "captcha",
			"world": "blue", "client": "127.0.0.1", "status": 201.0, "outcome": "good", "level": "INFO", "msg": "request"},
		"refused-call": {"status": 200.0, "outcome": "refused", "code": "1011", "call": "auth"},
		"no-path":      {"status": 404.0, "outcome": "refused", "code": "not-found", "call": "none", "path": "/nothing"},
		made:           {"listener": "control", "status": 200.0, "call": "/control/v1/clock"},
	} {
		for name, value := range want {
			if lines[id][name] != value {
				t.Errorf("%s: %s is %v, want %v", id, name, lines[id][name], value)
			}
		}
	}
	if said := log.String(); strings.Contains(said, "Sesame") || strings.Contains(said, "123456") {
		t.Errorf("the log has a query: %s", said)
	}
	if _, journal := get(t, run.URLs.Control+"/w/blue/control/v1/requests"); !strings.Contains(journal, `"of-the-client"`) {
		t.Errorf("the journal does not have the request id: %s", journal)
	}
}

// X-Forwarded headers count from trusted proxies alone.
func TestForwardedHeaders(t *testing.T) {
	loopback := netip.MustParsePrefix("127.0.0.0/8")
	proxies := netip.MustParsePrefix("10.0.0.0/8")
	for _, c := range []struct {
		name    string
		trusted []netip.Prefix
		headers []string
		host    string // to which the control listener answers, or not
		client  string
		secure  bool
	}{
		{"no proxy is trusted", nil, []string{"X-Forwarded-For", "192.0.2.1", "X-Forwarded-Host", "evil.example",
			"X-Forwarded-Proto", "https"}, "127.0.0.1", "127.0.0.1", false},
		{"another proxy is trusted", []netip.Prefix{proxies}, []string{"X-Forwarded-For", "192.0.2.1",
			"X-Forwarded-Host", "evil.example"}, "127.0.0.1", "127.0.0.1", false},
		{"the proxy is trusted", []netip.Prefix{loopback}, []string{"X-Forwarded-For", "192.0.2.1",
			"X-Forwarded-Host", "blue.localhost", "X-Forwarded-Proto", "https"}, "blue.localhost", "192.0.2.1", true},
		{"two proxies, one made up by the client", []netip.Prefix{loopback, proxies}, []string{"X-Forwarded-For",
			"1.1.1.1, 192.0.2.1, 10.0.0.9", "X-Forwarded-Proto", "https, http"}, "127.0.0.1", "192.0.2.1", false},
		{"a foreign host from the proxy", []netip.Prefix{loopback}, []string{"X-Forwarded-Host", "evil.example"},
			"evil.example", "127.0.0.1", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			run, log := observed(t, c.trusted...)
			headers := append([]string{"X-Request-Id", "it", "Accept", "text/html"}, c.headers...)
			w, body := asked(t, http.DefaultClient, http.MethodGet, run.URLs.Control+"/clock", nil, headers...)
			if want := map[bool]int{true: 421, false: 200}[c.host == "evil.example"]; w.StatusCode != want {
				t.Errorf("control answers %s, want %d", w.Status, want)
			}
			if strings.Contains(body, "World <b>blue</b>") != (c.host == "blue.localhost") {
				t.Error("the page is of another world")
			}
			if got := log.lines(t)["it"]["client"]; got != c.client {
				t.Errorf("the client is %v, want %s", got, c.client)
			}
			cookie := w.Header.Get("Set-Cookie")
			if w.StatusCode == 200 && strings.Contains(cookie, "; Secure") != c.secure {
				t.Errorf("the cookie is %q", cookie)
			}
		})
	}
}

// Requests are logged on request only.
func TestRequestsAreNotLoggedByDefault(t *testing.T) {
	run, log := tokened(t)
	get(t, run.URLs.Sandbox+"/login")
	if said := log.String(); said != "" {
		t.Errorf("the log has %s", said)
	}
}
