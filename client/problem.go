package client

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// TokenRequired is the code of a control API that got no token, or a wrong one.
const TokenRequired = "token-required"

// Problem is a portal's refusal: the problem document (RFC 9457) of the contract. It comes wrapped
// with the call's method and path; take it out with errors.As.
type Problem struct {
	Type     string       `json:"type"` // urn:nicsim:problem:… and the code
	Title    string       `json:"title"`
	Status   int          `json:"-"`        // the HTTP status that came with it
	Detail   string       `json:"detail"`   // NIC's own words where NIC publishes some
	Instance string       `json:"instance"` // path that was asked
	Code     string       `json:"code"`     // last part of Type, as in contact-mismatch
	NICCode  string       `json:"nicCode"`  // as in 3006; empty where NIC publishes none
	Errors   []FieldError `json:"errors"`

	State        string        `json:"state"`        // of a wrong-state: the state of the flow
	Expected     string        `json:"expected"`     // of a wrong-state: the state that the call needs
	AttemptsLeft *int          `json:"attemptsLeft"` // of an otp-mismatch; nil if the document has none
	RetryAfter   time.Duration `json:"-"`            // from the Retry-After header; 0 if there was none
	RequestID    string        `json:"-"`            // from the X-Request-Id header
}

// FieldError is one refused field.
type FieldError struct {
	Field   string `json:"field"`
	Code    string `json:"code"`
	Message string `json:"message"`
	Want    string `json:"want"` // the value that would have passed; only the journal has it
}

// Error gives status, code, detail and the refused fields.
func (p *Problem) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d %s", p.Status, p.Code)
	if p.NICCode != "" {
		fmt.Fprintf(&b, " (NIC %s)", p.NICCode)
	}
	if p.Detail != "" {
		fmt.Fprintf(&b, ": %s", p.Detail)
	}
	if len(p.Errors) > 0 {
		b.WriteString(" (")
		for i, e := range p.Errors {
			if i > 0 {
				b.WriteString("; ")
			}
			b.WriteString(e.Field)
			if e.Message != p.Detail {
				b.WriteString(": " + e.Message)
			}
		}
		b.WriteString(")")
	}
	if p.Expected != "" {
		fmt.Fprintf(&b, " [state %s, expected %s]", p.State, p.Expected)
	}
	if p.AttemptsLeft != nil {
		fmt.Fprintf(&b, " [attempts left: %d]", *p.AttemptsLeft)
	}
	if p.RetryAfter > 0 {
		fmt.Fprintf(&b, " [retry after %s]", p.RetryAfter)
	}
	return b.String()
}

// Field returns what the document says about one field.
func (p *Problem) Field(name string) (FieldError, bool) {
	for _, e := range p.Errors {
		if e.Field == name {
			return e, true
		}
	}
	return FieldError{}, false
}

// decodeProblem reads a problem document. Members that it does not know are passed over, as RFC
// 9457 asks of a client; a document without code is refused.
func decodeProblem(status int, header http.Header, body []byte) (*Problem, error) {
	problem := &Problem{}
	if err := json.Unmarshal(body, problem); err != nil {
		return nil, errors.New(describeJSONError(err))
	}
	if problem.Code == "" {
		return nil, errors.New(`the member "code" is missing`)
	}
	problem.Status, problem.RetryAfter, problem.RequestID = status, retryAfter(header), header.Get("X-Request-Id")
	return problem, nil
}

// retryAfter reads the header's whole seconds, the only form that the contract uses.
func retryAfter(header http.Header) time.Duration {
	const longest = 365 * 24 * 60 * 60 // keeps absurd values from overflowing
	seconds, err := strconv.Atoi(header.Get("Retry-After"))
	if err != nil || seconds < 0 || seconds > longest {
		return 0
	}
	return time.Duration(seconds) * time.Second
}
