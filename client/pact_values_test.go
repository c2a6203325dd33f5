//go:build pact

package client_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/pact-foundation/pact-go/v2/matchers"

	"github.com/nicsim/nicsim/client"
)

// injected is a value that a provider state gives: an id, an OTP, a captcha's answer. The client must
// send the example to the letter; whoever verifies a portal has the value put in its place.
// pact-go's own FromProviderState would let the client send any string.
type injected struct {
	matchers.Matcher `json:"-"` // to be one for pact-go, which only writes it as JSON

	Matching   string `json:"pact:matcher:type"`
	Generator  string `json:"pact:generator:type"`
	Expression string `json:"expression"` // as in /registrations/${registrationId}
	Example    string `json:"value"`
}

func fromState(expression, example string) injected {
	return injected{Matching: "equality", Generator: "ProviderState", Expression: expression, Example: example}
}

// example is a made-up identifier. Each state of the pacts has one of its own, so that a stub made
// from a pact can tell them apart.
func example(n int) string { return fmt.Sprintf("00000000-0000-4000-8000-%012d", n) }

// What varies from answer to answer, and the rule that it keeps.
func anID(n int) any {
	return matchers.Regex(example(n), `^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`)
}

func aTime(example string) any {
	return matchers.Regex(example, `^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?\+05:30$`)
}

func aMaskedMobile() any { return matchers.Regex("XXXXXX3210", `^X{6}[0-9]{4}$`) }

func aMaskedEmail() any { return matchers.Regex("a****@dakshin.example", `^.\*+@[a-z.]+$`) }

// The times of the examples, India's.
const (
	soon  = "2024-07-01T10:00:30+05:30"
	later = "2024-07-01T10:10:00+05:30"
)

// field is a row of a problem's errors.
func field(name, code string, message any) map[string]any {
	return map[string]any{"field": name, "code": code, "message": message}
}

// problem is a refusal: the code exact, and NIC's number and words wherever NIC publishes them. Where it
// does not, nicCode is empty and detail an example.
func problem(status int, code, nicCode, detail string, fields ...map[string]any) answer {
	body := map[string]any{
		"type": "urn:nicsim:problem:" + code, "title": matchers.Like("In a few words"), "status": status,
		"instance": matchers.Regex("/portal/v1/asked", `^/portal/v1/`),
		"code":     code, "detail": matchers.Like(detail),
	}
	if nicCode != "" {
		body["nicCode"], body["detail"] = nicCode, detail
	}
	if len(fields) > 0 {
		body["errors"] = fields
	}
	return answer{status: status, body: body, header: map[string]any{
		"X-Request-Id": matchers.Regex(example(99), `^[A-Za-z0-9_.:-]{1,64}$`),
	}}
}

// retryAfter adds the header that says when a refused call may be made again.
func (a answer) retryAfter(seconds string) answer {
	a.header["Retry-After"] = matchers.Regex(seconds, `^[1-9][0-9]*$`)
	return a
}

// with adds a member to an answer.
func (a answer) with(name string, value any) answer {
	a.body.(map[string]any)[name] = value
	return a
}

// refused checks that the client took the answer for the refusal that it is.
func refused(t *testing.T, err error, status int, code, nicCode string) *client.Problem {
	t.Helper()
	p := as[*client.Problem](t, err)
	if p.Status != status || p.Code != code || p.NICCode != nicCode || p.RequestID != example(99) {
		t.Errorf("the client reads %d %s, NIC's %q, request %s; want %d %s, %q, %s",
			p.Status, p.Code, p.NICCode, p.RequestID, status, code, nicCode, example(99))
	}
	return p
}

// understood checks what the client took out of a good answer.
func understood[T comparable](t *testing.T, err error, got, want T) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	if got != want {
		t.Errorf("the client reads %v, want %v", got, want)
	}
}

// moment checks a time that the client read.
func moment(t *testing.T, got time.Time, want string) {
	t.Helper()
	if got.Format(time.RFC3339) != want {
		t.Errorf("the client reads the time %s, want %s", got.Format(time.RFC3339), want)
	}
}
