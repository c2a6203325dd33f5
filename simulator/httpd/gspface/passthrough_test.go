package gspface_test

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/nicsim/nicsim/simulator/dice"
	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/httpd/gspface"
	"github.com/nicsim/nicsim/simulator/httpd/upstream"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/world"
	"github.com/nicsim/nicsim/simulator/worldfile"
)

// atNIC records what NIC is asked, and answers with a fixed text.
type atNIC struct {
	asked  []*http.Request
	bodies []string
	err    error
}

// RoundTrip implements http.RoundTripper.
func (n *atNIC) RoundTrip(r *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(r.Body)
	n.asked, n.bodies = append(n.asked, r), append(n.bodies, string(body))
	return &http.Response{StatusCode: http.StatusOK, Header: http.Header{"Content-Type": {"application/json"}},
		Body: io.NopCloser(strings.NewReader(`{"Status":0}`))}, cmp.Or(n.err, err)
}

var worlds = world.NewWorlds(world.Options{Dice: dice.New("faces"), Populate: worldfile.Populate})

func gatewayTo(n http.RoundTripper) http.Handler {
	g := &gspface.Gateway{NIC: upstream.NIC{Sandbox: n, Production: n}}
	return httpd.Listener{Worlds: worlds, RequestIDs: dice.New("faces").Stream("request-id"),
		Log: slog.New(slog.DiscardHandler), Environment: nic.GSP, Routes: g.Routes, Path: gspface.Path}.Handler()
}

func vayanaToken() string {
	w, err := worlds.Get(context.Background(), world.Default)
	if err != nil {
		panic(err)
	}
	return "v2.0:91f3b0a7c2::t1:" + w.Clock.Now().In(nic.IST).Format("20060102150405-0700") + ":" + dakshin + ":generate"
}

// passThroughs are the faces with the secrets of the fixtures, a call, and the path at NIC.
var passThroughs = []struct {
	face, path, nic string
	secrets         map[string]string
}{
	{"cleartax", "/einv-gsp/core/v1.03/Invoice", "/eicore/v1.03/Invoice",
		map[string]string{"X-CT-Auth-Token": "1.5c0d4f7a-93b1-4e2e-8a6f-0b7d1c2e"}},
	{"vayana", "/gus/irp/nic2/eicore/v1.03/Invoice", "/eicore/v1.03/Invoice",
		map[string]string{"X-Asp-Auth-Token": "", "X-Asp-Auth-Signature": "c2lnbmVk"}},
	{"alankit", "/eInvoiceGateway/eicore/v1.03/Invoice", "/eicore/v1.03/Invoice",
		map[string]string{"Ocp-Apim-Subscription-Key": "AL8k1S7c2Q9v4W3e6R"}},
	{"resilient", "/standard/ei/api/invoice", "/eicore/v1.03/Invoice",
		map[string]string{"x-api-key": "rs1a7c93e05d4b2f86"}},
	{"taxpro", "//eicore/v1.03/Invoice", "/eicore/v1.03/Invoice",
		map[string]string{"aspid": "1600000001", "password": "Teak-Asp-1"}},
}

func TestPassThrough(t *testing.T) {
	for _, f := range passThroughs {
		t.Run(f.face, func(t *testing.T) {
			n := &atNIC{}
			r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "http://gsp"+f.path,
				strings.NewReader(`{"Data":"AAAA"}`))
			r.Header = http.Header{"Gstin": {dakshin}, "user_name": {"books"}, "AuthToken": {"T"},
				"Content-Type": {"text/plain"}, "Client_id": {""}}
			for name, value := range f.secrets {
				r.Header.Set(name, cmp.Or(value, vayanaToken()))
			}
			w := httptest.NewRecorder()
			gatewayTo(n).ServeHTTP(w, r)
			if got := fmt.Sprint(w.Code, w.Header().Get("Content-Type"), w.Body); got != `200application/json{"Status":0}` {
				t.Fatalf("answered %s", got)
			}
			got := n.asked[0]
			if got.Method != http.MethodPost || got.URL.Host != "sandbox" || got.URL.Path != f.nic ||
				n.bodies[0] != `{"Data":"AAAA"}` {
				t.Errorf("NIC was asked %s %s %s", got.Method, got.URL, n.bodies[0])
			}
			got.Header.Del("X-Request-Id")
			want := http.Header{"Gstin": {dakshin}, "User-Name": {"books"}, "Authtoken": {"T"},
				"Content-Type": {"text/plain"}, "Client_id": {"AAFCC29ERP82ZSO"}, "Client_secret": {"SahyadriSecret000001"}}
			if f.face == "vayana" {
				want["Irp"] = []string{"NIC2"}
			}
			if !maps.EqualFunc(want, got.Header, slices.Equal) {
				t.Errorf("the headers are %v; want %v", got.Header, want)
			}
		})
	}
}

// TaxPro sends on a client id of the caller's, which NIC refuses; the others replace it.
func TestAClientIDOfTheCaller(t *testing.T) {
	for _, f := range passThroughs {
		n := &atNIC{}
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "http://gsp"+f.path, nil)
		r.Header = http.Header{"Gstin": {dakshin}, "Client-Id": {"mine"}, "Client-Secret": {"also"}}
		for name, value := range f.secrets {
			r.Header.Set(name, cmp.Or(value, vayanaToken()))
		}
		gatewayTo(n).ServeHTTP(httptest.NewRecorder(), r)
		want := map[bool]string{true: "[mine] [also]", false: "[AAFCC29ERP82ZSO] [SahyadriSecret000001]"}[f.face == "taxpro"]
		if got := fmt.Sprint(n.asked[0].Header["Client_id"], n.asked[0].Header["Client_secret"]); got != want {
			t.Errorf("%s sent %s", f.face, got)
		}
	}
}

func TestResilientReadsFromTheQuery(t *testing.T) {
	n := &atNIC{}
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet,
		"http://gsp/standard/ei/api/master/gstin?gstin=29ABCPD1234E2Z9", nil)
	r.Header.Set("X-Api-Key", "rp6f82d0b4c19e3a75")
	gatewayTo(n).ServeHTTP(httptest.NewRecorder(), r)
	got := n.asked[0]
	if got.URL.String() != "http://production/eivital/v1.04/Master/gstin/29ABCPD1234E2Z9" ||
		got.Header["Client_id"][0] != "AABCK27GSP4K7QX" {
		t.Errorf("NIC was asked %s %v", got.URL, got.Header)
	}
}

func TestPassThroughRefuses(t *testing.T) {
	asp := func(id, password, gstin string) map[string]string {
		return map[string]string{"aspid": id, "password": password, "gstin": gstin}
	}
	aspError := func(code string) string {
		return `{"status_cd":"0","error":{"error_cd":"` + code + `","message":"…"}}`
	}
	stale := strings.Replace(vayanaToken(), ":20", ":19", 1)
	unknown := strings.Replace(vayanaToken(), "91f3b0a7c2", "other", 1)
	for _, c := range []struct {
		name, path string
		header     map[string]string
		err        error
		status     int
		want       string
	}{
		{"cleartax without a token", "/einv-gsp/core/v1.03/Invoice", nil, nil, 401, `{"error":{"code":"parameter-missing",…}}`},
		{"cleartax, another token", "/einv-gsp/core/v1.03/Invoice", map[string]string{"X-CT-Auth-Token": "x"}, nil, 401,
			`{"error":{"code":"subscription-unknown",…}}`},
		{"vayana, a token of another shape", "/gus/irp/1/eicore/v1.03/Invoice", map[string]string{
			"X-Asp-Auth-Token": "v2.0:a", "X-Asp-Auth-Signature": "s"}, nil, 401, `{"error":{"code":"token-invalid",…}}`},
		{"vayana, an old token", "/gus/irp/1/eicore/v1.03/Invoice", map[string]string{"X-Asp-Auth-Token": stale,
			"X-Asp-Auth-Signature": "s"}, nil, 401, `{"error":{"code":"token-expired",…}}`},
		{"vayana, an unknown customer", "/gus/irp/1/eicore/v1.03/Invoice", map[string]string{"X-Asp-Auth-Token": unknown,
			"X-Asp-Auth-Signature": "s"}, nil, 401, `{"error":{"code":"subscription-unknown",…}}`},
		{"alankit without a key", "/eInvoiceGateway/eicore/v1.03/Invoice", nil, nil, 401,
			`{"statusCode":401,"message":"Access denied due to missing subscription key. …"}`},
		{"alankit, another key", "/eInvoiceGateway/eicore/v1.03/Invoice", map[string]string{"Ocp-Apim-Subscription-Key": "x"},
			nil, 401, `{"statusCode":401,"message":"Access denied due to invalid subscription key. …"}`},
		{"resilient, another key", "/standard/ei/api/invoice", map[string]string{"x-api-key": "x"}, nil, 403,
			`{"message":"Forbidden"}`},
		{"resilient, NIC does not answer", "/standard/ei/api/invoice", map[string]string{"x-api-key": "rs1a7c93e05d4b2f86"},
			fmt.Errorf("%w: %w", upstream.ErrUnreachable, context.DeadlineExceeded), 504,
			`{"message":"Endpoint request timed out"}`},
		{"resilient, NIC is down", "/standard/ei/api/invoice", map[string]string{"x-api-key": "rs1a7c93e05d4b2f86"},
			fmt.Errorf("%w: %w", upstream.ErrUnreachable, io.ErrUnexpectedEOF), 502, `{"message":"NIC cannot be reached"}`},
		{"taxpro without anything", "/eicore/v1.03/Invoice", nil, nil, 200, aspError("GSP016")},
		{"taxpro without aspid", "/eicore/v1.03/Invoice", asp("", "p", dakshin), nil, 200, aspError("GSP001")},
		{"taxpro, a short aspid", "/eicore/v1.03/Invoice", asp("16", "p", dakshin), nil, 200, aspError("GSP001A")},
		{"taxpro without password", "/eicore/v1.03/Invoice", asp("1600000001", "", dakshin), nil, 200, aspError("GSP002")},
		{"taxpro without GSTIN", "/eicore/v1.03/Invoice", asp("1600000001", "p", ""), nil, 200, aspError("GSP001G")},
		{"taxpro, an unknown aspid", "/eicore/v1.03/Invoice", asp("1609999999", "p", dakshin), nil, 200, aspError("GSP020")},
		{"taxpro, a wrong password", "/eicore/v1.03/Invoice", asp("1600000001", "p", dakshin), nil, 200,
			`{"status_cd":"0","error":{"error_cd":"GSP020A","message":"Error: Invalid ASP Password."}}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			n := &atNIC{err: c.err}
			r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "http://gsp"+c.path, strings.NewReader("{}"))
			for name, value := range c.header {
				r.Header.Set(name, value)
			}
			w := httptest.NewRecorder()
			gatewayTo(n).ServeHTTP(w, r)
			if w.Code != c.status || c.err == nil && len(n.asked) > 0 {
				t.Errorf("HTTP status %d, want %d; NIC was asked %d times", w.Code, c.status, len(n.asked))
			}
			is(t, w.Body.String(), c.want)
		})
	}
}
