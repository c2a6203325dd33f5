package dashboard_test

import (
	"slices"
	"strings"
	"testing"
)

// A subscription is listed with its secrets, added and removed, without a script.
func TestSubscriptions(t *testing.T) {
	v := visit(t, "/w/subscriptions")
	row := v.open("/subscriptions").row("subscription", "adaequare")
	for _, part := range []string{"Sahyadri GST Suvidha", "Deodar Ledger Systems", "sandbox", "gspappid",
		"5A1D0C7E94B24F6F8E3D21C0B7A96F10", "gspappsecret"} {
		if !strings.Contains(row, part) {
			t.Errorf("the row has no %s: %s", part, row)
		}
	}
	add := v.open("/add/subscription/adaequare")
	p := add.press("Add a subscription", "companyName", "Malwa Suvidha Services", "environment", "",
		"secrets.gspappid", "A1", "secrets.gspappsecret", "B1", "variants", "unique_requestid")
	if got := p.said(); !slices.Equal(got, []string{"The subscription was added"}) {
		t.Fatalf("%s says %q: %s", p.at, got, text(p.doc))
	}
	added := v.json("GET", v.control+"/control/v1/subscriptions/adaequare-3", "")
	if got := jsonText(added); got != `{"companyName":"Malwa Suvidha Services","environment":"","face":"adaequare",`+
		`"id":"adaequare-3","secrets":{"gspappid":"A1","gspappsecret":"B1"},"subscriber":"An ERP",`+
		`"variants":["unique_requestid"]}` {
		t.Errorf("the control API has %s", got)
	}
	if row := p.row("subscription", "adaequare-3"); !strings.Contains(row, "both") ||
		!strings.Contains(row, "unique_requestid") {
		t.Errorf("the row is %s", row)
	}
	p = v.open("/subscriptions/adaequare-3").press("Remove it")
	if got := p.said(); !slices.Equal(got, []string{"The subscription was removed"}) ||
		slices.Contains(p.values("id"), "adaequare-3") {
		t.Errorf("%s says %q", p.at, got)
	}
	if p := v.open("/subscriptions/adaequare-3"); !strings.Contains(text(p.doc), "no such subscription") {
		t.Errorf("a removed subscription has a page: %s", text(p.doc))
	}
}

// A refused form names each field, and keeps what was typed.
func TestSubscriptionsThatCannotBe(t *testing.T) {
	v := visit(t, "/w/refused")
	p := v.open("/add/subscription/taxpro").press("Add a subscription", "companyName", "Nobody",
		"secrets.aspid", "1600000009")
	for _, want := range []string{"no provider has the name", "secrets.password"} {
		if !strings.Contains(p.text, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	if p.field("secrets.aspid") != "1600000009" {
		t.Errorf("the id is %q now", p.field("secrets.aspid"))
	}
	if len(p.said()) > 0 {
		t.Error("the form was accepted")
	}
}
