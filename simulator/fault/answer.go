package fault

import "time"

// Answer is an answer in place of the one that a request would have had. Nothing else is done.
type Answer struct {
	Code        int
	ContentType string
	Body        string
	RetryAfter  time.Duration // 0: none
}

// Answering is an effect that answers in place of the portal or the API.
type Answering interface {
	Effect
	Answer() Answer
}

// code checks an HTTP status.
func (r *report) code(field string, code int) {
	if code < 200 || code > 599 {
		r.add(field, "must be an HTTP status from 200 to 599")
	}
}
