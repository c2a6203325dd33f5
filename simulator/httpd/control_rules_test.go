package httpd_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// rule returns a rule of a list.
func (a *answer) rule(name string) object {
	a.t.Helper()
	for _, row := range a.rows("rules") {
		if row["name"] == name {
			return row
		}
	}
	a.t.Fatalf("%s is not listed", name)
	return nil
}

// The list of rules has the dates of each rule, for an environment and a day.
func TestControlRules(t *testing.T) {
	v := open(t).visit(t)
	rules, settings := v.control+"/control/v1/rules", v.control+"/control/v1/settings"
	list := v.asks("GET", rules+"?environment=production&on=2025-04-01", nil, 200)
	list.has(object{"environment": "production", "on": "2025-04-01"})
	age := list.rule("document-age")
	for name, want := range map[string]any{
		"code": "2305", "inForce": true, "simulated": true, "why": "since 2025-04-01", "status": "in force",
		"figures": object{"aatoThresholdCrore": "10", "maxDocumentAgeDays": "30"}, "announced": "2024-11-05",
		"from": "2025-04-01", "until": "", "counts": "day", "reason": "", "hidden": "",
	} {
		if diff := cmp.Diff(want, age[name]); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	if r := list.rule("sup_gstin"); r["inForce"] != true || r["simulated"] != false {
		t.Errorf("the rule that is not simulated: %v", r)
	}
	if rsp := list.rule("rsp-valuation"); rsp["inForce"] != false || rsp["counts"] != "document" {
		t.Errorf("the rule of the document's date: %v", rsp)
	}

	// The list follows the clock and the settings of the world.
	v.asks("PUT", v.control+"/control/v1/clock", object{"mode": "frozen", "now": "2022-09-13T00:30:00+05:30"}, 200)
	list = v.asks("GET", rules, nil, 200)
	list.has(object{"environment": "sandbox", "on": "2022-09-13"})
	if age := list.rule("document-age"); age["inForce"] != false || age["why"] != "not before 2023-11-01" {
		t.Errorf("in 2022: %v", age)
	}
	v.asks("PATCH", settings, object{"rulesOn": "2026-06-17", "announcedRules": true, "maxDocumentAgeDays": 7,
		"rules": object{"version": false}}, 200)
	list = v.asks("GET", rules+"?environment=&on=", nil, 200)
	list.has(object{"on": "2026-06-17"})
	for name, why := range map[string]string{
		"ship-to-gstin-sent": "uncertain, in force from 2026-06-17 on by the setting announcedRules",
		"document-age":       "the setting maxDocumentAgeDays is set", "version": "switched off by the setting rules",
	} {
		if got := list.rule(name); got["inForce"] != (name != "version") || got["why"] != why {
			t.Errorf("%s: %v", name, got)
		}
	}
	if diff := cmp.Diff(object{"aatoThresholdCrore": "500", "maxDocumentAgeDays": "7"},
		list.rule("document-age")["figures"]); diff != "" {
		t.Error(diff)
	}

	v.ask("GET", rules+"?environment=trial", nil).
		refused(422, "environment-invalid", "", "environment environment-invalid")
	for _, day := range []string{"today", "2020-09-30", "2100-01-01", "2025-02-30", "01/04/2025"} {
		v.ask("GET", rules+"?on="+day, nil).refused(422, "value-invalid", "", "on value-invalid")
	}
	v.ask("GET", rules+"?rule=version", nil).refused(422, "value-invalid", "", "rule value-invalid")
}

// A figure is null while it follows the dates. A value can be set and taken back.
func TestFiguresByDate(t *testing.T) {
	v := open(t).visit(t)
	settings := v.control + "/control/v1/settings"
	byDate := object{"aatoThresholdCrore": nil, "maxDocumentAgeDays": nil, "floorDate": nil, "hsnSixDigitsCrore": nil,
		"ewayBillMaxAgeDays": nil, "rulesOn": "clock", "announcedRules": false}
	v.asks("GET", settings, nil, 200).has(byDate)
	set := object{"floorDate": "2024-01-01", "aatoThresholdCrore": 0.0, "maxDocumentAgeDays": 3.0}
	v.asks("PATCH", settings, set, 200).has(set)
	v.asks("PATCH", settings, object{"hsnSixDigitsCrore": 1.5, "floorDate": nil}, 200).
		has(object{"floorDate": nil, "aatoThresholdCrore": 0.0, "hsnSixDigitsCrore": 1.5})
	v.asks("PUT", settings, object{"floorDate": nil}, 200).has(byDate)
	v.ask("PATCH", settings, object{"floorDate": "2025-02-30", "rulesOn": "tomorrow", "maxDocumentAgeDays": -1}).
		refused(422, "setting-invalid", "", "maxDocumentAgeDays setting-invalid", "floorDate setting-invalid",
			"rulesOn setting-invalid")
	v.ask("PATCH", settings, object{"rulesOn": "2020-09-30"}).
		refused(422, "setting-invalid", "", "rulesOn setting-invalid")
	v.ask("PATCH", settings, object{"floorDate": 20250101}).refused(400, "malformed-request", "",
		"floorDate malformed-request")
	v.asks("GET", settings, nil, 200).has(byDate)
}
