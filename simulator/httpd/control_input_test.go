package httpd_test

import (
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
	v.ask("GET", v.control+"/control/v1/inbox?limit=2", nil).refused(422, "value-invalid", "", "limit value-invalid")
	v.ask("GET", v.control+"/control/v1/taxpayers?foo=1", nil).refused(422, "value-invalid", "", "foo value-invalid")
	v.ask("GET", v.control+"/control/v1/inbox?purpose=xyz", nil).refused(422, "value-invalid", "", "purpose value-invalid")
	v.ask("GET", v.control+"/control/v1/requests?limit=0", nil).refused(422, "value-invalid", "", "limit value-invalid")
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
