package irpapi_test

import (
	"maps"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Of calls at once, as many are admitted as the limit allows.
func TestLimitTogether(t *testing.T) {
	w := open(t).world(t)
	u := w.user("sandbox", dakshin, sahyadri, "dakshin_api").login()
	w.settings(object{"callLimit": 3, "limitAnswer": "code"})
	got := count(together(t, crowd, func(int) envelope { return u.byIRN("x") }))
	if diff := cmp.Diff(map[string]int{"2148": 3, "3108": crowd - 3}, got); diff != "" {
		t.Error(diff)
	}
}

// A limit counts for a client id and a GSTIN of an environment.
func TestLimitIsForClientAndGSTIN(t *testing.T) {
	w := open(t).world(t)
	u := w.user("sandbox", dakshin, sahyadri, "dakshin_api").login()
	others := map[string]*caller{
		"another taxpayer":    w.user("sandbox", deccan, sahyadri, "deccan_api").login(),
		"another client id":   w.user("sandbox", dakshin, konkan, "dakshin_two").login(),
		"another environment": w.user("production", dakshin, sahyadri, "dakshin_api").login(),
	}
	limits := object{"callLimit": 1, "limitAnswer": "code"}
	w.settings(limits)
	unknown := u.as(func(c *caller) { c.clientID = "unknown" })
	for range 2 {
		unknown.byIRN("x").refused("1010")
	}
	u.byIRN("x").refused("2148")
	u.byIRN("x").refused("3108")
	for name, other := range others {
		if got := other.byIRN("x").codes(); !cmp.Equal(got, []string{"2148"}) {
			t.Errorf("%s: %q", name, got)
		}
	}
	if r := w.send("GET", w.base["sandbox"]+"/eivital/v1.04/heartbeat/ping", nil, nil); r.status != http.StatusOK {
		t.Errorf("ping: %d", r.status)
	}
	w.advance("59s") // the window began at a full second
	u.byIRN("x").refused("3108")
	w.settings(object{})
	u.byIRN("x").refused("2148")

	w.settings(limits)
	u.byIRN("x").refused("3108")
	w.control("POST", "/reset", nil)
	w.clock(morning)
	again := w.user("sandbox", dakshin, sahyadri, "dakshin_api").login()
	w.settings(limits)
	again.byIRN("x").refused("2148")
}

// HTTP 429 has a body in plain text, and the journal says what was counted and until when.
func TestLimitAnswersTooManyRequests(t *testing.T) {
	w := open(t).world(t)
	u := w.user("sandbox", dakshin, sahyadri, "dakshin_api")
	w.settings(object{"loginLimit": 1})
	u.login()
	w.advance("10m")
	r := w.send("POST", w.base["sandbox"]+"/eivital/v1.04/auth", u.authHeaders(), u.sealed(encode(t, u.credentials())))
	if r.status != http.StatusTooManyRequests || r.header.Get("Retry-After") != "300" ||
		r.header.Get("Content-Type") != "text/plain; charset=utf-8" || string(r.body) != "Too many requests\n" {
		t.Errorf("answered %d %v %q", r.status, r.header, r.body)
	}
	want := object{"code": "3108", "nicCode": "3108", "detail": "You have exceeded the limit for this operation",
		"cause": "The setting loginLimit allows 1 in 15m, and as many logins of the client id AAFCC29ERP82ZSO for the GSTIN " +
			"29ABCCD1234E1Z1 were counted from 2026-07-15 10:30:42 on.",
		"remedy": "Send the call again from 2026-07-15 10:45:42 on, when the window ends."}
	reason := w.requests()[0]["reason"].(object)
	maps.DeleteFunc(reason, func(name string, _ any) bool { return want[name] == nil })
	if diff := cmp.Diff(want, reason); diff != "" {
		t.Error(diff)
	}
}

// NIC's words for blocks.
const (
	clientBlocked = "e-Invoice operations are temporarily disabled for the CLIENT - {0} as large number of erroneous " +
		"requests have been received from the client for quite sometimes."
	userBlocked = "e-Invoice operations are temporarily disabled for this USERNAME/GSTIN - {0} as large number of " +
		"erroneous requests have been received from the USERNAME/GSTIN for quite sometimes."
)

// blocked wants the refusal of a block, in NIC's words.
func (e envelope) blocked(code, words, who string) {
	e.t.Helper()
	rows, _ := e.refused(code).doc["ErrorDetails"].([]any)
	if got := rows[0].(object)["ErrorMessage"]; got != strings.Replace(words, "{0}", who, 1) {
		e.t.Errorf("the words are %v", got)
	}
}

func TestBlockOfClient(t *testing.T) {
	w := open(t).world(t)
	u := w.user("sandbox", dakshin, sahyadri, "dakshin_api").login()
	deccans := w.user("sandbox", deccan, sahyadri, "deccan_api").login()
	others := w.user("sandbox", dakshin, konkan, "dakshin_two").login()
	w.settings(object{"clientErrorLimit": 3, "blockDuration": "10m"})

	u.generate(changed(invoice("L-1"), "DocDtls", object{"Dt": "16/07/2026"})).refused("2163")
	u.auth(object{"Password": "Wrong@1234"}).refused("1019")
	u.generate(invoice("L-1")).good()
	w.fault("generate", object{"kind": "error", "codes": []string{"5001"}}) // NIC's own fault, not the client's
	u.generate(invoice("L-2")).refused("5001")
	deccans.byIRN("x").refused("2148")
	for _, blocked := range []*caller{u, deccans} {
		blocked.byIRN("x").blocked("3095", clientBlocked, sahyadri.id)
		blocked.auth(nil).blocked("3095", clientBlocked, sahyadri.id)
	}
	u.as(func(c *caller) { c.clientSecret = "wrong" }).byIRN("x").refused("3095")
	others.byIRN("x").refused("2148")
	w.advance("9m59s")
	u.generate(invoice("L-2")).refused("3095")
	w.advance("1s")
	u.generate(invoice("L-2")).good()
}

func TestBlockOfUser(t *testing.T) {
	w := open(t).world(t)
	u := w.user("sandbox", dakshin, sahyadri, "dakshin_api").login()
	colleague := w.user("sandbox", dakshin, konkan, "dakshin_two").login()
	deccans := w.user("sandbox", deccan, sahyadri, "deccan_api").login()
	w.settings(object{"userErrorLimit": 2, "clientErrorLimit": 4})
	u.auth(object{"Password": "Wrong@1234"}).refused("1019")
	u.byIRN("x").refused("2148")
	u.byIRN("x").blocked("3096", userBlocked, "dakshin_api")
	u.auth(nil).blocked("3096", userBlocked, "dakshin_api")
	colleague.byIRN("x").refused("2148")
	deccans.byIRN("x").refused("2148") // the third error of the client id: the refusals of a block are not counted
	deccans.byIRN("x").refused("2148")
	deccans.byIRN("x").refused("3095")
	w.settings(object{"userErrorLimit": 0})
	u.byIRN("x").refused("2148")

	// Without a user that the world has, the GSTIN is blocked, and with it all its users.
	w = open(t).world(t)
	u = w.user("sandbox", dakshin, sahyadri, "dakshin_api").login()
	w.settings(object{"userErrorLimit": 2})
	for range 2 {
		u.auth(object{"UserName": "nobody_here"}).refused("1017")
	}
	u.byIRN("x").blocked("3096", userBlocked, dakshin.gstin)
	u.auth(nil).blocked("3096", userBlocked, dakshin.gstin)

	// Names that the world does not have are not counted.
	stranger := u.as(func(c *caller) { c.clientID, c.gstin = "AAAAA29GSP0A0AA", "29AAAAA0000A1Z5" })
	for range 3 {
		stranger.auth(nil).refused("1010")
	}
}
