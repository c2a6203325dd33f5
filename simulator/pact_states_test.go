package simulator_test

import (
	"maps"
	"net/http"
)

// values are the values that a state gives. They replace ${name} in a pact.
type values map[string]any

// state brings the portal of a script into a state that a pact gives.
type state func(*script) values

// The taxpayers of the pacts, as the fixtures have them.
var (
	dakshin = document{"category": "TAXPAYER", "gstin": "29ABCCD1234E1Z1", "mobile": "9876543210",
		"email": "accounts@dakshin.example"}
	deccan = document{"category": "TAXPAYER", "gstin": "29ABCPD1234E2Z9", "mobile": "9876529002",
		"email": "books@deccan.example"}
	vindhya = document{"category": "GSP", "pan": "AADCV8642S", "mobile": "9876540005", "email": "api@vindhya.example"}
)

// userPassword is the password of every user that a state makes.
const userPassword = "Dakshin@2024"

// commonStates are the states that both portals have.
var commonStates = map[string]state{
	"the fixtures": func(s *script) values {
		s.control(http.MethodPost, "/reset", document{})
		return nil
	},
	"a captcha": func(s *script) values { return captchaValues(s.captcha()) },
}

func captchaValues(captcha map[string]string) values {
	return values{
		"captchaId": captcha["captchaId"], "captchaAnswer": captcha["answer"], "wrongCaptchaAnswer": wrong(captcha["answer"]),
	}
}

// sandboxStates are the states of the pact with the sandbox portal.
var sandboxStates = with(commonStates, map[string]state{
	"a captcha that was used": func(s *script) values {
		captcha := s.captcha()
		login := document{"username": "nobody29", "password": userPassword, "captcha": captcha}
		s.postRefused("/login", login, http.StatusUnauthorized)
		return captchaValues(captcha)
	},
	"an outage": func(s *script) values {
		s.control(http.MethodPut, "/settings", document{"outage": true})
		return nil
	},
	"a taxpayer's registration that is validated": func(s *script) values {
		return values{"registrationId": s.validated(dakshin)}
	},
	"a taxpayer's registration whose OTP was sent": func(s *script) values {
		return s.registrationSent(dakshin)
	},
	"a taxpayer's registration with one attempt at the OTP left": func(s *script) values {
		v := s.registrationSent(dakshin)
		s.failOTP(v, 2)
		return v
	},
	"a taxpayer's registration that wrong OTPs have ended": func(s *script) values {
		v := s.registrationSent(dakshin)
		s.failOTP(v, 3)
		return v
	},
	"a taxpayer's registration whose OTP is too old": func(s *script) values {
		v := s.registrationSent(dakshin)
		s.advance("10m1s")
		return v
	},
	"a taxpayer's registration whose OTP was verified": func(s *script) values {
		return s.registrationVerified(dakshin)
	},
	"a taxpayer's registration that is completed": func(s *script) values {
		return s.sandboxUser(dakshin, "dakshin_test")
	},
	"a GSP's registration whose OTP was verified": func(s *script) values {
		return s.registrationVerified(vindhya)
	},
	"the taxpayer's API user first_user": func(s *script) values {
		s.sandboxUser(dakshin, "first_user")
		return nil
	},
	"another taxpayer's API user dakshin_test": func(s *script) values {
		s.sandboxUser(deccan, "dakshin_test")
		return nil
	},
	"a GSP that is signed in": func(s *script) values {
		s.post("/login", document{
			"clientId": "AABCK27GSP4K7QX", "clientSecret": "KonkanSecret00000002", "captcha": s.captcha(),
		})
		return values{"session": s.session()}
	},
})

// validated fills in the Registration Form of a taxpayer and presses Validate.
func (s *script) validated(who document) string {
	form := maps.Clone(who)
	form["captcha"] = s.captcha()
	return s.post("/registrations", form).text("registrationId")
}

func (s *script) registrationSent(who document) values {
	id := s.validated(who)
	s.post("/registrations/"+id+"/otp", document{})
	otp := s.sentOTP()
	return values{"registrationId": id, "otp": otp, "wrongOtp": wrong(otp)}
}

func (s *script) failOTP(of values, times int) {
	for range times {
		s.postRefused("/registrations/"+of["registrationId"].(string)+"/otp/verification",
			document{"otp": of["wrongOtp"]}, http.StatusUnprocessableEntity)
	}
}

func (s *script) registrationVerified(who document) values {
	v := s.registrationSent(who)
	s.post("/registrations/"+v["registrationId"].(string)+"/otp/verification", document{"otp": v["otp"]})
	return values{"registrationId": v["registrationId"]}
}

// sandboxUser makes an API user with the guide's client id.
func (s *script) sandboxUser(of document, username string) values {
	id := s.registrationVerified(of)["registrationId"].(string)
	s.post("/registrations/"+id+"/api-user", document{
		"registrationThrough": "GSP", "companyName": "Sahyadri GST Suvidha", "clientId": "AAFCC29ERP82ZSO",
		"username": username, "password": userPassword,
	})
	return values{"registrationId": id}
}

func with(some, more map[string]state) map[string]state {
	all := maps.Clone(some)
	maps.Copy(all, more)
	return all
}
