package httpd_test

import (
	"maps"
	"net/http"
	"net/url"
	"strings"
)

// person is a taxpayer of the contract's fixtures.
type person struct{ gstin, mobile, email, username, password string }

var (
	asha   = person{"29ABCCD1234E1Z1", "9876543210", "accounts@dakshin.example", "dakshin29", "Dakshin@2024"}
	deepak = person{"29ABCPD1234E2Z9", "9876529002", "books@deccan.example", "deccan29", "Deccan@2024"}
	ellora = person{"36ABCCE4321F1Z1", "9876500036", "ewb@telangana.example", "ewbtel36", "Ewaybill#36"}
)

const v1 = "/portal/v1"

// where returns the base URL of a portal or of the control API.
func (v *visitor) where(name string) string {
	return map[string]string{"sandbox": v.sandbox, "production": v.production, "control": v.control + "/control/v1"}[name]
}

// asks makes a call that must succeed.
func (v *visitor) asks(method, url string, body any, status int) answer {
	v.t.Helper()
	return v.ask(method, url, body).is(status)
}

// captcha draws a captcha and reads its answer from the control API.
func (v *visitor) captcha(portal string) object {
	v.t.Helper()
	id := v.asks("POST", v.where(portal)+v1+"/captchas", nil, http.StatusCreated).text("captchaId")
	solution := v.asks("GET", v.control+"/control/v1/captchas/"+id, nil, http.StatusOK).text("answer")
	return object{"captchaId": id, "answer": solution}
}

// changed returns a body with some members replaced. A member that is nil is removed.
func changed(body object, by object) object {
	body = maps.Clone(body)
	maps.Copy(body, by)
	maps.DeleteFunc(body, func(_ string, v any) bool { return v == nil })
	return body
}

// registrant returns a valid Registration Form.
func (v *visitor) registrant(who person) object {
	v.t.Helper()
	return object{
		"category": "TAXPAYER", "gstin": who.gstin, "mobile": who.mobile, "email": who.email, "captcha": v.captcha("sandbox"),
	}
}

// validated performs Validate and returns the URL of the registration.
func (v *visitor) validated(who person) string {
	v.t.Helper()
	return v.sandbox + v1 + "/registrations/" +
		v.asks("POST", v.sandbox+v1+"/registrations", v.registrant(who), http.StatusCreated).text("registrationId")
}

// sent performs Validate and Send OTP.
func (v *visitor) sent(who person) string {
	v.t.Helper()
	flow := v.validated(who)
	v.asks("POST", flow+"/otp", nil, http.StatusAccepted)
	return flow
}

// otp returns the OTP on a person's phone.
func (v *visitor) otp(environment, to string) string {
	v.t.Helper()
	q := url.Values{"environment": {environment}, "to": {to}}
	messages := v.asks("GET", v.control+"/control/v1/inbox?"+q.Encode(), nil, http.StatusOK).rows("messages")
	if len(messages) == 0 {
		v.t.Fatalf("%s got no message", to)
	}
	return messages[0]["otp"].(string)
}

// wrongOTP returns an OTP that differs from the right one.
func wrongOTP(right string) string {
	if strings.HasSuffix(right, "0") {
		return right[:5] + "1"
	}
	return right[:5] + "0"
}

// verified performs section 1 up to the last form.
func (v *visitor) verified(who person) string {
	v.t.Helper()
	flow := v.sent(who)
	v.asks("POST", flow+"/otp/verification", object{"otp": v.otp("sandbox", who.mobile)}, http.StatusOK)
	return flow
}

// apiUser returns the last form of section 1, as in the guide.
func apiUser(username string) object {
	return object{
		"registrationThrough": "GSP", "companyName": "Sahyadri GST Suvidha", "clientId": "AAFCC29ERP82ZSO",
		"username": username, "password": "Testing@123", "confirmPassword": "Testing@123",
	}
}

// created performs section 1.
func (v *visitor) created(who person, username string) answer {
	v.t.Helper()
	return v.asks("POST", v.verified(who)+"/api-user", apiUser(username), http.StatusCreated)
}

// login returns a valid Login form of the production portal.
func (v *visitor) login(who person) object {
	v.t.Helper()
	return object{"username": who.username, "password": who.password, "captcha": v.captcha("production")}
}

// signIn logs in to the production portal and keeps the cookie.
func (v *visitor) signIn(who person) answer {
	v.t.Helper()
	a := v.asks("POST", v.production+v1+"/login", v.login(who), http.StatusOK)
	v.keep(a)
	return a
}

// keep makes the visitor send the cookie of an answer from now on.
func (v *visitor) keep(a answer) {
	v.cookie, _, _ = strings.Cut(a.header.Get("Set-Cookie"), ";")
}

// started performs Create API User and returns the URL of the API registration.
func (v *visitor) started() string {
	v.t.Helper()
	return v.production + v1 + "/api-registrations/" +
		v.asks("POST", v.production+v1+"/api-registrations", nil, http.StatusCreated).text("apiRegistrationId")
}

// submittable performs section 2 up to the last form.
func (v *visitor) submittable(who person) string {
	v.t.Helper()
	v.signIn(who)
	flow := v.started()
	v.asks("POST", flow+"/otp/verification", object{"otp": v.otp("production", who.mobile)}, http.StatusOK)
	return flow
}

// productionUser returns a valid last form of section 2.
func productionUser(username string) object {
	return changed(apiUser(username), object{"clientId": nil})
}

// submitted performs section 2.
func (v *visitor) submitted(who person, username string) answer {
	v.t.Helper()
	return v.asks("POST", v.submittable(who)+"/api-user", productionUser(username), http.StatusCreated)
}

// advance moves the world's clock.
func (v *visitor) advance(by string) {
	v.t.Helper()
	v.asks("POST", v.control+"/control/v1/clock/advance", object{"by": by}, http.StatusOK)
}

// freezeClock stops the world's clock, so that times are exact to the second.
func (v *visitor) freezeClock() {
	v.t.Helper()
	v.asks("PUT", v.control+"/control/v1/clock", object{"mode": "frozen", "now": "2026-11-22T12:00:00+05:30"},
		http.StatusOK)
}

// set changes settings.
func (v *visitor) set(settings object) {
	v.t.Helper()
	v.asks("PUT", v.control+"/control/v1/settings", settings, http.StatusOK)
}

// patch changes a taxpayer.
func (v *visitor) patch(gstin string, by object) {
	v.t.Helper()
	v.asks("PATCH", v.control+"/control/v1/taxpayers/"+gstin, by, http.StatusOK)
}
