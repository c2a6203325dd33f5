package simulator_test

import "net/http"

// gspStates are the states of the pact with the place at a GSP where credentials are entered.
var gspStates = map[string]state{
	"the fixtures": commonStates["the fixtures"],
	"the taxpayer's API user first_user through the guide's GSP": func(s *script) values {
		s.firstUser()
		return nil
	},
	"the taxpayer's connection at the guide's GSP": func(s *script) values { return s.connected() },
	"the taxpayer's connection at the guide's GSP, and NIC gives no answer": func(s *script) values {
		v := s.connected()
		s.control(http.MethodPost, "/faults", document{"name": "down", "when": document{"call": "auth"},
			"does": document{"kind": "reset"}})
		return v
	},
	"the taxpayer's connection at the guide's GSP, whose password was changed at NIC": func(s *script) values {
		v := s.connected()
		s.control(http.MethodPatch, "/api-users/sandbox/first_user", document{"password": "Patola@2024"})
		return v
	},
}

// firstUser adds the API user whose credentials are entered.
func (s *script) firstUser() {
	s.control(http.MethodPost, "/api-users", document{"environment": "sandbox", "username": "first_user",
		"password": userPassword, "gstin": dakshin["gstin"], "clientId": "AAFCC29ERP82ZSO"})
}

func (s *script) connected() values {
	s.firstUser()
	id := s.post("/connections", document{"companyName": "Sahyadri GST Suvidha", "environment": "sandbox",
		"gstin": dakshin["gstin"], "username": "first_user", "password": userPassword}).text("connectionId")
	return values{"connectionId": id}
}
