package simulator_test

import (
	"fmt"
	"net/http"
)

// Logins of the production portal, as the fixtures have them.
var (
	dakshinLogin = document{"username": "dakshin29", "password": "Dakshin@2024"}
	deccanLogin  = document{"username": "deccan29", "password": "Deccan@2024"}
)

// productionStates are the states of the pact with the production portal. A state that needs a session opens
// one of its own.
var productionStates = with(commonStates, map[string]state{
	"the taxpayer is signed in": func(s *script) values {
		s.signIn(dakshinLogin)
		return values{"session": s.session()}
	},
	"the taxpayer was signed in, too long ago": func(s *script) values {
		s.signIn(dakshinLogin)
		s.advance("15m1s")
		return values{"session": s.session()}
	},
	"the taxpayer's login is locked": func(s *script) values {
		for attempt := range 5 {
			status := http.StatusUnauthorized
			if attempt == 4 {
				status = http.StatusLocked
			}
			s.postRefused("/login", document{
				"username": dakshinLogin["username"], "password": "Patola@2024", "captcha": s.captcha(),
			}, status)
		}
		return nil
	},
	"the taxpayer's API registration whose OTP was sent": func(s *script) values {
		return s.apiRegistrationSent(dakshinLogin)
	},
	"another taxpayer's API registration whose OTP was sent": func(s *script) values {
		return s.apiRegistrationSent(deccanLogin)
	},
	"the taxpayer's API registration whose OTP was verified": func(s *script) values {
		return s.apiRegistrationVerified(dakshinLogin)
	},
	"the taxpayer's API registration that was begun too long ago": func(s *script) values {
		v := s.apiRegistrationSent(dakshinLogin)
		s.advance("1h1s")
		s.signIn(dakshinLogin) // the session before has ended too
		v["session"] = s.session()
		return v
	},
	"the taxpayer's API user first_user": func(s *script) values {
		s.productionUser(dakshinLogin, "first_user")
		return nil
	},
	"the taxpayer's API user first_user, frozen": func(s *script) values {
		s.productionUser(dakshinLogin, "first_user")
		s.post("/api-users/API_first_user/freeze", document{})
		return nil
	},
	"another taxpayer's API user dakshin_test": func(s *script) values {
		s.productionUser(deccanLogin, "dakshin_test")
		return nil
	},
	"the taxpayer's password reset whose OTP was sent": func(s *script) values {
		return s.resetSent()
	},
	"the taxpayer's password reset whose OTP was verified": func(s *script) values {
		v := s.resetSent()
		s.post(fmt.Sprintf("/password-resets/%s/otp/verification", v["passwordResetId"]), document{"otp": v["otp"]})
		return values{"passwordResetId": v["passwordResetId"]}
	},
})

func (s *script) signIn(who document) {
	s.post("/login", document{"username": who["username"], "password": who["password"], "captcha": s.captcha()})
}

func (s *script) apiRegistrationSent(by document) values {
	s.signIn(by)
	id := s.post("/api-registrations", document{}).text("apiRegistrationId")
	otp := s.sentOTP()
	return values{"apiRegistrationId": id, "otp": otp, "wrongOtp": wrong(otp)}
}

func (s *script) apiRegistrationVerified(by document) values {
	v := s.apiRegistrationSent(by)
	s.post(fmt.Sprintf("/api-registrations/%s/otp/verification", v["apiRegistrationId"]), document{"otp": v["otp"]})
	return values{"apiRegistrationId": v["apiRegistrationId"]}
}

// productionUser makes an API user through the guide's provider.
func (s *script) productionUser(by document, username string) {
	v := s.apiRegistrationVerified(by)
	s.post(fmt.Sprintf("/api-registrations/%s/api-user", v["apiRegistrationId"]), document{
		"registrationThrough": "GSP", "companyName": "Sahyadri GST Suvidha", "username": username, "password": userPassword,
	})
}

func (s *script) resetSent() values {
	id := s.post("/password-resets", document{
		"username": dakshinLogin["username"], "gstin": dakshin["gstin"], "mobile": dakshin["mobile"], "captcha": s.captcha(),
	}).text("passwordResetId")
	otp := s.sentOTP()
	return values{"passwordResetId": id, "otp": otp, "wrongOtp": wrong(otp)}
}
