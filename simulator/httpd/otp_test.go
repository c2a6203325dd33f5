package httpd_test

import (
	"net/http"
	"strings"
	"testing"
)

// flows are the three flows with an OTP. Each begins after the OTP was sent to asha.
var flows = []struct {
	name, environment string
	begin             func(*visitor) string
	after             string // the state after the OTP
}{
	{"registration", "sandbox", func(v *visitor) string { return v.sent(asha) }, "OTP_VERIFIED"},
	{"API registration", "production", func(v *visitor) string { v.signIn(asha); return v.started() }, "OTP_VERIFIED"},
	{"password reset", "production", func(v *visitor) string { return v.forgot(asha) }, "OTP_VERIFIED"},
}

func TestOTP(t *testing.T) {
	s := open(t)
	for _, f := range flows {
		t.Run(f.name, func(t *testing.T) {
			for _, c := range []struct {
				name string
				play func(v *visitor, flow string, right string)
			}{
				{"right", func(v *visitor, flow, right string) {
					v.enter(flow, " "+right+" ").is(200).has(object{"state": f.after})
				}},
				{"right, twice", func(v *visitor, flow, right string) {
					v.enter(flow, right).is(200)
					v.enter(flow, right).refused(409, "wrong-state", "").has(object{"state": f.after, "expected": "OTP_SENT"})
				}},
				{"wrong, then right", func(v *visitor, flow, right string) {
					v.enter(flow, wrongOTP(right)).refused(422, "otp-mismatch", "",
						"otp otp-mismatch").has(object{"attemptsLeft": 2.0})
					v.enter(flow, right).is(200)
				}},
				{"of another shape, and left out", func(v *visitor, flow, right string) {
					v.enter(flow, right[:5]).refused(422, "otp-mismatch", "", "otp otp-mismatch").has(object{"attemptsLeft": 2.0})
					v.ask("POST", flow+"/otp/verification", object{}).refused(422, "otp-mismatch", "",
						"otp otp-mismatch").has(object{"attemptsLeft": 1.0})
				}},
				{"wrong three times", func(v *visitor, flow, right string) {
					v.enter(flow, wrongOTP(right)).has(object{"attemptsLeft": 2.0})
					v.enter(flow, wrongOTP(right)).has(object{"attemptsLeft": 1.0})
					v.enter(flow, wrongOTP(right)).refused(422, "otp-attempts-exhausted", "",
						"otp otp-attempts-exhausted").has(object{"attemptsLeft": 0.0})
					v.enter(flow, right).refused(410, "expired", "")
					v.ask("POST", flow+"/otp", nil).refused(410, "expired", "")
				}},
				{"a resend gives no new attempts", func(v *visitor, flow, right string) {
					v.enter(flow, wrongOTP(right))
					v.enter(flow, wrongOTP(right))
					v.advance("30s")
					v.asks("POST", flow+"/otp", nil, 202).has(object{"attemptsLeft": 1.0})
					v.enter(flow, wrongOTP(v.otp(f.environment, asha.mobile))).refused(422, "otp-attempts-exhausted", "",
						"otp otp-attempts-exhausted")
				}},
				{"replaced by a resend, which costs nothing", func(v *visitor, flow, right string) {
					v.advance("30s")
					v.asks("POST", flow+"/otp", nil, 202)
					for range 4 {
						v.enter(flow, right).refused(422, "otp-expired", "", "otp otp-expired")
					}
					v.enter(flow, v.otp(f.environment, asha.mobile)).is(200)
				}},
				{"at the end of its ten minutes", func(v *visitor, flow, right string) {
					v.advance("9m59.999s")
					v.enter(flow, right).is(200)
				}},
				{"ten minutes old", func(v *visitor, flow, right string) {
					v.advance("10m")
					for range 4 {
						v.enter(flow, right).refused(422, "otp-expired", "", "otp otp-expired")
					}
					v.asks("POST", flow+"/otp", nil, 202)
					v.enter(flow, v.otp(f.environment, asha.mobile)).is(200)
				}},
				{"sent again too soon", func(v *visitor, flow, _ string) {
					v.advance("29s500ms")
					a := v.ask("POST", flow+"/otp", nil).refused(429, "otp-too-soon", "")
					if got := a.header.Get("Retry-After"); got != "1" { // half a second, rounded up
						t.Errorf("Retry-After %q; want 1", got)
					}
					v.advance("500ms")
					v.asks("POST", flow+"/otp", nil, 202)
				}},
				{"sent more than five times", func(v *visitor, flow, _ string) {
					for range 4 {
						v.advance("30s")
						v.asks("POST", flow+"/otp", object{}, 202)
					}
					v.advance("30s")
					v.ask("POST", flow+"/otp", nil).refused(429, "otp-limit", "")
					v.enter(flow, v.otp(f.environment, asha.mobile)).is(200)
				}},
				{"sent again when it is too late", func(v *visitor, flow, right string) {
					v.enter(flow, right).is(200)
					v.advance("30s")
					v.ask("POST", flow+"/otp", nil).refused(409, "wrong-state", "").has(object{"state": "OTP_VERIFIED"})
				}},
				{"after the flow's hour", func(v *visitor, flow, right string) {
					v.advance("14m")
					v.ask("GET", v.production+v1+"/session", nil) // keeps a session alive
					for range 4 {
						v.advance("14m")
						v.ask("GET", v.production+v1+"/session", nil)
					}
					v.enter(flow, right).refused(410, "expired", "")
					v.ask("POST", flow+"/otp", nil).refused(410, "expired", "")
				}},
				{"of another world", func(v *visitor, flow, right string) {
					other := s.visit(t)
					theirs := f.begin(other)
					other.ask("POST", strings.Replace(flow, v.prefix, other.prefix, 1)+"/otp/verification",
						object{"otp": right}).refused(404, "not-found", "")
					if code := other.otp(f.environment, asha.mobile); code != right {
						other.enter(theirs, right).refused(422, "otp-mismatch", "", "otp otp-mismatch")
					}
				}},
			} {
				t.Run(c.name, func(t *testing.T) {
					v := s.visit(t)
					v.freezeClock()
					flow := f.begin(v)
					c.play(v, flow, v.otp(f.environment, asha.mobile))
				})
			}
		})
	}
}

// enter sends an OTP.
func (v *visitor) enter(flow, otp string) answer {
	v.t.Helper()
	return v.ask("POST", flow+"/otp/verification", object{"otp": otp})
}

// A step that is too early or repeated changes nothing.
func TestStepsOutOfOrder(t *testing.T) {
	s := open(t)
	right := object{"otp": "000000"}
	for _, c := range []struct {
		name            string
		begin           func(*visitor) string
		path            string
		body            any
		state, expected string
	}{
		{"Submit before Send OTP", func(v *visitor) string { return v.validated(asha) }, "/otp/verification", right,
			"VALIDATED", "OTP_SENT"},
		{"Create before Send OTP", func(v *visitor) string { return v.validated(asha) }, "/api-user", apiUser("dakshin_api"),
			"VALIDATED", "OTP_VERIFIED"},
		{"Create before Submit", func(v *visitor) string { return v.sent(asha) }, "/api-user", apiUser("dakshin_api"),
			"OTP_SENT", "OTP_VERIFIED"},
		{"Send OTP after Submit", func(v *visitor) string { return v.verified(asha) }, "/otp", nil, "OTP_VERIFIED",
			"VALIDATED"},
		{"Create twice", func(v *visitor) string { return v.completed(asha) }, "/api-user", apiUser("other_name"),
			"COMPLETED", "OTP_VERIFIED"},
		{"Send OTP after Create", func(v *visitor) string { return v.completed(asha) }, "/otp", nil, "COMPLETED",
			"VALIDATED"},
		{"Submit after Create", func(v *visitor) string { return v.completed(asha) }, "/otp/verification", right, "COMPLETED",
			"OTP_SENT"},
		{"client credentials before Submit", func(v *visitor) string { return v.firmSent(vindhya) }, "/client-credentials",
			nil, "OTP_SENT", "OTP_VERIFIED"},
		{"last Submit before Verify OTP", func(v *visitor) string { v.signIn(asha); return v.started() }, "/api-user",
			productionUser("dakshin_api"), "OTP_SENT", "OTP_VERIFIED"},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := s.visit(t)
			flow := c.begin(v)
			for range 2 { // it changed nothing
				v.ask("POST", flow+c.path, c.body).refused(409, "wrong-state",
					"").has(object{"state": c.state, "expected": c.expected})
			}
		})
	}
}

// completed performs section 1 and returns the URL of the registration.
func (v *visitor) completed(who person) string {
	v.t.Helper()
	flow := v.verified(who)
	v.asks("POST", flow+"/api-user", apiUser("dakshin_api"), http.StatusCreated)
	return flow
}
