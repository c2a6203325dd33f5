package dashboard_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/nicsim/nicsim/internal/browsertest"
	"github.com/nicsim/nicsim/simulator/journal"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/world"
)

// logsIn logs in to the API with a client, and is refused.
func (v *visitor) logsIn(clientID, secret string) {
	v.t.Helper()
	r := v.request("POST", v.sandbox+"/eivital/v1.04/auth", "application/json", `{}`)
	r.Header.Set("client_id", clientID)
	r.Header.Set("client_secret", secret)
	r.Header.Set("Gstin", "29ABCCD1234E1Z1")
	v.send(r)
}

func TestRefusals(t *testing.T) {
	v := visit(t, "/w/why")
	if got := text(v.open("/refusals").doc); !strings.Contains(got, "No request was refused yet.") {
		t.Errorf("without refusals the page says %s", got)
	}
	if got := v.json("GET", v.control+"/control/v1/refusals", "")["refusals"]; len(got.([]any)) != 0 {
		t.Errorf("without refusals the answer has %v", got)
	}
	v.register("9876543211") // another mobile
	v.register("9876543212")
	v.logsIn("AAFCC29ERP82ZSX", "SahyadriSecret000001") // unknown clients
	v.logsIn("AAFCC29ERP82ZSY", "SahyadriSecret000001")
	v.logsIn("AAFCC29ERP82ZSO", "guess") // another secret
	v.logsIn("AAFCC29ERP82ZSX", "SahyadriSecret000001")

	p := v.open("/refusals")
	if got := p.values("count"); !slices.Equal(got, []string{"3", "1", "2"}) {
		t.Errorf("the counts are %v", got)
	}
	if got := p.values("cause"); !slices.Equal(got, []string{
		"The client id is AAFCC29ERP82ZSX, which no provider of this world has.",
		"The client id is known, and the client secret, of 5 characters, is another.",
		"The mobile number is not the one that the GST common portal has for it, XXXXXX3210.",
	}) {
		t.Errorf("the causes are %q", got)
	}
	for i, remedy := range p.values("remedy") {
		if remedy == "" {
			t.Errorf("cause %d has no remedy", i)
		}
	}
	newest := p.values("newest")[0]
	var journaled, entry string
	for n := range p.doc.Descendants() {
		switch href := attribute(n, "href"); {
		case journaled == "" && strings.Contains(href, "/journal?cause="):
			journaled = strings.TrimPrefix(href, "/w/why")
		case entry == "" && strings.Contains(href, "/journal/"):
			entry = strings.TrimPrefix(href, "/w/why")
		}
	}
	list := v.open(journaled)
	if got := list.values("id"); len(got) != 3 || got[0] != newest {
		t.Errorf("%s lists %v; the newest is %s", journaled, got, newest)
	}
	shown := v.open(entry)
	if got := shown.values("cause"); !slices.Equal(got, p.values("cause")[:1]) {
		t.Errorf("%s has the causes %q", entry, got)
	}
	linked := false
	for n := range shown.doc.Descendants() {
		_, id, _ := strings.Cut(attribute(n, "href"), "/refusals#c-")
		linked = linked || id != "" && strings.Contains(journaled, "cause="+id+"&")
	}
	if !linked {
		t.Errorf("%s does not link to its cause", entry)
	}
	rows := v.json("GET", v.control+"/control/v1/refusals?environment=sandbox", "")["refusals"].([]any)
	if first := rows[0].(map[string]any); len(rows) != 3 || first["count"] != 3.0 || first["code"] != "1010" ||
		!strings.HasSuffix(journaled, "cause="+first["id"].(string)+"&outcome=refused") {
		t.Errorf("the control API answers %v, the page links to %s", rows, journaled)
	}
	rows = v.json("GET", v.control+"/control/v1/refusals?environment=production", "")["refusals"].([]any)
	if len(rows) != 0 {
		t.Errorf("production has the refusals %v", rows)
	}
}

// A rule of an invoice is explained by what must hold.
func TestRefusalsByARule(t *testing.T) {
	v := visitWorld(t, func(_ context.Context, w *world.World) error {
		w.Journal.Record(journal.Exchange{Environment: nic.Sandbox, Status: 200, Reason: &journal.Reason{
			Code: "2176", NICCode: "2176", Detail: "HSN code(s)-84 is invalid", Fields: refusedInvoice.Reason.Fields,
		}})
		return nil
	})
	p := v.open("/refusals")
	if got := p.values("cause"); len(got) != 1 || !strings.HasPrefix(got[0], "The rule hsn-length does not hold: ") {
		t.Errorf("the causes are %q", got)
	}
	if got := p.values("remedy"); !slices.Equal(got, []string{"What would have passed: 4, 6 or 8 digits of the master."}) {
		t.Errorf("the remedies are %q", got)
	}
}

// The page follows the world.
func TestRefusalsAreLive(t *testing.T) {
	page := browsertest.Open(t)
	v := visit(t, "/w/live-refusals")
	v.follow(page, "/refusals")
	v.register("9876543211")
	until(t, page, `document.querySelectorAll("[data-row=refusal]").length === 1`)
	v.register("9876543212")
	until(t, page, `document.querySelector("[data-value=count]").textContent === "2"`)
}
