package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/nicsim/nicsim/simulator/nic"
)

func TestPressCountsWhatIsAnswered(t *testing.T) {
	var asked atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil || string(body) != `{"a":1}` || r.Header.Get("Content-Type") != "application/json" ||
			r.URL.RawQuery != "b=c" {
			w.WriteHeader(http.StatusTeapot)
			return
		}
		asked.Add(1)
		w.WriteHeader(http.StatusUnprocessableEntity)
		_, _ = io.WriteString(w, "refused")
	}))
	defer server.Close()

	r := request{
		method: http.MethodPost, url: server.URL + "/a?b=c", body: `{"a":1}`, status: http.StatusUnprocessableEntity,
		begins: "ref",
	}
	got, err := press(t.Context(), r, 3, 50*time.Millisecond)
	if err != nil {
		t.Fatal(err)
	}
	if len(got.took) == 0 || int64(len(got.took)) != asked.Load() {
		t.Errorf("counted %d answers of %d", len(got.took), asked.Load())
	}
	if want := float64(len(got.took)) / got.over.Seconds(); got.rate() != want {
		t.Errorf("rate %f, want %f", got.rate(), want)
	}

	asked.Store(0)
	r.most = 5
	if got, err := press(t.Context(), r, 3, time.Minute); err != nil || len(got.took) != 5 || asked.Load() != 5 {
		t.Errorf("5 at most: %d answers of %d, %v", len(got.took), asked.Load(), err)
	}
	r.begins = "good"
	if _, err := press(t.Context(), r, 1, 50*time.Millisecond); err == nil ||
		!strings.Contains(err.Error(), `begins "refu", not "good"`) {
		t.Errorf("another beginning than expected: %v", err)
	}
	r.status = http.StatusOK
	if _, err := press(t.Context(), r, 1, 50*time.Millisecond); err == nil ||
		!strings.Contains(err.Error(), "answered 422, not 200") {
		t.Errorf("another status than expected: %v", err)
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
		{nil, 0.5, 0},
		{[]float64{7}, 0.99, 7},
		{[]float64{3, 1, 2}, 0.5, 2},
		{hundred, 0.99, 100},
		{hundred, 0.5, 51},
		{hundred, 1, 100},
	} {
		if got := quantile(c.of, c.share); got != c.want {
			t.Errorf("quantile %g of %d values is %g, want %g", c.share, len(c.of), got, c.want)
		}
	}
}

func TestPlansAreTaxpayersOfTheirOwn(t *testing.T) {
	seen := map[string]bool{}
	for n := range 200 {
		plan, err := newPlan(n)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := nic.ParseGSTIN(plan.GSTIN); err != nil {
			t.Errorf("plan %d: %v", n, err)
		}
		if _, ok := nic.NormaliseMobile(plan.Mobile); !ok {
			t.Errorf("plan %d: mobile %s", n, plan.Mobile)
		}
		if seen[plan.GSTIN] || seen[plan.Username] || len(plan.Username) > 15 {
			t.Errorf("plan %d: %s and %s are not its own, or too long", n, plan.GSTIN, plan.Username)
		}
		seen[plan.GSTIN], seen[plan.Username] = true, true
	}
}

func TestReport(t *testing.T) {
	ofOne := func(rate float64, took time.Duration) series {
		return series{rates: []float64{rate}, took: []time.Duration{took}}
	}
	r := report{
		bareReady: []time.Duration{2 * time.Millisecond}, nicsimReady: []time.Duration{3 * time.Millisecond},
		bareIdle: 8e6, nicsimIdle: 12e6,
		bare:      ofOne(1000, time.Millisecond),
		providers: ofOne(800, 2*time.Millisecond),
		refused:   ofOne(600, 3*time.Millisecond),
		walks:     ofOne(50, 20*time.Millisecond),
		suite:     []time.Duration{2 * time.Second},
		pages: pagesReport{bare: ofOne(400, time.Millisecond),
			pages: []pageSeries{{name: "home", of: ofOne(300, 2*time.Millisecond)}}},
	}
	var out strings.Builder
	if err := r.write(&out); err != nil {
		t.Fatal(err)
	}
	for _, row := range []string{
		"| time to ready, median of 1 | 2.00 ms | 3.00 ms | 1.50 |",
		"| memory, idle | 8.0 MB | 12.0 MB | 1.50 |",
		"| memory, after load | not known here | not known here | – |",
		"| `GET /portal/v1/providers?through=GSP`, a second | 1000 | 800 | 0.80 |",
		"| Validate, refused (422), a second | 1000 | 600 | 0.60 |",
		"| … p99 | 1.00 ms | 3.00 ms | 3.00 |",
		"| walks of section 1, a second | – | 50.0 | – |",
		"| bare page | 400 | – | 1.00 ms | 1.00 ms |",
		"| home | 300 | 0.75 | 2.00 ms | 2.00 ms |",
		"| `nicsim conformance`, all features, median of 1 | – | 2.00 s | – |",
	} {
		if !strings.Contains(out.String(), row+"\n") {
			t.Errorf("no row %q in\n%s", row, out.String())
		}
	}
}

func TestStartWantsToBeToldWhere(t *testing.T) {
	if _, err := start(t.Context(), "go", "version"); err == nil ||
		!strings.Contains(err.Error(), "did not say where it listens") {
		t.Errorf("a program that serves nothing: %v", err)
	}
	if _, err := start(t.Context(), "./not-a-program"); err == nil {
		t.Error("a program that does not exist was started")
	}
}

func TestParse(t *testing.T) {
	p, err := parse(nil, io.Discard)
	if err != nil || p.connections != 32 {
		t.Errorf("without arguments: %+v, %v", p, err)
	}
	for _, args := range []string{"-connections=0", "-turn=0s", "-suites=-1", "-unknown", "word"} {
		if _, err := parse([]string{args}, io.Discard); err == nil {
			t.Errorf("%s was taken", args)
		}
	}
}
