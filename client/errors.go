package client

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"time"
)

// Unreachable is the error of a call that got no whole answer: no server listens, the name is
// unknown, TLS failed, the time ran out, or the answer broke off.
type Unreachable struct {
	Method, Path string
	Host         string // host and port that were tried
	Err          error  // what went wrong, without the URL
}

func (e *Unreachable) Error() string {
	return fmt.Sprintf("%s %s: %s cannot be reached: %v", e.Method, e.Path, e.Host, e.Err)
}

// Unwrap returns what went wrong.
func (e *Unreachable) Unwrap() error { return e.Err }

// UnexpectedAnswer is the error of a call that something answered in a way that the contract does
// not know: a page of a proxy, another status, JSON of another shape. The target is probably not a
// portal, or not one that keeps the contract. The answer's text is not repeated.
type UnexpectedAnswer struct {
	Method, Path string
	Status       int // HTTP status
	Reason       string
	RetryAfter   time.Duration // from the header Retry-After, in whole seconds; 0 if there was none
}

func (e *UnexpectedAnswer) Error() string {
	return fmt.Sprintf("%s %s: unexpected answer with status %d: %s", e.Method, e.Path, e.Status, e.Reason)
}

// withoutURL takes off the *url.Error that net/http and net/url wrap around a failure: it repeats
// the URL, in which there may be a password or a query.
func withoutURL(err error) error {
	if wrapped, ok := errors.AsType[*url.Error](err); ok {
		return wrapped.Err
	}
	return err
}

// describeJSONError says what is wrong with an answer without repeating values from it.
func describeJSONError(err error) string {
	var syntax *json.SyntaxError
	var mismatch *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		return fmt.Sprintf("no JSON from byte %d on", syntax.Offset)
	case errors.As(err, &mismatch) && mismatch.Field == "":
		return fmt.Sprintf("no JSON %s", mismatch.Type.Kind())
	case errors.As(err, &mismatch):
		return fmt.Sprintf("the member %q is not of type %s", mismatch.Field, mismatch.Type)
	default:
		return "a member has another form"
	}
}
