package dashboard_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"
)

// Several wrong settings are all reported, each under its name, and nothing is changed.
func TestAllWrongSettingsAreToldAtOnce(t *testing.T) {
	v := visit(t, "/w/settings")
	before := v.json("GET", v.control+"/control/v1/settings", "")
	p := v.open("/settings").press("Save", "otpMaxSends", "none", "otpLifetime", "-1m", "passwordMin", "x", "passwordMax",
		"7", "floorDate", "never", "rules", `{"a":true,"b":false}`, "smsDelay", "9m")
	var told []string
	for n := range p.doc.Descendants() {
		if field := attribute(n, "data-field"); field != "" {
			message, _, _ := strings.Cut(text(n), " captcha-mismatch, ")
			told = append(told, field+": "+message)
		}
	}
	want := []string{
		"otpLifetime: OTP is valid for: must be from 1ns to 87600h",
		"otpMaxSends: OTPs in one flow: must be a whole number",
		"passwordMin: Shortest password: must be a whole number",
		"floorDate: Earliest date of a document: must be a day such as 2025-04-01",
		"rules.a: Rules to switch: a is not a rule; did you mean already-registered?",
		"rules.b: Rules to switch: b is not a rule; did you mean cancel-without-ewb?",
		"rules: Rules to switch: the rules are",
	}
	if !slices.Equal(told, want) {
		t.Errorf("told:\n%s\nwant:\n%s", strings.Join(told, "\n"), strings.Join(want, "\n"))
	}
	if after := v.json("GET", v.control+"/control/v1/settings", ""); !reflect.DeepEqual(after, before) {
		t.Errorf("the settings became %v", after)
	}
}

// Each setting has a label, its name in the JSON, and its default in words.
func TestSettingsAreNamedInWords(t *testing.T) {
	v := visit(t, "/w/settings")
	p := v.open("/settings")
	for name := range v.json("GET", v.control+"/control/v1/settings", "") {
		label := p.marked("for", name)
		if len(label) != 1 || label[0] == name || !slices.Contains(p.elements("code"), name) {
			t.Errorf("%s is called %q", name, label)
		}
	}
	for name, want := range map[string]string{
		"otpLifetime": "Default: 10 minutes.", "smsDelay": "Default: at once.", "readWindow": "Default: 2 days.",
		"otpMaxSends":          "Default: 5.",
		"directThresholdCrore": "Default: 100 crore rupees.", "outage": "Default: No.",
		"unknownGstin": "Default: Refuse it.", "rules": "Default: none.", "rulesOn": "Default: clock.",
		"floorDate":          "Empty: the figure of the day, now 1 April 2025.",
		"aatoThresholdCrore": "Empty: the figure of the day, now 500 crore rupees in the sandbox, 10 crore rupees in production.",
		"maxDocumentAgeDays": "Empty: the figure of the day, now 30 days.",
	} {
		if hint := p.marked("id", name+"-hint"); len(hint) != 1 || !strings.HasSuffix(hint[0], " "+want) {
			t.Errorf("the hint of %s is %q", name, hint)
		}
	}
}

// A setting with a few values has a select field.
func TestSettingsWithFewValuesAreSelected(t *testing.T) {
	v := visit(t, "/w/settings")
	v.open("/settings").press("Save", "irpErrorDetails", "base64", "unknownGstin", "synthesise")
	got := v.json("GET", v.control+"/control/v1/settings", "")
	if got["irpErrorDetails"] != "base64" || got["unknownGstin"] != "synthesise" {
		t.Errorf("the settings are %v", got)
	}
	p := v.open("/settings")
	for n := range p.doc.Descendants() {
		if name := attribute(n, "id"); (name == "irpErrorDetails" || name == "unknownGstin") && n.Data != "select" {
			t.Errorf("%s is typed into <%s>", name, n.Data)
		}
	}
}

func (p page) elements(name string) (all []string) {
	for n := range p.doc.Descendants() {
		if n.Data == name {
			all = append(all, text(n))
		}
	}
	return all
}
