package client_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/nicsim/nicsim/client"
)

func TestProblems(t *testing.T) {
	t.Parallel()
	attempts := 2
	tests := []struct {
		name   string
		status int
		header map[string]string
		answer string
		want   *client.Problem
		text   string
	}{
		{
			name: "two refused fields", status: 422, header: map[string]string{"X-Request-Id": "q-1"},
			answer: `{"type":"urn:nicsim:problem:contact-mismatch","title":"Contact details do not match","status":422,
				"detail":"Invalid Mobile Number","instance":"/portal/v1/registrations","code":"contact-mismatch","nicCode":"3006",
				"errors":[{"field":"mobile","code":"contact-mismatch","message":"Invalid Mobile Number"},
				{"field":"email","code":"contact-mismatch","message":"Not the registered e-mail"}]}`,
			want: &client.Problem{
				Type: "urn:nicsim:problem:contact-mismatch", Title: "Contact details do not match", Status: 422,
				Detail: "Invalid Mobile Number", Instance: "/portal/v1/registrations", Code: "contact-mismatch", NICCode: "3006",
				Errors: []client.FieldError{
					{Field: "mobile", Code: "contact-mismatch", Message: "Invalid Mobile Number"},
					{Field: "email", Code: "contact-mismatch", Message: "Not the registered e-mail"},
				},
				RequestID: "q-1",
			},
			text: "422 contact-mismatch (NIC 3006): Invalid Mobile Number (mobile; email: Not the registered e-mail)",
		},
		{
			name: "wrong state", status: 409,
			answer: `{"code":"wrong-state","state":"VALIDATED","expected":"OTP_VERIFIED"}`,
			want:   &client.Problem{Status: 409, Code: "wrong-state", State: "VALIDATED", Expected: "OTP_VERIFIED"},
			text:   "409 wrong-state [state VALIDATED, expected OTP_VERIFIED]",
		},
		{
			name: "attempts left", status: 422,
			answer: `{"code":"otp-mismatch","detail":"Wrong OTP","attemptsLeft":2}`,
			want:   &client.Problem{Status: 422, Code: "otp-mismatch", Detail: "Wrong OTP", AttemptsLeft: &attempts},
			text:   "422 otp-mismatch: Wrong OTP [attempts left: 2]",
		},
		{
			name: "retry after", status: 429, header: map[string]string{"Retry-After": "30"},
			answer: `{"code":"otp-too-soon"}`,
			want:   &client.Problem{Status: 429, Code: "otp-too-soon", RetryAfter: 30 * time.Second},
			text:   "429 otp-too-soon [retry after 30s]",
		},
		{
			name: "a Retry-After that is not a number of seconds", status: 503, header: map[string]string{"Retry-After": "-1"},
			answer: `{"code":"outage","more":{"than":["we","know"]}}`,
			want:   &client.Problem{Status: 503, Code: "outage"},
			text:   "503 outage",
		},
		{
			name: "the status that came counts", status: 403, answer: `{"code":"not-enabled","status":200}`,
			want: &client.Problem{Status: 403, Code: "not-enabled"},
			text: "403 not-enabled",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s := newSandbox(t, listen(t, exchange{
				want: "POST /portal/v1/registrations/r-1/otp", status: test.status, header: test.header, answer: test.answer,
			}))
			sent, err := s.SendOTP(t.Context(), "r-1")
			if diff := cmp.Diff(test.want, as[*client.Problem](t, err)); diff != "" {
				t.Errorf("problem (-want +got):\n%s", diff)
			}
			if want := "POST /portal/v1/registrations/r-1/otp: " + test.text; err.Error() != want {
				t.Errorf("error says\n%s\nwant\n%s", err, want)
			}
			if diff := cmp.Diff(client.OTPSent{}, sent); diff != "" {
				t.Errorf("a refusal came with a value:\n%s", diff)
			}
		})
	}
}

// A gateway's own answer says when to come back, too.
func TestUnexpectedAnswerHasRetryAfter(t *testing.T) {
	t.Parallel()
	s := newSandbox(t, listen(t, exchange{
		want: "POST /portal/v1/registrations/r-1/otp", status: 429, media: "text/plain",
		header: map[string]string{"Retry-After": "7"}, answer: "Too many requests",
	}))
	_, err := s.SendOTP(t.Context(), "r-1")
	if got := as[*client.UnexpectedAnswer](t, err); got.Status != 429 || got.RetryAfter != 7*time.Second {
		t.Errorf("error is %v, retry after %s", got, got.RetryAfter)
	}
}

func TestUnexpectedAnswers(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		answer exchange
		reason string
	}{
		{"a page instead of a problem", exchange{status: 502, media: "text/html", answer: "<h1>Bad gateway</h1>"},
			"no problem document but text/html"},
		{"JSON that is not marked as a problem", exchange{status: 422, media: "application/json", answer: `{"code":"x"}`},
			"no problem document but application/json"},
		{"a problem without JSON", exchange{status: 422, answer: "oops"},
			"its problem document is not usable: no JSON from byte 1 on"},
		{"a problem without code", exchange{status: 422, answer: `{"title":"Oops"}`},
			`its problem document is not usable: the member "code" is missing`},
		{"a problem with a wrong type", exchange{status: 422, answer: `{"code":"x","attemptsLeft":"two"}`},
			`its problem document is not usable: the member "attemptsLeft" is not of type int`},
		{"a problem that is a list", exchange{status: 422, answer: `[]`},
			"its problem document is not usable: no JSON struct"},
		{"another good status", exchange{status: 200, answer: `{"state":"OTP_SENT"}`}, "202 was expected"},
		{"a page as a good answer", exchange{status: 202, media: "text/html; charset=utf-8", answer: "<h1>Hello</h1>"},
			"application/json was expected, not text/html"},
		{"a content type that is none", exchange{status: 202, media: ";", answer: "{}"},
			"application/json was expected, not an answer without a content type"},
		{"no JSON", exchange{status: 202, answer: `{"state":`}, "no JSON from byte 9 on"},
		{"trailing data", exchange{status: 202, answer: `{"state":"OTP_SENT"} {}`}, "no JSON from byte 22 on"},
		{"an empty answer", exchange{status: 202}, "no JSON from byte 0 on"},
		{"null", exchange{status: 202, answer: `null`}, `the member "state" is missing`},
		{"a member that is missing", exchange{status: 202, answer: `{"sentTo":[]}`}, `the member "state" is missing`},
		{"a member that is null", exchange{status: 202, answer: `{"state":null}`}, `the member "state" is missing`},
		{"a member that is empty", exchange{status: 202, answer: `{"state":""}`}, `the member "state" is missing`},
		{"a member of another type", exchange{status: 202, answer: `{"state":"OTP_SENT","sentTo":"246813"}`},
			`the member "sentTo" is not of type []string`},
		{"no time", exchange{status: 202, answer: `{"state":"OTP_SENT","expiresAt":"246813"}`}, "a member has another form"},
		{"endless", exchange{status: 202, answer: strings.Repeat(" ", 1<<20+1)}, "the answer is longer than 1048576 bytes"},
		{"a redirect elsewhere", exchange{status: 307,
			header: map[string]string{"Location": "http://other.example/x?token=1"}},
			"a redirect, which is not followed, to other.example"},
		{"a redirect to nowhere", exchange{status: 302}, "a redirect, which is not followed"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			test.answer.want = "POST /portal/v1/registrations/r-1/otp"
			s := newSandbox(t, listen(t, test.answer))
			_, err := s.SendOTP(t.Context(), "r-1")
			want := &client.UnexpectedAnswer{
				Method: "POST", Path: "/portal/v1/registrations/r-1/otp", Status: test.answer.status, Reason: test.reason,
			}
			if diff := cmp.Diff(want, as[*client.UnexpectedAnswer](t, err)); diff != "" {
				t.Errorf("error (-want +got):\n%s", diff)
			}
			if strings.Contains(err.Error(), "246813") {
				t.Errorf("the error repeats a value of the answer: %v", err)
			}
		})
	}
}
