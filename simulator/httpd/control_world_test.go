package httpd_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nicsim/nicsim/simulator/worldfile"
)

// team is the world of a team with its own numbers.
func team() object {
	return object{
		"clock":    object{"mode": "frozen", "now": "2025-03-15T10:00:00+05:30"},
		"settings": object{"unknownGstin": "synthesise"},
		"providers": []object{{"companyName": "Acme GST", "clientId": "AABCA29GSP00001", "clientSecret": "whatever",
			"through": "GSP"}},
		"taxpayers":   []object{{"gstin": "29AWGPV7107B1Z1", "legalName": "Made Up Traders", "mobile": "9876501234"}},
		"portalUsers": []object{{"username": "madeup29", "password": "any", "gstin": "29AWGPV7107B1Z1"}},
		"apiUsers": []object{{"gstin": "29AWGPV7107B1Z1", "clientId": "AABCA29GSP00001", "username": "stubuser",
			"password": "stubpass"}},
		"invoices": []object{{"irp": "CYGNET", "sellerGstin": "29AWGPV7107B1Z1", "documentType": "INV",
			"documentNumber": "A-1", "documentDate": "15/03/2025"}},
	}
}

// named reports whether a list of the control API has a record with a value.
func (v *visitor) named(list, member, value string) bool {
	v.t.Helper()
	name := map[string]string{"portal-users": "portalUsers", "api-users": "apiUsers"}[list]
	if name == "" {
		name = list
	}
	for _, row := range v.asks("GET", v.at("/"+list), nil, 200).rows(name) {
		if row[member] == value {
			return true
		}
	}
	return false
}

func TestPutWorld(t *testing.T) {
	v := open(t).visit(t)
	made := v.asks("PUT", v.at("/world"), team(), 200)
	v.asks("GET", v.at("/clock"), nil, 200).has(object{"mode": "frozen", "now": "2025-03-15T10:00:00+05:30"})
	v.asks("GET", v.at("/settings"), nil, 200).has(object{"unknownGstin": "synthesise", "otpMaxSends": 5.0})
	for _, c := range []struct{ list, member, value string }{
		{"providers", "clientId", "AABCA29GSP00001"}, {"providers", "clientId", "AAFCC29ERP82ZSO"},
		{"taxpayers", "gstin", "29AWGPV7107B1Z1"}, {"taxpayers", "gstin", asha.gstin},
		{"portal-users", "username", "madeup29"}, {"invoices", "irp", "CYGNET"},
	} {
		if !v.named(c.list, c.member, c.value) {
			t.Errorf("no %s has the %s %s", c.list, c.member, c.value)
		}
	}
	// What GET shows makes the same world.
	shown := v.asks("GET", v.at("/world"), nil, 200)
	if diff := cmp.Diff(made.doc, shown.doc); diff != "" {
		t.Errorf("GET shows another world than PUT (-PUT +GET):\n%s", diff)
	}
	again := v.asks("PUT", v.at("/world"), shown.doc, 200)
	if diff := cmp.Diff(shown.doc, again.doc); diff != "" {
		t.Errorf("PUT of what GET showed makes another world (-before +after):\n%s", diff)
	}
}

// A reset comes back to the document; a world that was deleted begins from the fixtures.
func TestPutWorldIsComeBackTo(t *testing.T) {
	v := open(t).visit(t)
	document := team()
	document["extends"] = "empty"
	v.asks("PUT", v.at("/world"), document, 200)
	v.asks("POST", v.at("/taxpayers"), object{"gstin": asha.gstin, "legalName": "Added"}, 201)
	v.asks("PUT", v.at("/clock"), object{"mode": "real"}, 200)
	v.asks("PATCH", v.at("/settings"), object{"otpMaxSends": 9}, 200)
	v.asks("POST", v.at("/reset"), nil, 204)
	if v.named("taxpayers", "gstin", asha.gstin) || !v.named("taxpayers", "gstin", "29AWGPV7107B1Z1") {
		t.Error("the reset did not come back to the document")
	}
	v.asks("GET", v.at("/clock"), nil, 200).has(object{"mode": "frozen", "now": "2025-03-15T10:00:00+05:30"})
	v.asks("GET", v.at("/settings"), nil, 200).has(object{"otpMaxSends": 5.0, "unknownGstin": "synthesise"})
	v.asks("PUT", v.at("/settings"), object{}, 200).has(object{"unknownGstin": "synthesise"})
	v.asks("DELETE", strings.TrimSuffix(v.control, v.prefix)+"/control/v1/worlds/"+v.prefix[len("/w/"):], nil, 204)
	if !v.named("taxpayers", "gstin", asha.gstin) || v.named("taxpayers", "gstin", "29AWGPV7107B1Z1") {
		t.Error("the world that was deleted did not begin from the fixtures")
	}
}

// A document with mistakes is refused with all of them, and the world stays as it was.
func TestPutWorldRefusals(t *testing.T) {
	v := open(t).visit(t)
	v.asks("POST", v.at("/taxpayers"), object{"gstin": "27AAPFU0939F1ZV", "legalName": "Kept"}, 201)
	document := team()
	document["name"] = "other"
	document["taxpayers"] = []object{{"gstin": "29AWGPV7107B1Z1"}, {"gstin": "29AWGPV7107B1Z", "legal": "x"}}
	document["providers"] = []object{{"clientId": "A", "clientSecret": "s"}, {"clientId": "A", "clientSecret": "t"}}
	document["clock"] = object{"mode": "frozen", "now": "2019-01-01T00:00:00Z"}
	document["settings"] = object{"otpMaxSends": 0}
	refused := v.ask("PUT", v.at("/world"), document)
	refused.refused(422, "provider-unknown", "",
		"apiUsers[0].clientId provider-unknown", "clock.now clock-invalid", "name value-invalid",
		"providers[1].clientId exists", "settings.otpMaxSends setting-invalid", "taxpayers[1].gstin value-invalid",
		"taxpayers[1].legal member-unknown")
	if strings.Contains(string(refused.body), "stubpass") {
		t.Error("the refusal shows a password")
	}
	if !v.named("taxpayers", "gstin", "27AAPFU0939F1ZV") {
		t.Error("the refused document changed the world")
	}
	v.ask("PUT", v.at("/world"), strings.Repeat(" ", worldfile.MaxBytes+1)).refused(413, "body-too-large", "")
	v.ask("PUT", v.at("/world"), []object{}).refused(400, "malformed-request", "")
	if !v.named("taxpayers", "gstin", "27AAPFU0939F1ZV") {
		t.Error("a body that cannot be read changed the world")
	}
}
