package simulator_test

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"math/rand/v2"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/nicsim/nicsim/internal/seeded"
	"github.com/nicsim/nicsim/simulator"
)

// hostile makes requests that no client should send, the same for each seed.
type hostile struct{ *rand.Rand }

func (h hostile) of(list ...string) string { return list[h.IntN(len(list))] }

// text returns a text: short or long, plain or not.
func (h hostile) text() string {
	part := h.of("x", "\x00", "é", "%", "../", `"`, "{{.}}", "<script>", "' OR 1=1 --", "29ABCCD1234E1Z1", "9876543210",
		"नमस्ते", "\xff\xfe", "\r\nX-Injected: 1", "$(id)", "18446744073709551616", "NaN", "-1",
		"2999-12-31T23:59:59Z")
	return strings.Repeat(part, 1<<h.IntN(9))
}

// value returns a JSON value of a few levels.
func (h hostile) value(depth int) any {
	switch n := h.IntN(8); {
	case n == 0 && depth > 0:
		return []any{h.value(depth - 1), h.value(depth - 1)}
	case n < 4 && depth > 0:
		object := map[string]any{}
		for range 1 + h.IntN(5) {
			object[h.of("gstin", "username", "password", "captcha", "captchaId", "answer", "otp", "Data", "mode", "now", "by",
				"frozen", "name", "when", "does", "kind", "clientId", "mobile", "email", "category", "otpLifetime", "aatoCrore",
				h.text())] = h.value(depth - 1)
		}
		return object
	case n == 4:
		return h.Float64() * float64(h.Uint64())
	case n == 5:
		return h.IntN(2) == 0
	case n == 6:
		return nil
	}
	return strings.ToValidUTF8(h.text(), "?")
}

// body returns a body and its media type.
func (h hostile) body() (content []byte, kind string) {
	switch h.IntN(6) {
	case 0:
		return []byte(h.text()), h.of("application/json", "text/plain", h.text())
	case 1:
		return bytes.Repeat([]byte(h.of("[", `{"a":`, "\x00", "a=b&")), 1<<h.IntN(15)),
			h.of("application/json", "application/x-www-form-urlencoded")
	case 2:
		form := url.Values{h.of("form", "gstin", "otp", "signed", h.text()): {h.text()}, "captchaId": {h.text()}}
		return []byte(form.Encode()), "application/x-www-form-urlencoded"
	case 3:
		var b bytes.Buffer
		w := multipart.NewWriter(&b)
		part, _ := w.CreateFormFile("file", h.of("a.png", "a.jpg"))
		_, _ = part.Write([]byte(h.of("\x89PNG\r\n\x1a\n", "\xff\xd8\xff", "") + h.text()))
		_ = w.Close()
		return b.Bytes(), w.FormDataContentType()
	}
	content, _ = json.Marshal(h.value(4))
	return content, "application/json"
}

// request returns a request and the handler of the listener that it is for.
func (h hostile) request(sim *simulator.Simulator) (http.Handler, *http.Request) {
	portal := []string{"/portal/v1/captchas", "/portal/v1/registrations", "/portal/v1/registrations/x/otp",
		"/portal/v1/login", "/portal/v1/session", "/portal/v1/api-users",
		"/portal/v1/password-resets", "/portal/v1/api-registrations",
		"/portal/v1/gstin-updates", "/portal/v1/providers", "/", "/login", "/register", "/tools/verify", "/tools/encrypt",
		"/companies", "/eivital/v1.04/auth", "/eivital/v1.03/auth", "/eicore/v1.03/Invoice", "/eicore/v1.03/Invoice/Cancel",
		"/eivital/v1.04/Master/gstin/x", "/eicore/v1.03/Invoice/irn/x", "/eiewb/v1.03/ewaybill", "/ewaybillapi/v1.03/ewayapi"}
	control := []string{"/control/v1/inbox", "/control/v1/clock", "/control/v1/clock/advance", "/control/v1/taxpayers",
		"/control/v1/taxpayers/29ABCCD1234E1Z1", "/control/v1/providers", "/control/v1/portal-users", "/control/v1/api-users",
		"/control/v1/invoices", "/control/v1/settings", "/control/v1/rules", "/control/v1/requests", "/control/v1/refusals",
		"/control/v1/world", "/control/v1/faults", "/control/v1/defects", "/control/v1/reset", "/control/v1/worlds",
		"/control/v1/worlds/w1", "/control/v1/captchas/x", "/", "/inbox", "/settings", "/journal", "/add/taxpayer"}
	handler, path := sim.Sandbox, h.of(portal...)
	switch h.IntN(3) {
	case 0:
		handler = sim.Production
	case 1:
		handler, path = sim.Control, h.of(control...)
	}
	if h.IntN(8) == 0 {
		path += "/" + h.text()
	}
	content, kind := h.body()
	r := httptest.NewRequest(h.of("GET", "GET", "GET", "HEAD", "POST", "POST", "POST", "POST", "POST", "PUT", "PATCH",
		"DELETE", "OPTIONS"), "/",
		io.NopCloser(bytes.NewReader(content)))
	own := "/w/w" + strconv.Itoa(h.IntN(20))
	r.URL.Path = h.of("", own, own, own, own, "/w/"+h.text()) + path
	r.URL.RawQuery = h.of("", "", "limit=1", "before=9", "again="+url.QueryEscape(h.text()), h.text())
	r.Host = h.of("localhost", "localhost", "localhost", "w1.localhost", h.text())
	r.Header.Set("Content-Type", kind)
	for range h.IntN(6) {
		name := h.of("Client_id", "Client_secret", "Gstin", "User_name", "Authtoken", "Cookie", "Origin", "X-Request-Id",
			"Irp", "Sup_gstin", "Content-Type", "Accept")
		r.Header.Add(name, h.of("AAFCC29ERP82ZSO", "SahyadriSecret000001", "29ABCCD1234E1Z1", "nicsim_form=x", h.text()))
	}
	return handler, r
}

// hostileMemory is what the simulator may keep of the requests, in bytes.
const hostileMemory = 96 << 20

// 10,000 hostile requests have no failure, leave no memory behind, and a good call right after them is answered.
func TestHostileRequests(t *testing.T) {
	h := hostile{rand.New(rand.NewPCG(uint64(seeded.Number()), 13))}
	var log bytes.Buffer
	sim, err := simulator.New(simulator.Options{Seed: "hostile", Log: slog.New(slog.NewTextHandler(&log, nil))})
	if err != nil {
		t.Fatal(err)
	}
	heap := func() int64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return int64(m.HeapAlloc)
	}
	before, began := heap(), time.Now()
	answers := map[int]int{}
	for n := range 10_000 {
		handler, r := h.request(sim)
		w := httptest.NewRecorder()
		func() {
			defer func() {
				cause := recover()
				if cause != nil && cause != http.ErrAbortHandler { //nolint:errorlint // net/http compares it too
					t.Errorf("request %d: %s %q: panic %v", n, r.Method, r.URL, cause)
				}
			}()
			handler.ServeHTTP(w, r.WithContext(t.Context()))
		}()
		if answers[w.Code]++; w.Code == http.StatusInternalServerError {
			t.Errorf("request %d: %s %.200q: %d %s", n, r.Method, r.URL, w.Code, w.Body)
		}
	}
	if log.Len() > 0 {
		t.Errorf("the log has %.2000s", &log)
	}
	if kept := heap() - before; kept > hostileMemory {
		t.Errorf("%d MB are kept", kept>>20)
	}
	w := httptest.NewRecorder()
	sim.Sandbox.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/w/good/portal/v1/captchas",
		nil))
	if w.Code != http.StatusCreated {
		t.Errorf("a good call is answered %d %s", w.Code, w.Body)
	}
	t.Logf("answers by status: %v, in %s", answers, time.Since(began).Round(time.Millisecond))
	runtime.KeepAlive(sim)
}
