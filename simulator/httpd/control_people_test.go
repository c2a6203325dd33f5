package httpd_test

import (
	"slices"
	"testing"
)

func TestControlTaxpayers(t *testing.T) {
	s := open(t)
	v := s.visit(t)
	list := func() []string {
		t.Helper()
		var gstins []string
		for _, row := range v.asks("GET", v.at("/taxpayers"), nil, 200).only("taxpayers").rows("taxpayers") {
			gstins = append(gstins, row["gstin"].(string))
		}
		return gstins
	}
	before := list()
	for _, gstin := range []string{asha.gstin, deepak.gstin, ellora.gstin, "27ABCCD1234E1Z5", "33ABCCD1234E1ZC",
		"37ABCCD1234E1Z4", "97ABCCD1234E1ZY"} {
		if !slices.Contains(before, gstin) {
			t.Errorf("%s is not among the fixtures", gstin)
		}
	}
	v.asks("GET", v.at("/taxpayers/29abccd1234e1z1"), nil, 200).has(object{
		"gstin": asha.gstin, "legalName": "Dakshin Components Private Limited", "tradeName": "Dakshin Components",
		"status":       "ACTIVE",
		"taxpayerType": "REG", "mobile": asha.mobile, "email": asha.email, "eInvoiceEnabled": true, "transporterOnly": false,
		"aatoCrore": 250.0,
	})
	v.ask("GET", v.at("/taxpayers/27AAPFU0939F1ZV"), nil).refused(404, "not-found", "")

	added := object{"gstin": "27aapfu0939f1zv", "legalName": "Added Traders", "mobile": "+91 98765 00099",
		"email": "Desk@Added.example"}
	want := object{
		"gstin": "27AAPFU0939F1ZV", "legalName": "Added Traders", "tradeName": "Added Traders", "status": "ACTIVE",
		"taxpayerType": "REG",
		"mobile":       "9876500099", "email": "desk@added.example", "eInvoiceEnabled": true, "transporterOnly": false,
		"address": object{"building": "Building 1", "floor": "Ground floor", "street": "Main Road", "location": "Mumbai",
			"pincode": "400001"},
	}
	a := v.asks("POST", v.at("/taxpayers"), added, 201).has(want)
	if got := a.header.Get("Location"); got != v.prefix+"/control/v1/taxpayers/27AAPFU0939F1ZV" {
		t.Errorf("Location %q", got)
	}
	v.asks("GET", v.at("/taxpayers/27AAPFU0939F1ZV"), nil, 200).has(want)
	v.ask("POST", v.at("/taxpayers"), added).refused(409, "exists", "", "gstin exists")
	if after := list(); !slices.Equal(after, append(before, "27AAPFU0939F1ZV")) {
		t.Errorf("the taxpayers are %v, after %v", after, before)
	}
	v.created(person{gstin: "27AAPFU0939F1ZV", mobile: "9876500099", email: "desk@added.example"}, "added_api")

	v.ask("POST", v.at("/taxpayers"), object{"gstin": "x", "status": "GONE", "taxpayerType": "?", "mobile": "1",
		"email": "y", "aatoCrore": -1}).
		refused(422, "gstin-invalid", "", "gstin gstin-invalid", "legalName value-missing", "status value-invalid",
			"taxpayerType value-invalid",
			"mobile mobile-invalid", "email email-invalid", "aatoCrore value-invalid")
	v.ask("POST", v.at("/taxpayers"), object{}).refused(422, "gstin-invalid", "", "gstin gstin-invalid",
		"legalName value-missing")
	v.ask("POST", v.at("/taxpayers"), object{"name": "x"}).refused(400, "malformed-request", "", "name malformed-request")
}

func TestControlPatchesTaxpayers(t *testing.T) {
	s := open(t)
	for name, by := range map[string]object{
		"status":       {"status": "SUSPENDED"},
		"mobile":       {"mobile": "9876500098"},
		"blank mobile": {"mobile": ""},
		"e-mail":       {"email": "new@dakshin.example"},
		"names":        {"legalName": "New Name", "tradeName": "New"},
		"type":         {"taxpayerType": "SEZ"},
		"enabled":      {"eInvoiceEnabled": false},
		"transporter":  {"transporterOnly": true},
		"turnover":     {"aatoCrore": 12.5},
		"address": {"address": object{"building": "1", "floor": "2", "street": "3", "location": "4",
			"pincode": "560001"}},
		"its own number":  {"gstin": asha.gstin},
		"nothing":         {},
		"several of them": {"status": "INACTIVE", "mobile": "9876500097", "eInvoiceEnabled": false},
	} {
		t.Run(name, func(t *testing.T) {
			v := s.visit(t)
			before := v.asks("GET", v.at("/taxpayers/"+asha.gstin), nil, 200)
			after := changed(before.doc, by)
			v.asks("PATCH", v.at("/taxpayers/"+asha.gstin), by, 200).has(after)
			v.asks("GET", v.at("/taxpayers/"+asha.gstin), nil, 200).has(after)
		})
	}
	v := s.visit(t)
	one := v.at("/taxpayers/" + asha.gstin)
	v.ask("PATCH", one, object{"gstin": deepak.gstin}).refused(422, "value-invalid", "", "gstin value-invalid")
	v.ask("PATCH", one, object{"status": "GONE", "mobile": "1"}).refused(422, "value-invalid", "", "status value-invalid",
		"mobile mobile-invalid")
	v.ask("PATCH", one, object{"status": "CANCELLED", "eInvoiceEnabled": "yes"}).refused(400, "malformed-request", "",
		"eInvoiceEnabled malformed-request")
	v.ask("PATCH", one, object{"legalName": " "}).refused(422, "value-missing", "", "legalName value-missing")
	v.ask("PATCH", v.at("/taxpayers/27AAPFU0939F1ZV"), object{"status": "ACTIVE"}).refused(404, "not-found", "")
	v.asks("GET", one, nil, 200).has(object{"status": "ACTIVE", "mobile": asha.mobile}) // refused changes changed nothing
}

func TestControlPortalUsers(t *testing.T) {
	v := open(t).visit(t)
	users := v.at("/portal-users")
	row := func(username string) object {
		t.Helper()
		rows := v.asks("GET", users, nil, 200).only("portalUsers").rows("portalUsers")
		i := slices.IndexFunc(rows, func(r object) bool { return r["username"] == username })
		if i < 0 {
			return nil
		}
		if _, has := rows[i]["password"]; has || len(rows[i]) != 4 {
			t.Errorf("a login shows as %v", rows[i])
		}
		return rows[i]
	}
	if got := row("ewbtel36"); got == nil || got["gstin"] != ellora.gstin || got["source"] != "EWAY_BILL" ||
		got["frozen"] != false {
		t.Errorf("ewbtel36 is %v", got)
	}
	const gstin = "07ABCFG5678H1Z4" // has no login
	added := object{"username": "gulmohar07", "password": "Gulmohar@2024", "gstin": gstin, "source": "EWAY_BILL"}
	v.asks("POST", users, added, 201).has(object{"username": "gulmohar07", "gstin": gstin, "source": "EWAY_BILL",
		"frozen": false})
	v.signIn(person{username: "gulmohar07", password: "Gulmohar@2024"}).has(object{"gstin": gstin, "source": "EWAY_BILL"})
	v.ask("POST", users, added).refused(409, "exists", "", "username exists")
	// the GSTIN has a login already
	v.ask("POST", users, changed(added, object{"username": "other"})).refused(409, "exists", "", "gstin exists")
	v.ask("POST", users, changed(added, object{"username": "other", "gstin": "27AAPFU0939F1ZV"})).refused(422,
		"gstin-unknown", "", "gstin gstin-unknown")
	v.ask("POST", users, object{"source": "ELSEWHERE"}).
		refused(422, "value-missing", "", "username value-missing", "password value-missing", "gstin gstin-invalid",
			"source value-invalid")

	v.asks("PATCH", users+"/gulmohar07", object{"frozen": true}, 200).has(object{"username": "gulmohar07", "frozen": true})
	login := changed(v.login(asha), object{"username": "gulmohar07", "password": "Gulmohar@2024"})
	v.ask("POST", v.production+v1+"/login", login).refused(403, "account-frozen", "3033")
	v.asks("PATCH", users+"/gulmohar07", object{"frozen": false}, 200)
	v.signIn(person{username: "gulmohar07", password: "Gulmohar@2024"})
	v.ask("PATCH", users+"/nobody", object{"frozen": true}).refused(404, "not-found", "")
	v.ask("PATCH", users+"/gulmohar07", object{"username": "x"}).refused(422, "value-invalid", "",
		"username value-invalid")
}

func TestControlProviders(t *testing.T) {
	v := open(t).visit(t)
	rows := v.asks("GET", v.at("/providers"), nil, 200).only("providers").rows("providers")
	for _, want := range []object{
		{"companyName": "Sahyadri GST Suvidha", "type": "ERP", "through": []any{"GSP", "ERP"}, "clientId": "AAFCC29ERP82ZSO",
			"clientSecret": "SahyadriSecret000001"},
		{"companyName": "Konkan Tax Gateway", "type": "GSP", "through": []any{"GSP"}, "clientId": "AABCK27GSP4K7QX",
			"clientSecret": "KonkanSecret00000002"},
	} {
		i := slices.IndexFunc(rows, func(r object) bool { return r["clientId"] == want["clientId"] })
		if i < 0 {
			t.Fatalf("%s is not there", want["clientId"])
		}
		(answer{t: t, doc: rows[i]}).has(want).only("companyName", "type", "through", "clientId", "clientSecret", "pan",
			"mobile", "email")
	}
	firms := v.asks("GET", v.at("/organisations"), nil, 200).only("organisations").rows("organisations")
	if !slices.ContainsFunc(firms, func(o object) bool {
		return o["pan"] == vindhya.pan && o["type"] == "GSP" && o["mobile"] == vindhya.mobile && o["email"] == vindhya.email
	}) {
		t.Errorf("%v", firms)
	}
}
