package main

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/nicsim/nicsim/simulator/irp/invoice"
)

// judged checks a document that is handed in on standard input.
func judged(t *testing.T, document string, args ...string) map[string]any {
	t.Helper()
	var out, said strings.Builder
	p := program{in: strings.NewReader(document), out: &out, err: &said}
	p.run(t.Context(), append([]string{"invoice", "check", "--json", "--day", "2026-07-15"}, args...))
	var report map[string]any
	if err := json.Unmarshal([]byte(out.String()), &report); err != nil {
		t.Fatalf("%v: %s", err, said.String())
	}
	return report
}

// The names are what scripts read.
func TestInvoiceCheckJSONHasStableNames(t *testing.T) {
	_, good, _ := called(t.Context(), "invoice", "new", "--day", "2026-07-15")
	report := judged(t, good)
	expectNames(t, report, "ok", "registered", "irn", "document", "violations", "ewayBillViolations")
	expectNames(t, report["document"], "type", "number", "date", "supply", "seller", "buyer", "lines", "total")
	report = judged(t, strings.Replace(good, `"INV"`, `"INX"`, 1))
	expectNames(t, report, "ok", "registered", "violations", "ewayBillViolations")
	expectNames(t, report["violations"].([]any)[0], "code", "message", "path", "rule", "want")
}

// What somebody may have in a file must not bring the check down.
func TestInvoiceCheckTakesAnything(t *testing.T) {
	for _, document := range []string{"{}", "[]", "null", "1", `""`, `{"ItemList":[null]}`, `{"DocDtls":[]}`,
		strings.Repeat("[", 5000) + strings.Repeat("]", 5000)} {
		p := program{in: strings.NewReader(document), out: &strings.Builder{}, err: &strings.Builder{}}
		if code := p.run(t.Context(), []string{"invoice", "check"}); code != exitNotConformant && code != exitWrongUse {
			t.Errorf("%.20s: exit code %d", document, code)
		}
	}
}

// Samples are for every supply that NIC registers, and for no other.
func TestSuppliesHaveSamples(t *testing.T) {
	for _, f := range invoice.Fields() {
		if f.Path == "TranDtls.SupTyp" {
			if strings.Join(f.Enum, " ") != strings.Join(supplies, " ") {
				t.Errorf("supplies %v, the schema has %v", supplies, f.Enum)
			}
			return
		}
	}
	t.Error("the schema has no types of supply")
}
