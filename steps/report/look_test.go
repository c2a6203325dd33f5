package report_test

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"testing"

	"go.uber.org/goleak"

	"github.com/nicsim/nicsim/internal/browsertest"
	"github.com/nicsim/nicsim/steps/report"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(browsertest.Main(m)) }

// TestReportInABrowser checks that the report is readable on a phone, and that it breaks no rule of accessibility.
func TestReportInABrowser(t *testing.T) {
	r := run()
	r.Outcomes = append(r.Outcomes, outcomes()...)
	r.Target.Name = "https://gateway.example/a/rather/long/path/to/the/e-invoice/api/of/a/company"
	r.Outcomes[2].Steps[0].Exchanges[0].Path += "/0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
	var text bytes.Buffer
	if err := report.Write(&text, r); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write(text.Bytes())
	}))
	t.Cleanup(server.Close)
	page := browsertest.Open(t)
	page.Goto(server.URL)
	for _, width := range []int{320, 390, 1280} {
		page.SetWidth(width)
		if page.ScrollsSideways() {
			t.Errorf("at %d px the report scrolls sideways", width)
		}
	}
	if n := page.Printed(); n < 1 || n > 6 {
		t.Errorf("the report takes %d sheets", n)
	}
	for _, v := range page.Axe(t) {
		t.Error(v)
	}
}
