package simulator_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/nicsim/nicsim/simulator/simtest"
)

// script sets up a state of a pact as a person would: with calls to a portal, and to the control API for captchas and
// OTPs. After the first failure, which is err, it does nothing.
type script struct {
	sim    *simtest.Server
	portal string            // base URL
	cookie string            // of the session; empty before the login
	header map[string]string // of every call to the e-Invoice API
	err    error
}

type document map[string]any

func (d document) text(member string) string {
	s, _ := d[member].(string)
	return s
}

func (s *script) post(path string, in any) document {
	return s.call(http.MethodPost, s.portal+"/portal/v1"+path, in, http.StatusOK)
}

// postRefused makes a call that must be refused with a status.
func (s *script) postRefused(path string, in any, status int) {
	s.call(http.MethodPost, s.portal+"/portal/v1"+path, in, status)
}

func (s *script) control(method, path string, in any) document {
	return s.call(method, s.sim.Control+"/control/v1"+path, in, http.StatusOK)
}

// call returns the JSON object of the answer, which is empty if there is none. The wanted status 200 stands for every
// 2xx.
func (s *script) call(method, url string, in any, want int) document {
	out := document{}
	if s.err != nil {
		return out
	}
	body, err := json.Marshal(in)
	if err != nil {
		s.err = err
		return out
	}
	request, err := http.NewRequest(method, url, bytes.NewReader(body))
	if err != nil {
		s.err = err
		return out
	}
	request.Header.Set("Content-Type", "application/json")
	for name, value := range s.header {
		request.Header.Set(name, value)
	}
	if s.cookie != "" {
		request.Header.Set("Cookie", s.cookie)
	}
	response, err := s.sim.Client().Do(request)
	if err != nil {
		s.err = err
		return out
	}
	defer response.Body.Close()
	status := response.StatusCode
	if status != want && (want != http.StatusOK || status/100 != 2) {
		s.err = fmt.Errorf("%s %s answered %d, want %d", method, request.URL.Path, status, want)
		return out
	}
	if err := json.NewDecoder(response.Body).Decode(&out); err != nil && !errors.Is(err, io.EOF) {
		s.err = fmt.Errorf("%s %s: %w", method, request.URL.Path, err)
	}
	for _, c := range response.Cookies() {
		s.cookie = c.Name + "=" + c.Value
	}
	return out
}

// captcha draws a captcha and reads its answer.
func (s *script) captcha() map[string]string {
	id := s.post("/captchas", document{}).text("captchaId")
	return map[string]string{"captchaId": id, "answer": s.control(http.MethodGet, "/captchas/"+id, nil).text("answer")}
}

// sentOTP returns the newest OTP that was sent.
func (s *script) sentOTP() string {
	messages, _ := s.control(http.MethodGet, "/inbox", nil)["messages"].([]any)
	if s.err == nil && len(messages) == 0 {
		s.err = errors.New("the inbox is empty")
	}
	if s.err != nil {
		return ""
	}
	newest, _ := messages[0].(map[string]any)
	return document(newest).text("otp")
}

// wrong returns a text like the given one, of digits or capitals, that differs from it at every position.
func wrong(text string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case '9':
			return '0'
		case 'Z':
			return 'A'
		}
		return r + 1
	}, text)
}

func (s *script) advance(by string) {
	s.control(http.MethodPost, "/clock/advance", document{"by": by})
}

// session returns the value of the session cookie.
func (s *script) session() string {
	_, token, _ := strings.Cut(s.cookie, "=")
	return token
}
