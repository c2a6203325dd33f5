//go:build pact

package client_test

import (
	"fmt"
	"time"

	"github.com/pact-foundation/pact-go/v2/matchers"

	"github.com/nicsim/nicsim/client"
)

// injected is a value that a provider state gives: an id, an OTP, a captcha's answer. The client must send exactly the
// example. When a portal is verified, the example is replaced by the value of the state.
// pact-go's own FromProviderState would let the client send any string.
type injected struct {
	matchers.Matcher `json:"-"` // for pact-go, which only encodes it as JSON

	Matching   string `json:"pact:matcher:type"`
	Rule       string `json:"regex,omitempty"` // of Matching regex
	Generator  string `json:"pact:generator:type"`
	Expression string `json:"expression"` // as in /registrations/${registrationId}
	Example    string `json:"value"`
}

func fromState(expression, example string) injected {
	return injected{Matching: "equality", Generator: "ProviderState", Expression: expression, Example: example}
}

// flowState is a provider state that has begun a flow of several steps.
type flowState struct {
	given string
	id    int // of the example
}

// path is the address of the flow's next step; the state gives its id under the name.
func (s flowState) path(under, name, step string) any {
	return fromState(under+"/${"+name+"}"+step, under+"/"+example(s.id)+step)
}

// example is a made-up identifier. Each state of the pacts has another one, so that a stub that is made from a pact can
// distinguish them.
func example(n int) string { return fmt.Sprintf("00000000-0000-4000-8000-%012d", n) }

// The times of the examples.
var (
	soon  = time.Date(2024, time.July, 1, 10, 0, 30, 0, ist)
	later = time.Date(2024, time.July, 1, 10, 10, 0, 0, ist)
)

// Values that vary between answers, and their patterns. A pattern is for the whole text.

func anID(n int) any {
	return matchers.Regex(example(n), `^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`)
}

func aTime(example time.Time) any {
	return matchers.Regex(example.Format(time.RFC3339), `^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?\+05:30$`)
}

// anyText is for texts of nicsim, for which NIC publishes none.
func anyText(example string) any { return matchers.Like(example) }

// The contacts of the examples, masked.
const (
	maskedMobile = "XXXXXX3210"
	maskedEmail  = "a****@dakshin.example"
)

func aMaskedMobile() any { return matchers.Regex(maskedMobile, `^X{6}[0-9]{4}$`) }

func aMaskedEmail() any { return matchers.Regex(maskedEmail, `^.\*+@[a-z.]+$`) }

// good is an answer without a refusal.
func good(status int, body map[string]any) answered { return answered{status: status, body: body} }

// refusal is a problem document. The code is exact, as are NIC's number and text if NIC publishes them. If not, nicCode
// is empty and detail is an example. The fields are the refused ones.
func refusal(status int, code, nicCode, detail string, fields ...string) answered {
	p := &client.Problem{
		Type: "urn:nicsim:problem:" + code, Title: "In a few words", Status: status, Detail: detail,
		Instance: "/portal/v1/asked", Code: code, NICCode: nicCode, RequestID: example(99),
	}
	body := map[string]any{
		"type": p.Type, "title": anyText(p.Title), "status": status, "code": code, "detail": anyText(detail),
		"instance": matchers.Regex(p.Instance, `^/portal/v1/.+$`),
	}
	if nicCode != "" {
		body["nicCode"], body["detail"] = nicCode, detail
	}
	a := answered{status: status, body: body, problem: p, header: map[string]any{
		"X-Request-Id": matchers.Regex(p.RequestID, `^[A-Za-z0-9_.:-]{1,64}$`),
	}}
	for _, name := range fields {
		a = a.violation(name, detail, body["detail"])
	}
	return a
}

// violation adds a row to the errors of a refusal. The rule is its message, or a matcher of the message.
func (a answered) violation(name, message string, rule any) answered {
	a.problem.Errors = append(a.problem.Errors, client.FieldError{Field: name, Code: a.problem.Code, Message: message})
	row := map[string]any{"field": name, "code": a.problem.Code, "message": rule}
	rows, _ := a.body["errors"].([]any)
	a.body["errors"] = append(rows, row)
	return a
}

// retryAfter adds the header that says when a refused call may be made again.
func (a answered) retryAfter(d time.Duration) answered {
	a.problem.RetryAfter = d
	a.header["Retry-After"] = matchers.Regex(fmt.Sprint(d.Seconds()), `^[1-9][0-9]*$`)
	return a
}

// attemptsLeft adds the number of wrong OTPs that the flow still accepts.
func (a answered) attemptsLeft(n int) answered {
	a.problem.AttemptsLeft = &n
	a.body["attemptsLeft"] = n
	return a
}

// wrongState is the refusal of a step in a state that does not allow it.
func wrongState(state, expected string) answered {
	a := refusal(409, "wrong-state", "", "Not now")
	a.problem.State, a.problem.Expected = state, expected
	a.body["state"], a.body["expected"] = state, expected
	return a
}
