package irpapi_test

import (
	"encoding/base64"
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

// fault has the next request of a call fail.
func (w *place) fault(call string, does object) {
	w.t.Helper()
	w.control("POST", "/faults", object{"name": "it", "when": object{"call": call}, "does": does,
		"often": object{"next": 1}})
}

// The kinds that change the answer of a login.
func TestFaultsOfLogins(t *testing.T) {
	w := open(t).world(t)
	u := w.user("sandbox", dakshin, sahyadri, "dakshin_api").login()

	w.fault("auth", object{"kind": "clock-skew", "by": "-90m"})
	if got := u.auth(nil).good(); got["TokenExpiry"] != "2026-07-15 10:00:42" || got["AuthToken"] != u.token {
		t.Errorf("skewed: %v", got)
	}
	if got := u.auth(nil).good(); got["TokenExpiry"] != "2026-07-15 11:30:42" {
		t.Errorf("the token's true end is %v", got["TokenExpiry"])
	}

	w.fault("auth", object{"kind": "garbled-data"})
	if sek := u.auth(nil).good()["Sek"].(string); len(sek) != 64 || !strings.Contains(sek, "?") {
		t.Errorf("garbled: %s", sek)
	}

	w.fault("auth", object{"kind": "wrong-sek"})
	other := u.as(func(*caller) {}).login()
	if other.token != u.token || string(other.sek) == string(u.sek) {
		t.Error("the SEK of the token was answered")
	}
	other.callWith("POST", "/eicore/v1.03/Invoice",
		encode(t, object{"Data": aesSeal(other.sek, encode(t, invoice("F-1")))})).refused("1020")

	w.fault("auth", object{"kind": "error", "codes": []string{"3020", "5001"}})
	if got := u.auth(nil).codes(); !slices.Equal(got, []string{"3020", "5001"}) {
		t.Errorf("refused with %q", got)
	}
	u.login()
}

// A token that was revoked is refused like one that was never given, and the next login gets another.
func TestRevokedToken(t *testing.T) {
	w := open(t).world(t)
	u := w.user("sandbox", dakshin, sahyadri, "dakshin_api").login()
	w.fault("generate", object{"kind": "revoke-tokens"})
	u.generate(invoice("F-1")).refused("1005")
	const cause = "A fault of this world ended the token before its time."
	if got := w.requests()[0]["reason"].(object)["cause"]; got != cause {
		t.Errorf("the journal says %q", got)
	}
	u.generate(invoice("F-1")).refused("1005")
	again := u.as(func(*caller) {}).login()
	if again.token == u.token || string(again.sek) == string(u.sek) {
		t.Error("the login gives the former token")
	}
	again.generate(invoice("F-1")).good()

	w.fault("ewb-cancel", object{"kind": "revoke-tokens"})
	if _, code := again.ewayapi("CANEWB", aesSeal(again.sek, []byte("{}"))); !strings.HasPrefix(code, "106") {
		t.Errorf("the e-way bill system refuses with %s", code)
	}
}

// A call is refused in the envelope of its system, and nothing is done.
func TestErrorFault(t *testing.T) {
	w := open(t).world(t)
	u := w.user("sandbox", dakshin, sahyadri, "dakshin_api").login()
	w.fault("generate", object{"kind": "error", "codes": []string{"2146"}})
	u.generate(invoice("F-1")).refused("2146")
	newest := w.requests()[0]
	if newest["reason"].(object)["code"] != "2146" || !slices.Equal(newest["faults"].([]any), []any{"it"}) {
		t.Errorf("the journal: %v", newest)
	}
	w.fault("ewb-cancel", object{"kind": "error", "codes": []string{"118"}})
	if _, code := u.ewayapi("CANEWB", aesSeal(u.sek, []byte("{}"))); !strings.HasPrefix(code, "118") {
		t.Errorf("the e-way bill system refuses with %s", code)
	}
	u.generate(invoice("F-1")).good()
}

// Answers that cannot be opened, of calls that were performed.
func TestUnreadableAnswers(t *testing.T) {
	w := open(t).world(t)
	u := w.user("sandbox", dakshin, sahyadri, "dakshin_api").login()
	for number, does := range map[string]string{"F-1": "garbled-data", "F-2": "wrong-sek"} {
		w.fault("generate", object{"kind": does})
		r := read(t, w.send("POST", w.base["sandbox"]+"/eicore/v1.03/Invoice", u.headers(),
			encode(t, object{"Data": aesSeal(u.sek, encode(t, invoice(number)))})))
		data := r.doc["Data"].(string)
		if plain, err := aesOpen(u.sek, data); err == nil && json.Valid(plain) {
			t.Errorf("%s: the answer opens: %s", does, plain)
		}
		if _, err := base64.StdEncoding.DecodeString(data); (err == nil) != (does == "wrong-sek") {
			t.Errorf("%s: base64 %v", does, err)
		}
		u.generate(invoice(number)).refused("2150")
	}
}

// The clock of a call is wrong; what it makes is kept with that time.
func TestSkewedCalls(t *testing.T) {
	w := open(t).world(t)
	u := w.user("sandbox", dakshin, sahyadri, "dakshin_api").login()
	w.fault("generate", object{"kind": "clock-skew", "by": "1h"})
	made := u.generate(invoice("F-1")).good()
	if made["AckDt"] != "2026-07-15 11:30:42" {
		t.Errorf("AckDt %v", made["AckDt"])
	}
	w.fault("cancel", object{"kind": "clock-skew", "by": "2h"})
	if done := u.cancel(made["Irn"].(string)).good(); done["CancelDate"] != "2026-07-15 12:31:00" {
		t.Errorf("CancelDate %v", done["CancelDate"])
	}
}

// A GSP answers in an envelope of its own.
func TestGSPFault(t *testing.T) {
	w := open(t).world(t)
	u := w.user("sandbox", dakshin, sahyadri, "dakshin_api").login()
	w.fault("read-irn", object{"kind": "gsp"})
	r := w.send("GET", w.base["sandbox"]+"/eicore/v1.03/Invoice/irn/x", u.headers(), nil)
	if r.status != 200 || string(r.body) != `{"success":false,"message":"GSPERR300 : GSPGSTDOWN"}`+"\n" {
		t.Errorf("answered %d %s", r.status, r.body)
	}
}
