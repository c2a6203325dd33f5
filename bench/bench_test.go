package main

import (
	"crypto/aes"
	"crypto/rand"
	"crypto/rsa"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/simulator/nic"
)

// atMost stops all workers after a number of calls.
func atMost(calls int64) func(time.Time) bool {
	var begun atomic.Int64
	return func(time.Time) bool { return begun.Add(1) <= calls }
}

func TestTurnCountsAnswers(t *testing.T) {
	var asked, wrong atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		body, err := io.ReadAll(r.Body)
		if err != nil || len(body) != 3 || string(body) == "abc" || r.Header.Get("X") != "y" || r.URL.RawQuery != "b=c" {
			wrong.Add(1)
		}
		_, _ = io.WriteString(w, "good and more")
	}))
	defer server.Close()
	asking, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL+"/a?b=c", strings.NewReader("abc"))
	if err != nil {
		t.Fatal(err)
	}
	asking.Header.Set("X", "y")
	r, err := newRequest(asking, "good")
	if err != nil {
		t.Fatal(err)
	}
	if r, err = r.varied("abc", func() string { return "def" }); err != nil {
		t.Fatal(err)
	}
	var s series
	if err := s.turn(t.Context(), 3, atMost(20), r.dial); err != nil {
		t.Fatal(err)
	}
	if len(s.took) != 20 || asked.Load() != 20 || wrong.Load() != 0 || s.rate() <= 0 {
		t.Errorf("%d calls took time, %d were made, %d of them wrong, %f a second", len(s.took), asked.Load(), wrong.Load(),
			s.rate())
	}
	r.begins = "bad"
	if err := s.turn(t.Context(), 1, atMost(5), r.dial); err == nil ||
		!strings.Contains(err.Error(), `"goo", not 200 "bad"`) {
		t.Errorf("another answer than expected: %v", err)
	}
	server.Config.Handler = http.NotFoundHandler()
	if err := s.turn(t.Context(), 1, atMost(5), r.dial); err == nil || !strings.Contains(err.Error(), "answered 404") {
		t.Errorf("another status than expected: %v", err)
	}
	if _, err := r.varied("xyz", nil); err == nil {
		t.Error("a part that the request does not contain was accepted")
	}
}

func TestConnectionsAreSpreadOverAddresses(t *testing.T) {
	var asked [2]atomic.Int64
	var addresses []string
	for n := range asked {
		server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked[n].Add(1) }))
		defer server.Close()
		addresses = append(addresses, server.Listener.Addr().String())
	}
	asking, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://localhost/", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	r, err := newRequest(asking, "")
	if err != nil {
		t.Fatal(err)
	}
	start := r.over(addresses...)
	for range 4 {
		if err := new(series).turn(t.Context(), 1, atMost(3), start); err != nil {
			t.Fatal(err)
		}
	}
	if asked[0].Load() != 6 || asked[1].Load() != 6 {
		t.Errorf("%d and %d requests, want 6 each", asked[0].Load(), asked[1].Load())
	}
}

// The bare handler answers a read with as many bytes as the API, except for a cipher block and the members without a
// value.
func TestBareHandlerIsFair(t *testing.T) {
	server := httptest.NewServer(bareHandler())
	defer server.Close()
	block, err := aes.NewCipher(make([]byte, 32))
	if err != nil {
		t.Fatal(err)
	}
	like, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL+"/other?a=b", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	for _, size := range []int{1, 16, 4000} {
		answer := `{"Status":1,"Data":"` + seal(block, make([]byte, size)) + `","ErrorDetails":null,"InfoDtls":null}`
		r, err := fairRead(t.Context(), server.URL, like, []byte(answer))
		if err != nil {
			t.Fatal(err)
		}
		if err := new(series).turn(t.Context(), 1, atMost(1), r.dial); err != nil {
			t.Fatal(err)
		}
		path := strings.Fields(string(r.next()))[1]
		answered, err := http.Get(server.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(answered.Body)
		answered.Body.Close()
		if len(body) < len(answer) || len(body) > len(answer)+22 {
			t.Errorf("%s answers %d bytes, the API %d", path, len(body), len(answer))
		}
	}
}

func TestFloors(t *testing.T) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	block, err := aes.NewCipher(make([]byte, 32))
	if err != nil {
		t.Fatal(err)
	}
	tokens := client.Invoice{SignedInvoice: "header.claims.signature", SignedQRCode: "header.claims.signature"}
	auth, err := authFloor(key)
	if err != nil {
		t.Fatal(err)
	}
	for name, floor := range map[string]func() error{
		"auth":     auth,
		"generate": generateFloor(key, &generation{block: block, document: []byte(`{"Version":"1.1"}`), answer: tokens}),
	} {
		if err := new(series).turn(t.Context(), 2, atMost(4), always(floor)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	cut := generateFloor(key, &generation{block: block, document: []byte(`{"Version`), answer: tokens})
	if cut() == nil {
		t.Error("truncated JSON was decoded")
	}
	wanted := errors.New("broken")
	failing := always(func() error { return wanted })
	if err := new(series).turn(t.Context(), 2, until(time.Minute), failing); !errors.Is(err, wanted) {
		t.Errorf("work that fails: %v", err)
	}
}

func TestQuantile(t *testing.T) {
	hundred := make([]float64, 0, 100)
	for n := range 100 {
		hundred = append(hundred, float64(100-n))
	}
	for _, c := range []struct {
		of          []float64
		share, want float64
	}{
		{nil, 0.5, 0}, {[]float64{7}, 0.99, 7}, {[]float64{3, 1, 2}, 0.5, 2},
		{hundred, 0.99, 100}, {hundred, 0.5, 51}, {hundred, 1, 100},
	} {
		if got := quantile(c.of, c.share); got != c.want {
			t.Errorf("quantile %g of %d values is %g, want %g", c.share, len(c.of), got, c.want)
		}
	}
}

func TestInvoices(t *testing.T) {
	for _, lines := range []int{1, 100} {
		text := invoiceOf(1, time.Date(2026, time.July, 1, 0, 0, 0, 0, nic.IST), lines)
		var document struct {
			ItemList []any
			ValDtls  struct{ TotInvVal float64 }
		}
		if err := json.Unmarshal([]byte(text), &document); err != nil {
			t.Fatal(err)
		}
		if len(document.ItemList) != lines || document.ValDtls.TotInvVal != float64(1180*lines) {
			t.Errorf("%d lines: %d, of %f", lines, len(document.ItemList), document.ValDtls.TotInvVal)
		}
	}
}

func TestReport(t *testing.T) {
	of := func(rate float64) series {
		return series{rates: []float64{rate}, took: []time.Duration{2 * time.Millisecond}}
	}
	r := report{
		bareReady: []time.Duration{2 * time.Millisecond}, nicsimReady: []time.Duration{3 * time.Millisecond},
		memory: []memory{{"idle", 8e6, 12e6}, {"after 20 invoices", 0, 70e6}},
		calls:  []*comparison{{name: "auth", least: of(100), measured: of(80)}},
		pages:  []*page{{name: "home", measured: of(400)}},
		suite:  []time.Duration{2 * time.Second},
	}
	var out strings.Builder
	if err := r.write(&out, plan{}); err != nil {
		t.Fatal(err)
	}
	for _, row := range []string{
		"| --- | --: | --: | --: | --: | --: |",
		"| auth | 100 | 80 | 0.80 | 2.00 ms | 2.00 ms |",
		"| home | 400 | 2.00 ms | 2.00 ms |",
		"| time to ready, median of 1 | 2.00 ms | 3.00 ms |",
		"| memory, idle | 8.0 MB | 12.0 MB |",
		"| memory, after 20 invoices | not known here | 70.0 MB |",
		"| `nicsim conformance`, median of 1 |  | 2.00 s |",
	} {
		if !strings.Contains(out.String(), row+"\n") {
			t.Errorf("no row %q in\n%s", row, out.String())
		}
	}
}

func TestStartReportsAProgramThatServesNothing(t *testing.T) {
	if _, err := start(t.Context(), "go", "version"); err == nil ||
		!strings.Contains(err.Error(), "did not print its URLs") {
		t.Errorf("go version: %v", err)
	}
	if _, err := start(t.Context(), "./not-a-program"); err == nil {
		t.Error("a program that does not exist was started")
	}
}
