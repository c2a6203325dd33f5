package httpd_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
)

// Section 1 of the guide, with the client id in the guide.
func TestSection1(t *testing.T) {
	v := open(t).visit(t)
	v.freezeClock()
	a := v.asks("POST", v.sandbox+v1+"/registrations", v.registrant(asha), http.StatusCreated).has(object{
		"state": "VALIDATED", "category": "TAXPAYER", "gstin": asha.gstin, "stateCode": "29",
		"legalName": "Dakshin Components Private Limited", "tradeName": "Dakshin Components", "sentTo": []any{},
		"expiresAt": "2026-11-22T13:00:00+05:30",
	}).only("registrationId", "state", "category", "gstin", "legalName", "tradeName", "stateCode", "sentTo", "expiresAt")
	path := v.prefix + v1 + "/registrations/" + a.text("registrationId")
	if got := a.header.Get("Location"); got != path {
		t.Errorf("Location %q; want %q", got, path)
	}
	flow := v.sandbox + strings.TrimPrefix(path, v.prefix)
	v.ask("GET", flow, nil).has(object{"state": "VALIDATED"})

	v.asks("POST", flow+"/otp", nil, http.StatusAccepted).has(object{
		"state": "OTP_SENT", "sentTo": []any{"XXXXXX3210", "a****@dakshin.example"}, "attemptsLeft": 3.0,
		"expiresAt": "2026-11-22T12:10:00+05:30", "resendAfter": "2026-11-22T12:00:30+05:30",
	}).only("state", "sentTo", "expiresAt", "resendAfter", "attemptsLeft")
	v.ask("GET", flow, nil).has(object{"state": "OTP_SENT", "attemptsLeft": 3.0, "expiresAt": "2026-11-22T12:10:00+05:30"})

	v.asks("POST", flow+"/otp/verification", object{"otp": v.otp("sandbox", asha.mobile)}, http.StatusOK).
		has(object{"state": "OTP_VERIFIED", "gstin": asha.gstin})

	want := object{
		"state": "COMPLETED", "gstin": asha.gstin, "legalName": "Dakshin Components Private Limited",
		"registrationThrough": "GSP", "companyName": "Sahyadri GST Suvidha", "clientId": "AAFCC29ERP82ZSO",
		"username": "dakshin_api", "acknowledgedAt": "2026-11-22T12:00:00+05:30",
	}
	a = v.asks("POST", flow+"/api-user", apiUser("dakshin_api"), http.StatusCreated).has(want)
	if no := a.text("acknowledgementNo"); !regexp.MustCompile(`^[0-9]{15}$`).MatchString(no) || a.text("message") == "" {
		t.Errorf("acknowledgement %q with message %q", no, a.text("message"))
	}
	want["acknowledgementNo"] = a.text("acknowledgementNo")
	v.advance("48h") // a completed registration does not expire
	v.asks("GET", flow, nil, http.StatusOK).has(want)
	v.asks("POST", v.sandbox+v1+"/login", object{
		"username": "dakshin_api", "password": "Testing@123", "captcha": v.captcha("sandbox"),
	}, http.StatusOK).has(object{"username": "dakshin_api", "gstin": asha.gstin, "source": "API_USER"})
}

// Values are normalised before they are checked.
func TestValidateNormalises(t *testing.T) {
	s := open(t)
	for name, by := range map[string]object{
		"GSTIN in small letters, with blanks": {"gstin": " 29abccd1234e1z1\t"},
		"mobile with +91":                     {"mobile": "+91 98765-43210"},
		"mobile with 0":                       {"mobile": "0987 654 3210"},
		"e-mail in capitals":                  {"email": " Accounts@DAKSHIN.example "},
		"category in small letters":           {"category": "taxpayer"},
	} {
		t.Run(name, func(t *testing.T) {
			v := s.visit(t)
			v.asks("POST", v.sandbox+v1+"/registrations", changed(v.registrant(asha), by), http.StatusCreated).
				has(object{"gstin": asha.gstin, "category": "TAXPAYER"})
		})
	}
	t.Run("captcha in small letters", func(t *testing.T) {
		v := s.visit(t)
		captcha := v.captcha("sandbox")
		captcha["answer"] = " " + strings.ToLower(captcha["answer"].(string)) + " "
		v.asks("POST", v.sandbox+v1+"/registrations", changed(v.registrant(asha), object{"captcha": captcha}),
			http.StatusCreated)
	})
	t.Run("client id in small letters", func(t *testing.T) {
		v := s.visit(t)
		form := changed(apiUser("dakshin_api"), object{"clientId": " aafcc29erp82zso "})
		v.asks("POST", v.verified(asha)+"/api-user", form, http.StatusCreated).has(object{"clientId": "AAFCC29ERP82ZSO"})
	})
}

func TestValidateRefuses(t *testing.T) {
	s := open(t)
	taxpayer := func(gstin, mobile, email string) object {
		return object{"gstin": gstin, "mobile": mobile, "email": email}
	}
	for _, c := range []struct {
		name    string
		by      object
		code    string
		nicCode string
		detail  string // NIC's text; empty if NIC has none
		fields  []string
	}{
		{"GSTIN too short", object{"gstin": "29ABCCD1234E1Z"}, "gstin-invalid", "3030", "Invalid Gstin",
			[]string{"gstin gstin-invalid"}},
		{"GSTIN left out", object{"gstin": nil}, "gstin-invalid", "3030", "Invalid Gstin", []string{"gstin gstin-invalid"}},
		{"GSTIN of the wrong shape", object{"gstin": "29ABCCD12345EZ1"}, "gstin-invalid", "3030", "Invalid Gstin",
			[]string{"gstin gstin-invalid"}},
		{"wrong check character", object{"gstin": "29ABCCD1234E1Z2"}, "gstin-invalid", "3030", "Invalid Gstin",
			[]string{"gstin gstin-invalid"}},
		{"dummy GSTIN that was not made", object{"gstin": "29AABCK7654P000"}, "gstin-invalid", "3030", "Invalid Gstin",
			[]string{"gstin gstin-invalid"}},
		{"GSTIN without a holder", object{"gstin": "27AAPFU0939F1ZV"}, "gstin-unknown", "3001",
			"Requested data is not available", []string{"gstin gstin-unknown"}},
		{"cancelled", taxpayer("27ABCFC2345K1ZH", "9876527101", "accounts@chitra.example"), "gstin-cancelled", "3013",
			"Your registration under GST has been cancelled , however if you are a transporter then use the Enrollment option.",
			[]string{"gstin gstin-cancelled"}},
		{"inactive", taxpayer("09ABCCI3456L1Z7", "9876509102", "accounts@ishana.example"), "gstin-inactive", "3016", "",
			[]string{"gstin gstin-inactive"}},
		{"provisional", taxpayer("24ABCCP4567M1Z0", "9876524103", "accounts@patola.example"), "gstin-provisional", "3017", "",
			[]string{"gstin gstin-provisional"}},
		{"suspended", taxpayer("08ABCCS5678N1ZJ", "9876508104", "accounts@sambhar.example"), "gstin-suspended", "", "",
			[]string{"gstin gstin-suspended"}},
		{"mobile of the wrong shape", object{"mobile": "5876543210"}, "mobile-invalid", "3006", "Invalid Mobile Number",
			[]string{"mobile mobile-invalid"}},
		{"mobile left out", object{"mobile": nil}, "mobile-invalid", "3006", "Invalid Mobile Number",
			[]string{"mobile mobile-invalid"}},
		{"e-mail of the wrong shape", object{"email": "accounts"}, "email-invalid", "", "", []string{"email email-invalid"}},
		{"mobile not the registered one", object{"mobile": deepak.mobile}, "contact-mismatch", "3006",
			"Invalid Mobile Number", []string{"mobile contact-mismatch"}},
		{"e-mail not the registered one", object{"email": deepak.email}, "contact-mismatch", "", "",
			[]string{"email contact-mismatch"}},
		{"neither the registered one", taxpayer(asha.gstin, deepak.mobile, deepak.email), "contact-mismatch", "3006",
			"Invalid Mobile Number",
			[]string{"mobile contact-mismatch", "email contact-mismatch"}},
		{"no mobile on record", taxpayer("32ABCCB6789P1ZZ", "9876500000", "accounts@backwater.example"), "mobile-blank",
			"3012", "", []string{"mobile mobile-blank"}},
		{"GSTIN given under GSP", object{"category": "GSP"}, "category-mismatch", "3044",
			"This registration only for tax payers not GSP.", []string{"gstin category-mismatch"}},
		{"GSTIN given under ECO", object{"category": "ECO"}, "category-mismatch", "3044", "",
			[]string{"gstin category-mismatch"}},
		{"PAN of a mere taxpayer", object{"category": "ERP", "gstin": nil, "pan": "ABCCD1234E"}, "category-mismatch", "3044",
			"", []string{"pan category-mismatch"}},
		{"PAN of another kind of firm", object{"category": "ERP", "gstin": nil, "pan": "AADCV8642S"}, "category-mismatch",
			"3044", "", []string{"pan category-mismatch"}},
		{"PAN given under TAXPAYER", object{"pan": "ABCCD1234E"}, "category-mismatch", "3044", "",
			[]string{"pan category-mismatch"}},
		{"PAN of the wrong shape", object{"category": "GSP", "gstin": nil, "pan": "ABCC1234DE"}, "pan-invalid", "", "",
			[]string{"pan pan-invalid"}},
		{"PAN without a holder", object{"category": "GSP", "gstin": nil, "pan": "ZZZCZ9999Z"}, "pan-unknown", "3001",
			"Requested data is not available", []string{"pan pan-unknown"}},
		{"category that there is not", object{"category": "TRANSPORTER"}, "category-invalid", "", "",
			[]string{"category category-invalid"}},
		{"captcha never drawn", object{"captcha": object{"captchaId": "6f1c9f4e-0000-4000-8000-000000000000",
			"answer": "AAAAAA"}}, "captcha-expired", "", "", []string{"captcha.captchaId captcha-expired"}},
		{"captcha left out", object{"captcha": nil}, "captcha-expired", "", "",
			[]string{"captcha.captchaId captcha-expired"}},
		{"everything wrong, told in the order of the form",
			object{"category": "TRANSPORTER", "gstin": "x", "mobile": "1", "email": "y",
				"captcha": object{"captchaId": "z", "answer": "AAAAAA"}},
			"category-invalid", "", "", []string{"category category-invalid", "gstin gstin-invalid", "mobile mobile-invalid",
				"email email-invalid", "captcha.captchaId captcha-expired"}},
		{"nothing given", object{"category": nil, "gstin": nil, "mobile": nil, "email": nil, "captcha": nil},
			"category-invalid", "", "",
			[]string{"category category-invalid", "gstin gstin-invalid", "mobile mobile-invalid", "email email-invalid",
				"captcha.captchaId captcha-expired"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := s.visit(t)
			a := v.ask("POST", v.sandbox+v1+"/registrations", changed(v.registrant(asha), c.by)).refused(422, c.code, c.nicCode,
				c.fields...)
			if c.detail != "" && a.text("detail") != c.detail {
				t.Errorf("says %q; NIC says %q", a.text("detail"), c.detail)
			}
			if want := v.prefix + v1 + "/registrations"; a.text("instance") != want {
				t.Errorf("instance %q; want %q", a.text("instance"), want)
			}
		})
	}
	t.Run("wrong captcha, which is checked before the GSTIN", func(t *testing.T) {
		v := s.visit(t)
		captcha := changed(v.captcha("sandbox"), object{"answer": "WRONG!"})
		by := object{"captcha": captcha, "gstin": "27AAPFU0939F1ZV"}
		v.ask("POST", v.sandbox+v1+"/registrations", changed(v.registrant(asha), by)).refused(422, "captcha-mismatch", "",
			"captcha.answer captcha-mismatch")
	})
}
