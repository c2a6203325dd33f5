package simulator_test

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/nicsim/nicsim/simulator/irp/invoice"
	"github.com/nicsim/nicsim/simulator/seal"
)

// apiClient is the client of the states: the guide's provider, for Dakshin.
var apiClient = map[string]string{
	"client_id": "AAFCC29ERP82ZSO", "client_secret": "SahyadriSecret000001", "Gstin": "29ABCCD1234E1Z1",
}

const (
	apiUsername = "dakshin_test"
	appKey      = "32 letters that stand for a key." // of every login by a state
)

// eInvoiceStates are the states of the pact with the e-Invoice API. The data that the API must open comes
// from them, as only they know the key of a login: each logs in over HTTP like a client
// and gives the token, and documents that are sealed under the key of the login.
var eInvoiceStates = map[string]state{
	"the fixtures": commonStates["the fixtures"],
	"the taxpayer's API user, and logins for it": func(s *script) values {
		s.sandboxUser(dakshin, apiUsername)
		return values{
			"login":                    s.sealedLogin(apiUsername, userPassword),
			"loginWithAnotherPassword": s.sealedLogin(apiUsername, "Deccan@2024"),
			"loginOfNobody":            s.sealedLogin("nobody29", userPassword),
		}
	},
	"the API user is logged in, with a valid invoice": func(s *script) values {
		token, sek := s.loggedIn()
		return values{"token": token, "invoice": s.sealed(sek, s.validInvoice())}
	},
	"the API user is logged in, with an invoice that has no parties": func(s *script) values {
		token, sek := s.loggedIn()
		return values{"token": token, "invoice": s.sealed(sek, []byte(`{"Version":"1.1"}`))}
	},
	"the API user is logged in, with an invoice under another key": func(s *script) values {
		token, _ := s.loggedIn()
		return values{"token": token, "invoice": s.sealed([]byte(appKey), s.validInvoice())}
	},
	"the API user was logged in, too long ago": func(s *script) values {
		token, sek := s.loggedIn()
		s.advance("1h0m1s")
		return values{"token": token, "invoice": s.sealed(sek, s.validInvoice())}
	},
	"the API user is logged in, and the invoice is registered": func(s *script) values {
		return s.registered()
	},
	"the API user is logged in, and the invoice is cancelled": func(s *script) values {
		v := s.registered()
		s.einvoice("/eicore/v1.03/Invoice/Cancel", v["cancellation"])
		return v
	},
}

// loggedIn makes an API user and logs it in. It returns the token and the SEK.
func (s *script) loggedIn() (token string, sek []byte) {
	s.sandboxUser(dakshin, apiUsername)
	s.header = apiClient
	data, _ := s.einvoice("/eivital/v1.04/auth", s.sealedLogin(apiUsername, userPassword)).(map[string]any)
	answer := document(data)
	token = answer.text("AuthToken")
	return token, s.opened([]byte(appKey), answer.text("Sek"))
}

// registered registers a valid invoice, and gives it with its cancellation.
func (s *script) registered() values {
	token, sek := s.loggedIn()
	s.header = map[string]string{"user_name": apiUsername, "AuthToken": token}
	for name, value := range apiClient {
		s.header[name] = value
	}
	sealed := s.sealed(sek, s.validInvoice())
	data, _ := s.einvoice("/eicore/v1.03/Invoice", sealed).(string)
	var registered struct{ Irn string }
	if answer := s.opened(sek, data); s.err == nil {
		s.err = json.Unmarshal(answer, &registered)
	}
	return values{
		"token": token, "invoice": sealed, "irn": registered.Irn,
		"cancellation": s.sealed(sek, []byte(`{"Irn":"`+registered.Irn+`","CnlRsn":"1","CnlRem":"Sent twice"}`)),
	}
}

// einvoice makes a call that must not be refused, and returns the Data of its answer.
func (s *script) einvoice(path string, data any) any {
	answer := s.call(http.MethodPost, s.portal+path, document{"Data": data}, http.StatusOK)
	if s.err == nil && answer["Status"] != float64(1) {
		s.err = fmt.Errorf("%s was refused: %v", path, answer["ErrorDetails"])
	}
	return answer["Data"]
}

// validInvoice returns the simulator's sample, dated today by the world's clock.
func (s *script) validInvoice() []byte {
	now, err := time.Parse(time.RFC3339, s.control(http.MethodGet, "/clock", nil).text("now"))
	if s.err == nil {
		s.err = err
	}
	if s.err != nil {
		return nil
	}
	d, err := invoice.Sample{Today: now}.Document()
	if err != nil {
		s.err = err
		return nil
	}
	return d.JSON()
}

func (s *script) sealed(key, plain []byte) string {
	if s.err != nil {
		return ""
	}
	var data string
	data, s.err = seal.Encrypt(key, plain)
	return data
}

func (s *script) opened(key []byte, data string) []byte {
	if s.err != nil {
		return nil
	}
	var plain []byte
	plain, s.err = seal.Decrypt(key, data)
	return plain
}

// sealedLogin returns the Data of an auth call, under the public key from the control API.
func (s *script) sealedLogin(username, password string) string {
	if s.err != nil {
		return ""
	}
	plain, err := json.Marshal(document{"UserName": username, "Password": password, "AppKey": []byte(appKey)})
	if err != nil {
		s.err = err
		return ""
	}
	key, err := s.payloadKey()
	if err != nil {
		s.err = err
		return ""
	}
	//nolint:staticcheck // NIC's choice: the API opens nothing else
	sealed, err := rsa.EncryptPKCS1v15(rand.Reader, key, []byte(base64.StdEncoding.EncodeToString(plain)))
	if err != nil {
		s.err = err
	}
	return base64.StdEncoding.EncodeToString(sealed)
}

func (s *script) payloadKey() (*rsa.PublicKey, error) {
	response, err := s.sim.Client().Get(s.sim.Control + "/control/v1/public-keys/sandbox.pem")
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		return nil, err
	}
	block, _ := pem.Decode(text)
	if block == nil {
		return nil, errors.New("the sandbox's public key is not PEM")
	}
	parsed, err := x509.ParsePKIXPublicKey(block.Bytes)
	if err != nil {
		return nil, err
	}
	key, ok := parsed.(*rsa.PublicKey)
	if !ok {
		return nil, fmt.Errorf("the sandbox's public key is a %T", parsed)
	}
	return key, nil
}
