package httpd_test

import (
	"net/http"
	"testing"
)

const longest = "Abcdefghijk_123" // 15

// The rules that the last forms of both sections share.
func TestAPIUserNamesAndPasswords(t *testing.T) {
	s := open(t)
	for _, section := range []struct {
		name  string
		begin func(*visitor) string
		form  func(string) object
	}{
		{"section 1", func(v *visitor) string { return v.verified(asha) }, apiUser},
		{"section 2", func(v *visitor) string { return v.submittable(asha) }, productionUser},
	} {
		t.Run(section.name, func(t *testing.T) {
			v := s.visit(t)
			flow := section.begin(v)
			for _, c := range []struct {
				name    string
				by      object
				code    string
				nicCode string
				fields  []string
			}{
				{"username too short", object{"username": "abcde"}, "username-invalid", "3031",
					[]string{"username username-invalid"}},
				{"username too long", object{"username": longest + "4"}, "username-invalid", "3031",
					[]string{"username username-invalid"}},
				{"username begins with a digit", object{"username": "1abcdef"}, "username-invalid", "3031",
					[]string{"username username-invalid"}},
				{"username begins with _", object{"username": "_abcdef"}, "username-invalid", "3031",
					[]string{"username username-invalid"}},
				{"username with a hyphen", object{"username": "abc-def"}, "username-invalid", "3031",
					[]string{"username username-invalid"}},
				{"username of other letters", object{"username": "दक्षिण"}, "username-invalid", "3031",
					[]string{"username username-invalid"}},
				{"username left out", object{"username": nil}, "username-invalid", "3031", []string{"username username-invalid"}},
				{"password of seven", object{"password": "Abcd@12", "confirmPassword": nil}, "password-policy", "3003",
					[]string{"password password-policy"}},
				{"password of sixteen", object{"password": "Abcd@12345678901", "confirmPassword": nil}, "password-policy", "3003",
					[]string{"password password-policy"}},
				{"password without a capital", object{"password": "abcd@1234", "confirmPassword": nil}, "password-policy", "3003",
					[]string{"password password-policy"}},
				{"password without a small letter", object{"password": "ABCD@1234", "confirmPassword": nil}, "password-policy",
					"3003", []string{"password password-policy"}},
				{"password without a digit", object{"password": "Abcd@efgh", "confirmPassword": nil}, "password-policy", "3003",
					[]string{"password password-policy"}},
				{"password without a special", object{"password": "Abcd12345", "confirmPassword": nil}, "password-policy", "3003",
					[]string{"password password-policy"}},
				{"password with a special of another set", object{"password": "Abcd^1234", "confirmPassword": nil},
					"password-policy", "3003", []string{"password password-policy"}},
				{"password left out", object{"password": nil, "confirmPassword": nil}, "password-policy", "3003",
					[]string{"password password-policy"}},
				{"passwords differ", object{"confirmPassword": "Testing@124"}, "password-confirmation", "",
					[]string{"confirmPassword password-confirmation"}},
				{"confirmation empty", object{"confirmPassword": ""}, "password-confirmation", "",
					[]string{"confirmPassword password-confirmation"}},
				{"unknown company", object{"companyName": "Nobody & Co"}, "provider-unknown", "",
					[]string{"companyName provider-unknown"}},
				{"company of another list", object{"companyName": "Deodar Ledger Systems"}, "provider-unknown", "",
					[]string{"companyName provider-unknown"}},
				{"company left out", object{"companyName": nil}, "provider-unknown", "", []string{"companyName provider-unknown"}},
				{"another way of registration", object{"registrationThrough": "TRP"}, "registration-through-invalid", "",
					[]string{"registrationThrough registration-through-invalid"}},
				{"all of it wrong", object{"registrationThrough": "", "username": "x", "password": "y", "confirmPassword": "z"},
					"registration-through-invalid", "",
					[]string{"registrationThrough registration-through-invalid", "username username-invalid",
						"password password-policy", "confirmPassword password-confirmation"}},
			} {
				t.Run(c.name, func(t *testing.T) {
					v := *v
					v.t = t
					v.ask("POST", flow+"/api-user", changed(section.form("dakshin_api"), c.by)).refused(422, c.code, c.nicCode,
						c.fields...)
				})
			}
			v.asks("POST", flow+"/api-user", changed(section.form(longest), object{
				"password": "Aa1%$#@_!*aaaaa", "confirmPassword": nil, "registrationThrough": "gsp",
				"companyName": " Sahyadri GST Suvidha ",
			}), http.StatusCreated)
		})
	}
}

func TestCreateRefuses(t *testing.T) {
	s := open(t)
	for _, c := range []struct {
		name    string
		by      object
		status  int
		code    string
		nicCode string
		fields  []string
	}{
		{"unknown client id", object{"clientId": "AAFCC29ERP00000"}, 422, "client-id-mismatch", "1010",
			[]string{"clientId client-id-mismatch"}},
		{"client id of another company", object{"clientId": "AABCK27GSP4K7QX"}, 422, "client-id-mismatch", "1010",
			[]string{"clientId client-id-mismatch"}},
		{"client id of the wrong shape", object{"clientId": "AAFCC"}, 422, "client-id-mismatch", "1010",
			[]string{"clientId client-id-mismatch"}},
		{"client id left out", object{"clientId": nil}, 422, "client-id-mismatch", "1010",
			[]string{"clientId client-id-mismatch"}},
		{"company and client id unknown", object{"companyName": "Nobody & Co", "clientId": "x"}, 422, "provider-unknown", "",
			[]string{"companyName provider-unknown", "clientId client-id-mismatch"}},
		{"DIRECT with a GSP's client id", object{"registrationThrough": "DIRECT"}, 422, "client-id-mismatch", "1010",
			[]string{"clientId client-id-mismatch"}},
		{"DIRECT with the client id of another taxpayer", object{"registrationThrough": "DIRECT",
			"clientId": "ABCCL33TXP6V9HN"}, 422, "client-id-mismatch", "1010", []string{"clientId client-id-mismatch"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := s.visit(t)
			v.ask("POST", v.verified(asha)+"/api-user", changed(apiUser("dakshin_api"), c.by)).refused(c.status, c.code,
				c.nicCode, c.fields...)
		})
	}
	t.Run("username of another taxpayer, in another case", func(t *testing.T) {
		v := s.visit(t)
		v.created(deepak, "Shared_Name")
		v.ask("POST", v.verified(asha)+"/api-user", apiUser("shared_nAME")).refused(409, "username-taken", "3004",
			"username username-taken").
			has(object{"detail": "This username is already registered. Please choose a different username."})
	})
	t.Run("a second user for one client id", func(t *testing.T) {
		v := s.visit(t)
		v.created(asha, "first_user")
		v.ask("POST", v.verified(asha)+"/api-user", apiUser("second_user")).refused(409, "already-registered", "3062",
			"clientId already-registered").
			has(object{"detail": "Already Registered"})
		v.ask("POST", v.verified(asha)+"/api-user", apiUser("First_User")).
			refused(409, "already-registered", "3062", "clientId already-registered", "username username-taken")
	})
	t.Run("cancelled since Validate", func(t *testing.T) {
		v := s.visit(t)
		flow := v.verified(asha)
		v.patch(asha.gstin, object{"status": "CANCELLED"})
		v.ask("POST", flow+"/api-user", apiUser("dakshin_api")).refused(422, "gstin-cancelled", "3013",
			"gstin gstin-cancelled")
	})
}

func TestCreateAccepts(t *testing.T) {
	s := open(t)
	for name, by := range map[string]object{
		"the guide's client id under GSP, typed ERP as it is": {},
		"the same through ERP":                                {"registrationThrough": "ERP"},
		"another GSP": {"companyName": "Konkan Tax Gateway",
			"clientId": "AABCK27GSP4K7QX"},
		"an ERP": {"registrationThrough": "ERP",
			"companyName": "Deodar Ledger Systems", "clientId": "AAGCD05ERPX5W8K"},
		"DIRECT with one's own client id": {"registrationThrough": "DIRECT", "companyName": nil,
			"clientId": "ABCCD29TXP7M3QD"},
		"no confirmation": {"confirmPassword": nil},
	} {
		t.Run(name, func(t *testing.T) {
			v := s.visit(t)
			form := changed(apiUser("dakshin_api"), by)
			want := object{"state": "COMPLETED", "username": "dakshin_api", "registrationThrough": form["registrationThrough"],
				"clientId": form["clientId"]}
			v.asks("POST", v.verified(asha)+"/api-user", form, http.StatusCreated).has(want)
		})
	}
	t.Run("the same GSTIN for a second GSP, and the PAN's other GSTIN for the first", func(t *testing.T) {
		v := s.visit(t)
		v.created(asha, "first_user")
		second := object{"companyName": "Konkan Tax Gateway", "clientId": "AABCK27GSP4K7QX"}
		v.asks("POST", v.verified(asha)+"/api-user", changed(apiUser("second_user"), second), http.StatusCreated)
		mumbai := asha
		mumbai.gstin = "27ABCCD1234E1Z5"
		v.created(mumbai, "third_user")
	})
}
