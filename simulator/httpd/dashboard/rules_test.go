package dashboard_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
)

// The page of rules has each rule with its dates, and finds rules by text, environment and day.
func TestRulesPage(t *testing.T) {
	v := visit(t, "/w/rules")
	if links := v.open("/settings").marked("href", "/w/rules/rules"); len(links) != 2 {
		t.Errorf("%d links from the settings", len(links))
	}
	all := v.json("GET", v.control+"/control/v1/rules", "")["rules"].([]any)
	if rows := v.open("/rules").marked("data-row", "rule"); len(rows) != len(all) {
		t.Errorf("%d of %d rules", len(rows), len(all))
	}
	for _, c := range []struct{ query, rule, want string }{
		{"?q=DOCUMENT-AGE&environment=production&on=2025-04-01", "document-age", "10 crore rupees, 30 days"},
		{"?q=document-age&on=2022-09-13", "document-age", "not before 2023-11-01"},
		{"?q=2305", "document-age", "500 crore rupees, 30 days"},
		{"?q=retail", "rsp-valuation", "by the document's date"},
		{"?q=closure", "closure-of-ewaybill", "Not simulated"},
		{"?q=two-factor&environment=production&on=2025-02-01", "two-factor-login", "5 crore rupees"},
	} {
		p := v.open("/rules" + c.query)
		if rows := p.marked("data-row", "rule"); !slices.Contains(p.values("rule"), c.rule) || len(rows) != 1 ||
			!strings.Contains(rows[0], c.want) {
			t.Errorf("%s: %q", c.query, rows)
		}
	}
	if p := v.open("/rules?q=no+such+rule"); len(p.marked("data-row", "rule")) != 0 || p.status != http.StatusOK {
		t.Error("rules were found by a text that no rule has")
	}
	for _, query := range []string{"?on=today", "?environment=trial"} {
		if p := v.open("/rules" + query); p.status != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d", query, p.status)
		}
	}
}

// An empty field lets a figure follow the dates.
func TestFiguresFollowTheDates(t *testing.T) {
	v := visit(t, "/w/settings")
	v.open("/settings").press("Save", "floorDate", "2024-01-01", "ewayBillMaxAgeDays", "9", "rulesOn", "2025-03-15")
	got := v.json("GET", v.control+"/control/v1/settings", "")
	if got["floorDate"] != "2024-01-01" || got["ewayBillMaxAgeDays"] != 9.0 || got["rulesOn"] != "2025-03-15" {
		t.Errorf("the settings are %v", got)
	}
	v.open("/settings").press("Save", "floorDate", "", "ewayBillMaxAgeDays", "")
	got = v.json("GET", v.control+"/control/v1/settings", "")
	if got["floorDate"] != nil || got["ewayBillMaxAgeDays"] != nil || got["rulesOn"] != "2025-03-15" {
		t.Errorf("the settings are %v", got)
	}
}
