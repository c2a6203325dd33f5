//go:build pact

package client_test

import (
	"fmt"
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

// path is where the flow's next step is asked for; the state gives its id as name.
func (s flowState) path(under, name, step string) any {
	return fromState(under+"/${"+name+"}"+step, under+"/"+example(s.id)+step)
}

// example is a made-up identifier. Each state of the pacts has one of its own, so that a stub made
// from a pact can tell them apart.
func example(n int) string { return fmt.Sprintf("00000000-0000-4000-8000-%012d", n) }

// The times of the examples.
var (
	soon  = time.Date(2024, time.July, 1, 10, 0, 30, 0, ist)
	later = time.Date(2024, time.July, 1, 10, 10, 0, 0, ist)
)

// What varies from answer to answer, and the rule that it keeps. A rule is of the whole text.

func anID(n int) any {
	return matchers.Regex(example(n), `^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`)
}

func aTime(example time.Time) any {
	return matchers.Regex(example.Format(time.RFC3339), `^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?\+05:30$`)
}

// anyText is for words that are ours, where NIC publishes none.
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

// refusal is a problem document: the code exact, and NIC's number and words wherever NIC publishes them.
// Where it does not, nicCode is empty and detail an example. the fields are the refused ones.
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

// violation adds a row to the errors of a refusal; rule is message, or a matcher for it.
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

// attemptsLeft adds how many wrong OTPs the flow still takes.
func (a answered) attemptsLeft(n int) answered {
	a.problem.AttemptsLeft = &n
	a.body["attemptsLeft"] = n
	return a
}

// wrongState is the refusal of a step that does not come now.
func wrongState(state, expected string) answered {
	a := refusal(409, "wrong-state", "", "Not now")
	a.problem.State, a.problem.Expected = state, expected
	a.body["state"], a.body["expected"] = state, expected
	return a
}
