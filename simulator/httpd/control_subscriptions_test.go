package httpd_test

import "testing"

func TestSubscriptions(t *testing.T) {
	v := open(t).visit(t)
	list := v.at("/subscriptions")
	faces := map[string]bool{}
	for _, s := range v.asks("GET", list, nil, 200).only("subscriptions").rows("subscriptions") {
		faces[s["face"].(string)] = true
	}
	for _, face := range []string{"adaequare", "alankit", "cleartax", "gstzen", "mastergst", "perione", "resilient",
		"taxpro", "taxpro-dec", "vayana", "whitebooks"} {
		if !faces[face] {
			t.Errorf("the fixtures have no subscription of %s", face)
		}
	}
	given := object{"companyName": "Malwa Suvidha Services", "face": "Adaequare",
		"secrets": object{"GSPAPPID": "ABC", "gspappsecret": "DEF"}, "variants": []any{"unique_requestid", "unique_requestid"}}
	made := v.asks("POST", list, given, 201).has(object{"id": "adaequare-3", "face": "adaequare", "environment": "",
		"subscriber": "An ERP", "secrets": object{"gspappid": "ABC", "gspappsecret": "DEF"},
		"variants": []any{"unique_requestid"}})
	if got := made.header.Get("Location"); got != v.prefix+"/control/v1/subscriptions/adaequare-3" {
		t.Errorf("Location %q", got)
	}
	v.ask("POST", list, given).refused(409, "exists", "", "secrets.gspappid exists")
	one := v.at("/subscriptions/adaequare-3")
	v.asks("GET", one, nil, 200).has(object{"companyName": "Malwa Suvidha Services"})
	v.asks("DELETE", one, nil, 204)
	v.ask("DELETE", one, nil).refused(404, "not-found", "")
	v.ask("GET", one, nil).refused(404, "not-found", "")
}

func TestSubscriptionsThatCannotBe(t *testing.T) {
	v := open(t).visit(t)
	const konkan = "Konkan Tax Gateway"
	for _, c := range []struct {
		name        string
		given       object
		field, code string
	}{
		{"no company", object{"face": "cleartax", "environment": "sandbox", "secrets": object{"X-CT-Auth-Token": "a"}},
			"companyName", "value-missing"},
		{"an unknown company", object{"companyName": "Nobody", "face": "cleartax", "environment": "sandbox",
			"secrets": object{"X-CT-Auth-Token": "a"}}, "companyName", "company-unknown"},
		{"an unknown face", object{"companyName": konkan, "face": "other", "secrets": object{}}, "face", "value-invalid"},
		{"no environment where the host decides", object{"companyName": konkan, "face": "cleartax",
			"secrets": object{"X-CT-Auth-Token": "a"}}, "environment", "value-missing"},
		{"an unknown environment", object{"companyName": konkan, "face": "adaequare", "environment": "trial",
			"secrets": object{"gspappid": "a", "gspappsecret": "b"}}, "environment", "environment-invalid"},
		{"a secret too few", object{"companyName": konkan, "face": "adaequare", "secrets": object{"gspappid": "a"}},
			"secrets.gspappsecret", "value-missing"},
		{"a secret of another face", object{"companyName": konkan, "face": "adaequare",
			"secrets": object{"gspappid": "a", "gspappsecret": "b", "Token": "c"}}, "secrets", "value-invalid"},
		{"a variant of another face", object{"companyName": konkan, "face": "adaequare",
			"variants": []any{"lower_camel_errors"}, "secrets": object{"gspappid": "a", "gspappsecret": "b"}}, "variants", "value-invalid"},
		{"a variant of a face without any", object{"companyName": konkan, "face": "gstzen", "environment": "sandbox",
			"variants": []any{"unique_requestid"}, "secrets": object{"Token": "a"}}, "variants", "value-invalid"},
		{"a key that is not PEM", object{"companyName": konkan, "face": "vayana", "environment": "sandbox",
			"secrets": object{"cust_id": "a", "public_key": "b"}}, "secrets.public_key", "value-invalid"},
	} {
		t.Run(c.name, func(t *testing.T) {
			v.ask("POST", v.at("/subscriptions"), c.given).refused(422, c.code, "", c.field+" "+c.code)
		})
	}
}
