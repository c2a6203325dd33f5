package client

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

// Every problem document is decoded into a Problem that can be compared and printed, or refused with a reason.
func FuzzDecodeProblem(f *testing.F) {
	f.Add(422, "", []byte(`{"code":"contact-mismatch","errors":[{"field":"mobile"}]}`))
	f.Add(429, "30", []byte(`{"code":"otp-too-soon"}`))
	f.Fuzz(func(t *testing.T, status int, retry string, body []byte) {
		header := http.Header{"Retry-After": {retry}}
		problem, err := decodeProblem(status, header, body)
		if err != nil {
			if problem != nil || err.Error() == "" {
				t.Fatalf("refused with %#v and %q", problem, err)
			}
			return
		}
		if problem.Code == "" || problem.Status != status {
			t.Fatalf("taken without code or with status %d: %#v", problem.Status, problem)
		}
		if problem.RetryAfter < 0 || problem.RetryAfter%time.Second != 0 {
			t.Fatalf("Retry-After %q is %s", retry, problem.RetryAfter)
		}
		if text := problem.Error(); !strings.Contains(text, problem.Code) {
			t.Fatalf("text %q lacks the code %q", text, problem.Code)
		}
	})
}
