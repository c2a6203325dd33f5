package httpd_test

import (
	"fmt"
	"slices"
	"testing"
)

// An empty filter selects everything, like a missing one.
func TestEmptyFiltersChooseAll(t *testing.T) {
	v := open(t).visit(t)
	v.sent(asha)
	if n := len(v.asks("GET", v.control+"/control/v1/inbox?gstin=&to=&purpose=&environment=", nil,
		200).rows("messages")); n != 2 {
		t.Errorf("%d messages; want the SMS and the e-mail", n)
	}
	if n := len(v.asks("GET", v.control+"/control/v1/requests?limit=&environment=", nil, 200).rows("requests")); n != 3 {
		t.Errorf("%d requests; want the captcha, Validate and Send OTP", n)
	}
	v.ask("GET", v.control+"/control/v1/inbox?environment=trial", nil).refused(422, "environment-invalid", "",
		"environment environment-invalid")
	v.ask("GET", v.control+"/control/v1/inbox?limit=x", nil).refused(422, "value-invalid", "", "limit value-invalid")
	v.ask("GET", v.control+"/control/v1/taxpayers?foo=1", nil).refused(422, "value-invalid", "", "foo value-invalid")
	v.ask("GET", v.control+"/control/v1/inbox?purpose=xyz", nil).refused(422, "value-invalid", "", "purpose value-invalid")
	v.ask("GET", v.control+"/control/v1/requests?limit=0", nil).refused(422, "value-invalid", "", "limit value-invalid")
}

// A message names the field once, and does not begin with the kind of value again.
func TestMessagesOfRecordsNameTheFieldOnce(t *testing.T) {
	v := open(t).visit(t)
	for _, c := range []struct{ list, field, value, want string }{
		{"taxpayers", "gstin", "X", "gstin: must have 15 characters"},
		{"taxpayers", "gstin", "29ABCCD1234E1Z/", "gstin: must be digits and letters only"},
		{"organisations", "pan", "AABCA12345", "pan: must be five letters, four digits and a letter"},
		{"portal-users", "gstin", "X", "gstin: must have 15 characters"},
		{"api-users", "gstin", "X", "gstin: must have 15 characters"},
	} {
		body := object{c.field: c.value, "environment": "sandbox"}
		if c.list != "api-users" {
			delete(body, "environment")
		}
		var got []string
		for _, found := range v.ask("POST", v.at("/"+c.list), body).rows("errors") {
			got = append(got, fmt.Sprint(found["field"], ": ", found["message"]))
		}
		if !slices.Contains(got, c.want) {
			t.Errorf("%s: %q; want %s", c.list, got, c.want)
		}
	}
}

func TestChangePortalUser(t *testing.T) {
	v := open(t).visit(t)
	login := v.control + "/control/v1/portal-users/" + asha.username
	v.asks("PATCH", login, object{"frozen": true}, 200).has(object{"frozen": true})
	v.asks("PATCH", login, object{}, 200).has(object{"frozen": true})
	v.asks("PATCH", login, object{"frozen": false}, 200).has(object{"frozen": false})
}

// A login that the control API adds can be used on the portal.
func TestAddedPortalUserLogsIn(t *testing.T) {
	v := open(t).visit(t)
	gulmohar := person{gstin: "07ABCFG5678H1Z4", username: "gulmohar07", password: "Gulmohar@2024"}
	v.asks("POST", v.control+"/control/v1/portal-users", object{
		"username": " gulmohar07 ", "password": gulmohar.password, "gstin": gulmohar.gstin,
	}, 201).has(object{"username": "gulmohar07"})
	v.signIn(gulmohar)
}

func TestChangeTaxpayer(t *testing.T) {
	v := open(t).visit(t)
	dakshin := v.control + "/control/v1/taxpayers/" + asha.gstin
	v.asks("PATCH", dakshin, object{"gstin": " 29abccd1234e1z1 ", "registeredOn": "2018-02-28", "cancelledOn": ""}, 200).
		has(object{"gstin": asha.gstin, "registeredOn": "2018-02-28"})
	v.ask("PATCH", dakshin, object{"gstin": deepak.gstin}).refused(422, "value-invalid", "", "gstin value-invalid")
	v.ask("PATCH", dakshin, object{"registeredOn": "2018-02-30", "cancelledOn": "yesterday"}).
		refused(422, "value-invalid", "", "registeredOn value-invalid", "cancelledOn value-invalid")
	v.asks("GET", dakshin, nil, 200).has(object{"registeredOn": "2018-02-28"})
}
