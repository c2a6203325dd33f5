package main

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/nicsim/nicsim/fixtures"
	"github.com/nicsim/nicsim/simulator/irp/invoice"
)

// judged returns the report of `invoice check` on a document.
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

// Scripts rely on the names.
func TestInvoiceCheckJSONHasStableNames(t *testing.T) {
	_, good, _ := called(t.Context(), "invoice", "new", "--day", "2026-07-15")
	report := judged(t, good)
	expectNames(t, report, "ok", "registered", "irn", "document", "violations", "ewayBillViolations")
	expectNames(t, report["document"], "type", "number", "date", "supply", "seller", "buyer", "lines", "total")
	report = judged(t, strings.Replace(good, `"INV"`, `"INX"`, 1))
	expectNames(t, report, "ok", "registered", "violations", "ewayBillViolations")
	expectNames(t, report["violations"].([]any)[0], "code", "message", "path", "rule", "want")
}

// An invoice that `invoice new` writes passes `invoice check` on the same day. If `invoice new` refuses its flags, that
// is wrong use, and the error names the flag.
func TestNewInvoicesPassTheCheck(t *testing.T) {
	cast, err := fixtures.Load()
	if err != nil {
		t.Fatal(err)
	}
	gstins := []string{""}
	for _, taxpayer := range cast.Taxpayers {
		gstins = append(gstins, string(taxpayer.GSTIN))
	}
	first := time.Date(2025, time.April, 1, 0, 0, 0, 0, time.UTC)
	party := rapid.OneOf(rapid.Just(""), rapid.SampledFrom(gstins)) // half of the parties are the default
	accepted := 0
	rapid.Check(t, func(t *rapid.T) {
		day := first.AddDate(0, 0, rapid.IntRange(-90, 2*365).Draw(t, "day")).Format(time.DateOnly)
		flags := []string{"--day", day}
		for _, flag := range []struct {
			name  string
			value *rapid.Generator[string]
		}{
			{"--supply", rapid.SampledFrom(supplies)},
			{"--number", rapid.OneOf(rapid.Just(""), rapid.StringMatching(`[A-Za-z0-9/-]{1,20}`), rapid.StringN(1, 20, -1))},
			{"--seller", party}, {"--buyer", party},
		} {
			flags = append(flags, flag.name+"="+flag.value.Draw(t, flag.name))
		}
		code, document, said := called(context.Background(), append([]string{"invoice", "new"}, flags...)...)
		if code != exitGood {
			if code != exitWrongUse || document != "" || !strings.HasPrefix(said, "nicsim: --") {
				t.Fatalf("%q: exit code %d, %q", flags, code, said)
			}
			return
		}
		accepted++
		var out, stderr strings.Builder
		check := program{in: strings.NewReader(document), out: &out, err: &stderr}
		if code := check.run(context.Background(), []string{"invoice", "check", "--day", day}); code != exitGood {
			t.Fatalf("%q: exit code %d, %s%s", flags, code, out.String(), stderr.String())
		}
	})
	if accepted == 0 && !testing.Short() { // 20 draws can all be refused
		t.Error("no invoice was accepted")
	}
}

// The check does not panic on any input.
func TestInvoiceCheckDoesNotPanic(t *testing.T) {
	for _, document := range []string{"{}", "[]", "null", "1", `""`, `{"ItemList":[null]}`, `{"DocDtls":[]}`,
		strings.Repeat("[", 5000) + strings.Repeat("]", 5000)} {
		p := program{in: strings.NewReader(document), out: &strings.Builder{}, err: &strings.Builder{}}
		if code := p.run(t.Context(), []string{"invoice", "check"}); code != exitNotConformant && code != exitWrongUse {
			t.Errorf("%.20s: exit code %d", document, code)
		}
	}
}

// There is a sample of each type of supply that NIC registers, and no other.
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

// The error names the flag of the user, and the default party fits the party that was given.
func TestNewInvoiceFitsItsFlags(t *testing.T) {
	later := time.Now().AddDate(0, 0, 3).Format(time.DateOnly)
	for _, c := range []struct {
		args []string
		code int
		said string
	}{
		{[]string{"--seller", "29ABCPD1234E2Z9"}, exitGood, ""},
		{[]string{"--day", later}, exitWrongUse, "nicsim: --day: "},
		{[]string{"--buyer", "33ABCCZ1357A1ZQ"}, exitWrongUse, "nicsim: --buyer: "},
		{[]string{"-o", "/nonexistent/x.json"}, exitWrongUse, "nicsim: --out: "},
	} {
		code, _, said := called(t.Context(), append([]string{"invoice", "new"}, c.args...)...)
		if code != c.code || !strings.HasPrefix(said, c.said) || code != exitGood && !strings.Contains(said, "hint: ") {
			t.Errorf("%v: exit code %d, %s", c.args, code, said)
		}
	}
}
