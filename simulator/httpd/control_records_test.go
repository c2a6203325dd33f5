package httpd_test

import (
	"strings"
	"testing"
)

// Records of every kind are made, read, changed and deleted alike.
func TestControlRecords(t *testing.T) {
	for _, r := range []struct {
		list, member, at, key string
		made, shows, change   object
		refused               []string // of an empty record
	}{
		{
			"/providers", "providers", "/providers/team-client.1", "clientId",
			object{"clientId": "team-client.1", "clientSecret": "whatever-they-have", "through": "ERP"},
			object{"companyName": "Company team-client.1", "type": "ERP", "through": []any{"ERP"}, "pan": ""},
			object{"companyName": "Acme"}, []string{"clientId value-missing", "clientSecret value-missing"},
		},
		{
			"/organisations", "organisations", "/organisations/AABCA1234F", "pan",
			object{"pan": "aabca1234f", "legalName": "Acme"},
			object{"pan": "AABCA1234F", "type": "GSP", "mobile": "", "email": ""},
			object{"type": "ECO"}, []string{"pan pan-invalid", "legalName value-missing"},
		},
		{
			"/taxpayers", "taxpayers", "/taxpayers/88AABCT1234E1Z0", "gstin",
			object{"gstin": "88aabct1234e1z0", "legalName": "Made Up Carriers"},
			object{"gstin": "88AABCT1234E1Z0", "status": "ACTIVE", "taxpayerType": "REG", "eInvoiceEnabled": false,
				"transporterOnly": true, "address": object{"building": "Building 1", "floor": "Ground floor", "street": "Main Road",
					"location": "New Delhi", "pincode": "110001"}},
			object{"eInvoiceEnabled": true}, []string{"gstin gstin-invalid", "legalName value-missing"},
		},
		{
			"/portal-users", "portalUsers", "/portal-users/made_up", "username",
			object{"username": "made_up", "password": "any", "gstin": "07ABCFG5678H1Z4"},
			object{"username": "made_up", "source": "E_INVOICE", "frozen": false},
			object{"frozen": true},
			[]string{"username value-missing", "password value-missing", "gstin gstin-invalid"},
		},
		{
			"/api-users", "apiUsers", "/api-users/production/stubuser", "username",
			object{"environment": "production", "username": "stubuser", "password": "stubpass", "gstin": asha.gstin,
				"clientId": "AAFCC29ERP82ZSO"},
			object{"username": "stubuser", "companyName": "Sahyadri GST Suvidha", "registrationThrough": "GSP",
				"frozen": false},
			object{"frozen": true, "password": "another"},
			[]string{"environment environment-invalid", "username value-missing", "password value-missing",
				"gstin gstin-invalid", "clientId value-missing"},
		},
	} {
		t.Run(r.list[1:], func(t *testing.T) {
			v := open(t).visit(t)
			list, one := v.at(r.list), v.at(r.at)
			v.ask("GET", one, nil).refused(404, "not-found", "")
			made := v.asks("POST", list, r.made, 201).has(r.shows)
			if got := made.header.Get("Location"); got != v.prefix+"/control/v1"+r.at {
				t.Errorf("Location %q", got)
			}
			v.ask("POST", list, r.made).refused(409, "exists", "", r.key+" exists")
			if _, shown := made.doc["password"]; shown {
				t.Errorf("the answer has a password: %v", made.doc)
			}
			v.asks("GET", one, nil, 200).has(r.shows)
			found := false
			for _, row := range v.asks("GET", list, nil, 200).only(r.member).rows(r.member) {
				found = found || row[r.key] == made.doc[r.key]
			}
			if !found {
				t.Errorf("%s is not listed", r.at)
			}
			v.asks("PATCH", one, r.change, 200)
			v.ask("PATCH", one, object{r.key: "other"}).refused(422, "value-invalid", "", r.key+" value-invalid")
			v.ask("PATCH", one, object{"colour": "red"}).refused(400, "malformed-request", "", "colour malformed-request")
			v.ask("POST", list, object{"colour": "red"}).refused(400, "malformed-request", "", "colour malformed-request")
			_, code, _ := strings.Cut(r.refused[0], " ")
			v.ask("POST", list, object{}).refused(422, code, "", r.refused...)
			v.ask("DELETE", list, nil).refused(405, "method-not-allowed", "")
			v.ask("DELETE", one, object{"force": true}).refused(400, "malformed-request", "", "force malformed-request")
			v.asks("DELETE", one, nil, 204)
			v.ask("DELETE", one, nil).refused(404, "not-found", "")
			v.ask("PATCH", one, r.change).refused(404, "not-found", "")
			v.asks("POST", list, r.made, 201).has(r.shows) // made again, it is new
		})
	}
}

func TestControlRecordsInUse(t *testing.T) {
	v := open(t).visit(t)
	user := object{"environment": "sandbox", "username": "API_asha", "password": "p", "gstin": asha.gstin,
		"clientId": "AAFCC29ERP82ZSO"}
	v.asks("POST", v.at("/api-users"), user, 201)
	for _, one := range []string{"/providers/AAFCC29ERP82ZSO", "/taxpayers/" + asha.gstin} {
		v.ask("DELETE", v.at(one), nil).refused(409, "in-use", "")
	}
	v.asks("DELETE", v.at("/api-users/sandbox/api_ASHA"), nil, 204)
	v.asks("DELETE", v.at("/providers/AAFCC29ERP82ZSO"), nil, 204)
	v.ask("DELETE", v.at("/taxpayers/"+asha.gstin), nil).refused(409, "in-use", "") // by its login
}

func TestControlFilters(t *testing.T) {
	v := open(t).visit(t)
	for _, list := range []string{"/api-users", "/invoices"} {
		all := "?environment=sandbox&gstin=29abccd1234e1z1&since=2025-03-14T10:00:00%2B05:30&limit=1000"
		v.asks("GET", v.at(list+all), nil, 200)
		v.ask("GET", v.at(list+"?environment=moon&status=GONE&since=2025-03-14T10:00:00+05:30&limit=0&colour=red"), nil).
			refused(422, "value-invalid", "", "colour value-invalid")
		v.ask("GET", v.at(list+"?environment=moon&status=GONE&since=2025-03-14T10:00:00+05:30&limit=0"), nil).
			refused(422, "environment-invalid", "", "environment environment-invalid", "status value-invalid",
				"since value-invalid", "limit value-invalid")
	}
}
