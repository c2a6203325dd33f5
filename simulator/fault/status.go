package fault

import (
	"cmp"
	"mime"
	"time"

	"github.com/nicsim/nicsim/simulator/settings"
)

// Status answers with a status of HTTP.
type Status struct {
	Code        int               `json:"code,omitzero" says:"the status, from 200 to 599; required"`
	Body        string            `json:"body,omitempty" says:"the body, at most 16384 bytes"`
	ContentType string            `json:"contentType,omitempty" says:"of the body; text/plain unless given"`
	RetryAfter  settings.Duration `json:"retryAfter,omitzero" says:"the header Retry-After, rounded up to seconds"`
}

// Kind implements Effect.
func (*Status) Kind() Kind {
	return Kind{
		Name: "status", Of: Wire,
		Does:    "Nothing is done, and the answer has this status.",
		Teaches: "Reading the status before the body, and waiting for as long as Retry-After says.",
		Example: `{"name":"too-many","when":{"call":"generate"},` +
			`"does":{"kind":"status","code":429,"body":"Too many requests","retryAfter":"7s"},"often":{"next":1}}`,
	}
}

func (s *Status) check(r *report) {
	r.code("does.code", s.Code)
	r.wait("does.retryAfter", s.RetryAfter)
	if len(s.Body) > longestBody {
		r.add("does.body", "must have at most %d bytes", longestBody)
	}
	r.text("does.contentType", s.ContentType)
	if _, _, err := mime.ParseMediaType(s.ContentType); err != nil && s.ContentType != "" {
		r.add("does.contentType", "must be a media type, such as application/json")
	}
}

// Answer implements Answering.
func (s *Status) Answer() Answer {
	return Answer{s.Code, cmp.Or(s.ContentType, "text/plain; charset=utf-8"), s.Body, time.Duration(s.RetryAfter)}
}
