package httpd_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// firm registers with a PAN: a GSP, an ERP or an e-commerce operator.
type firm struct{ category, pan, mobile, email string }

var (
	vindhya  = firm{"GSP", "AADCV8642S", "9876540005", "api@vindhya.example"}
	amaltas  = firm{"ERP", "AAHCA9753T", "9876540006", "api@amaltas.example"}
	banyan   = firm{"ECO", "AAKCB1597U", "9876540007", "api@banyan.example"}
	sahyadri = firm{"ERP", "AAFCC4321K", "9876540001", "api@sahyadri.example"}
)

// firmSent performs Validate and Send OTP for a firm.
func (v *visitor) firmSent(f firm) string {
	v.t.Helper()
	a := v.asks("POST", v.sandbox+v1+"/registrations", object{
		"category": f.category, "pan": strings.ToLower(f.pan), "mobile": f.mobile, "email": f.email,
		"captcha": v.captcha("sandbox"),
	}, http.StatusCreated).has(object{"state": "VALIDATED", "category": f.category, "pan": f.pan})
	if _, has := a.doc["gstin"]; has {
		v.t.Errorf("a firm has a GSTIN: %s", a.body)
	}
	flow := v.sandbox + v1 + "/registrations/" + a.text("registrationId")
	v.asks("POST", flow+"/otp", nil, http.StatusAccepted)
	return flow
}

func (v *visitor) firmVerified(f firm) string {
	v.t.Helper()
	flow := v.firmSent(f)
	v.enter(flow, v.otp("sandbox", f.mobile)).is(http.StatusOK)
	return flow
}

// secretOf returns the client secret that was sent to a firm's phone.
func (v *visitor) secretOf(f firm) string {
	v.t.Helper()
	messages := v.asks("GET", v.control+"/control/v1/inbox?purpose=client-credentials", nil,
		http.StatusOK).rows("messages")
	if len(messages) != 1 {
		v.t.Fatalf("client credentials were sent %d times", len(messages))
	}
	m := messages[0]
	if m["channel"] != "sms" || m["to"] != f.mobile || m["otp"] != "" {
		v.t.Errorf("client credentials were sent as %v", m)
	}
	return m["secret"].(string)
}

func TestClientCredentials(t *testing.T) {
	s := open(t)
	for _, f := range []firm{vindhya, amaltas, banyan} {
		t.Run(f.category, func(t *testing.T) {
			v := s.visit(t)
			flow := v.firmVerified(f)
			a := v.asks("POST", flow+"/client-credentials", nil, http.StatusCreated).only("clientId", "message")
			id, secret := a.text("clientId"), v.secretOf(f)
			if !regexp.MustCompile("^" + f.pan[:5] + `[0-9]{2}` + f.category + `[A-Z0-9]{5}$`).MatchString(id) {
				t.Errorf("client id %s", id)
			}
			if !regexp.MustCompile(`^[A-Za-z0-9]{20}$`).MatchString(secret) {
				t.Errorf("client secret %s", secret)
			}
			v.asks("GET", flow, nil, 200).has(object{"state": "COMPLETED", "clientId": id})
			v.ask("POST", flow+"/client-credentials", nil).refused(409, "wrong-state", "")
			v.ask("POST", v.firmVerified(f)+"/client-credentials", nil).refused(409, "already-registered", "3062",
				"pan already-registered")

			login := object{"clientId": strings.ToLower(id), "clientSecret": secret, "captcha": v.captcha("sandbox")}
			v.asks("POST", v.sandbox+v1+"/login", login, 200).has(object{"clientId": id, "pan": f.pan, "source": "PROVIDER"})
			login = changed(login, object{"clientSecret": secret[1:] + "x", "captcha": v.captcha("sandbox")})
			v.ask("POST", v.sandbox+v1+"/login", login).refused(401, "login-failed", "3002")
		})
	}
	t.Run("a PAN that has credentials", func(t *testing.T) {
		v := s.visit(t)
		v.ask("POST", v.firmVerified(sahyadri)+"/client-credentials", nil).refused(409, "already-registered", "3062",
			"pan already-registered")
	})
	t.Run("the wrong form for the category", func(t *testing.T) {
		v := s.visit(t)
		v.ask("POST", v.verified(asha)+"/client-credentials", nil).refused(422, "category-mismatch", "3044")
		v.ask("POST", v.firmVerified(vindhya)+"/api-user", apiUser("vindhya_api")).refused(422, "category-mismatch", "3044")
	})
	t.Run("a new GSP is offered, and used", func(t *testing.T) {
		v := s.visit(t)
		id := v.asks("POST", v.firmVerified(vindhya)+"/client-credentials", nil, 201).text("clientId")
		form := changed(apiUser("dakshin_api"), object{"companyName": "Vindhya Tax Network Private Limited", "clientId": id})
		v.asks("POST", v.verified(asha)+"/api-user", form, 201).has(object{"clientId": id})
	})
}

func TestProviders(t *testing.T) {
	v := open(t).visit(t)
	gsps := []any{
		object{"companyName": "Sahyadri GST Suvidha", "type": "ERP"},
		object{"companyName": "Konkan Tax Gateway", "type": "GSP"},
		object{"companyName": "Malwa Suvidha Services", "type": "GSP"},
	}
	erps := []any{
		object{"companyName": "Sahyadri GST Suvidha", "type": "ERP"},
		object{"companyName": "Deodar Ledger Systems", "type": "ERP"},
	}
	v.ask("GET", v.production+v1+"/providers?through=GSP", nil).refused(401, "session-required", "")
	v.signIn(asha)
	for _, base := range []string{v.sandbox, v.production} {
		for query, want := range map[string][]any{"?through=GSP": gsps, "?through=gsp": gsps, "?through=ERP": erps,
			"?through=DIRECT": {}, "": append(gsps[:3:3], erps[1])} {
			a := v.asks("GET", base+v1+"/providers"+query, nil, 200).only("providers")
			if diff := cmp.Diff(want, a.doc["providers"]); diff != "" {
				t.Errorf("%s: %s", query, diff)
			}
		}
		v.ask("GET", base+v1+"/providers?through=TRP", nil).refused(422, "registration-through-invalid", "",
			"through registration-through-invalid")
	}
}

// signInFirm logs a GSP, an ERP or an operator in on the sandbox portal.
func (v *visitor) signInFirm(f firm) {
	v.t.Helper()
	id := v.asks("POST", v.firmVerified(f)+"/client-credentials", nil, 201).text("clientId")
	v.keep(v.asks("POST", v.sandbox+v1+"/login", object{
		"clientId": id, "clientSecret": v.secretOf(f), "captcha": v.captcha("sandbox"),
	}, 200))
}

func TestDummyGSTINs(t *testing.T) {
	s := open(t)
	v := s.visit(t)
	dummies := v.sandbox + v1 + "/dummy-gstins"
	v.ask("POST", dummies, object{"stateCode": "29"}).refused(401, "session-required", "")
	v.signInFirm(vindhya)
	for _, want := range []string{"29AADCV8642S000", "29AADCV8642S001"} {
		v.asks("POST", dummies, object{"stateCode": "29"}, 201).only("gstin").has(object{"gstin": want})
	}
	v.asks("POST", dummies, object{"stateCode": "07"}, 201).has(object{"gstin": "07AADCV8642S000"})
	for _, code := range []any{"96", "99", "00", "2", "KA", "", nil} {
		v.ask("POST", dummies, changed(object{}, object{"stateCode": code})).refused(422, "state-code-invalid", "",
			"stateCode state-code-invalid")
	}

	dummy := person{gstin: "29AADCV8642S000", mobile: vindhya.mobile, email: vindhya.email}
	own := v.ask("GET", v.sandbox+v1+"/session", nil).text("clientId")
	v.ask("POST", v.verified(dummy)+"/api-user", apiUser("dummy_user")).refused(422, "client-id-mismatch", "1010",
		"clientId client-id-mismatch")
	form := changed(apiUser("dummy_user"), object{"companyName": "Vindhya Tax Network Private Limited", "clientId": own})
	v.asks("POST", v.verified(dummy)+"/api-user", form, 201).has(object{"gstin": dummy.gstin})

	other := s.visit(t)
	other.ask("POST", other.sandbox+v1+"/registrations", other.registrant(dummy)).refused(422, "gstin-invalid", "3030",
		"gstin gstin-invalid")

	t.Run("never in production", func(t *testing.T) {
		v.ask("POST", v.control+"/control/v1/portal-users",
			object{"username": "dummy01", "password": "Dummy@2024", "gstin": dummy.gstin}).
			refused(422, "gstin-invalid", "", "gstin gstin-invalid")
	})
	for name, sign := range map[string]func(*visitor){
		"by an ERP":      func(v *visitor) { v.signInFirm(amaltas) },
		"by an operator": func(v *visitor) { v.signInFirm(banyan) },
		"by an API user": func(v *visitor) {
			v.created(asha, "dakshin_api")
			v.keep(v.asks("POST", v.sandbox+v1+"/login",
				object{"username": "dakshin_api", "password": "Testing@123", "captcha": v.captcha("sandbox")}, 200))
		},
	} {
		t.Run(name, func(t *testing.T) {
			v := s.visit(t)
			sign(v)
			v.ask("POST", v.sandbox+v1+"/dummy-gstins", object{"stateCode": "29"}).refused(403, "gsp-only", "")
		})
	}
}
