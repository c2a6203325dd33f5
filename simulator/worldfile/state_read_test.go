package worldfile_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/nicsim/nicsim/simulator/worldfile"
)

// Every mistake of a state is found, with its line and column.
func TestMistakesOfAState(t *testing.T) {
	text := `
situation: month-end
state:
  invoice: []
  invoices:
    - {environment: sandbox, irn: a, document: {number: "1"}, irp: EY}
    - {environment: staging, irn: b}
    - {environment: sandbox, irn: a, document: {number: "2"}, irp: EY}
    - {environment: sandbox, irn: c, document: {number: "1"}, irp: EY}
    - {environment: sandbox, irn: e, irp: NIC1, signedInvoice: s3cret, signedQrCode: a.b.c}
    - {environment: sandbox, irn: f, irp: EY, signedQrCode: a.b.c, document: {number: "9"}}
    - {environment: sandbox, irn: d, ackNo: -1, ackDt: 9999-12-31T00:00:00Z, sellerGstin: "29", frozen: true}
  flows: {id: x}
  counters: [7]
  replaced: {otpMaxSends: {before: "no", during: "3"}, otpMaxSend: {before: "1", during: "1"}}
  faults:
    - {name: a, does: {kind: html}, matched: -1}
    - {name: month-end.b, does: {kind: none}}
    - {name: calm.c, does: {kind: html}}
    - {name: d, does: {kind: html}, when: {call: [x]}}
    - {name: e, does: {kind: html}}
    - {name: e, does: {kind: html}}
    - {}
  defects: [nothing]
  inbox: [{sentAt: yesterday, channel: 1}]
`
	_, err := worldfile.ReadWorld([]byte(text), "w")
	wrong, ok := errors.AsType[*worldfile.Error](err)
	if !ok {
		t.Fatalf("the error is %v", err)
	}
	var got []string
	for _, m := range wrong.Mistakes {
		got = append(got, strings.TrimPrefix(m.String(), "world file:"))
	}
	const number = "a whole number from 0 to 999999999999999"
	const moment = "an instant from 2017 to 3099, such as 2025-03-15T10:00:00+05:30"
	want := []string{
		"4:3: state.invoice: is not a member here; did you mean invoices?",
		"7:21: state.invoices[1].environment: must be one of sandbox, production",
		"8:7: state.invoices[2]: has the key or a unique value of another record",
		"9:7: state.invoices[3]: has the key or a unique value of another record",
		"10:64: state.invoices[4].signedInvoice: must be a signed text (JWS) with a document of schema INV-01",
		"10:86: state.invoices[4].signedQrCode: must be a signed text (JWS) with JSON, of at most 2331 bytes",
		"11:43: state.invoices[5].irp: must be NIC1 or NIC2 for an invoice with signed texts",
		"12:45: state.invoices[6].ackNo: must be " + number,
		"12:56: state.invoices[6].ackDt: must be " + moment,
		"12:91: state.invoices[6].sellerGstin: must be 15 characters A-Z 0-9, URP, or empty",
		"12:97: state.invoices[6].frozen: is not a member here; the members are",
		"13:10: state.flows: must be a list",
		"14:14: state.counters[0]: must be an object",
		`15:36: state.replaced.otpMaxSends.before: must be a whole number`,
		"15:56: state.replaced.otpMaxSend: is not a member here; did you mean otpMaxSends?",
		"17:46: state.faults[0].matched: and fired must not be negative",
		"18:40: state.faults[1].does.kind: must be one of",
		"19:14: state.faults[2].name: is of another situation than that of the world",
		"20:50: state.faults[3].when.call: must be",
		"22:14: state.faults[5].name: is that of another fault",
		"23:7: state.faults[6].name: must be 1 to 40",
		"23:7: state.faults[6].does.kind: must be one of",
		"24:13: state.defects[0]: must be the name of a defect",
		"25:20: state.inbox[0].sentAt: must be " + moment,
	}
	for i, w := range want {
		if i >= len(got) || !strings.HasPrefix(got[i], w) {
			t.Errorf("mistake %d is not %q:\n%s", i, w, strings.Join(got, "\n"))
			break
		}
	}
	if len(got) != len(want) {
		t.Errorf("there are %d mistakes, want %d", len(got), len(want))
	}
}

// ReadOne takes a document or an entry, and gives the world the name that it is asked for.
func TestReadOne(t *testing.T) {
	for text, want := range map[string]string{
		"version: 1\nworlds: [{name: a, situation: hostile}]":             "hostile",
		"version: 1\nworlds: [{name: a}, {name: w, situation: sms-late}]": "sms-late",
		"name: a\nsituation: month-end":                                   "month-end",
		`{"situation":"calm"}`:                                            "calm",
		"version: 1\nworlds: [{name: a}, {name: b}]":                      "f:1:1: worlds: must have one world",
		"version: 1\nworlds: []":                                          "f:1:1: worlds: must have one world",
		"version: 1":                                                      "f:1:1: worlds: must be given",
		"version: 1\nworlds: [{name: a, situation: none}]":                "f:2:31: worlds[0].situation: must be one of",
		"situation: none":                                                 "f:1:12: situation: must be one of",
		"":                                                                "f:1:1: is empty",
	} {
		w, err := worldfile.ReadOne([]byte(text), "f", "w")
		got := w.Situation
		if err != nil {
			got = err.Error()
		}
		if !strings.HasPrefix(got, want) || err == nil && w.Name != "w" {
			t.Errorf("%q: %s, %s; want %s", text, w.Name, got, want)
		}
	}
}
