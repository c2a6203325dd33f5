package steps

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/nicsim/nicsim/client"
)

// rawCall is a request as no client of good manners would send it.
type rawCall struct {
	portal, method, path string
	body                 string
	media                string // Content-Type; empty sends none
	requestID            string // X-Request-Id; empty sends none
}

// mediaJSON is the Content-Type of requests that are as they should be.
const mediaJSON = "application/json; charset=utf-8"

// call sends the request and returns a refusal as a *client.Problem. Everything else that is no
// success is an error.
func (s *scenario) call(ctx context.Context, c rawCall) error {
	var body io.Reader
	if c.body != "" {
		body = strings.NewReader(c.body)
	}
	request, err := http.NewRequestWithContext(ctx, c.method, s.base(c.portal)+c.path, body)
	if err != nil {
		return fmt.Errorf("making the request: %w", unwrapURL(err))
	}
	if c.media != "" {
		request.Header.Set("Content-Type", c.media)
	}
	if c.requestID != "" {
		request.Header.Set("X-Request-Id", c.requestID)
	}
	response, err := s.trace.via(c.portal, s.target.Transport).RoundTrip(request)
	if err != nil {
		return fmt.Errorf("%s %s: %w", c.method, c.path, unwrapURL(err))
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err != nil {
		return fmt.Errorf("reading the answer: %w", err)
	}
	if response.StatusCode < 400 {
		return nil
	}
	return readProblem(response, answer)
}

// readProblem reads a problem document by itself, for calls that the client cannot make.
func readProblem(response *http.Response, body []byte) error {
	media := response.Header.Get("Content-Type")
	if !strings.HasPrefix(media, "application/problem+json") {
		return fmt.Errorf("the answer %d is no problem document but %q", response.StatusCode, media)
	}
	var document struct {
		Type, Title, Detail, Instance, Code string
		NICCode                             string `json:"nicCode"`
		Errors                              []client.FieldError
	}
	if err := json.Unmarshal(body, &document); err != nil {
		return fmt.Errorf("reading the problem document: %w", err)
	}
	problem := &client.Problem{
		Type: document.Type, Title: document.Title, Status: response.StatusCode, Detail: document.Detail,
		Instance: document.Instance, Code: document.Code, NICCode: document.NICCode, Errors: document.Errors,
		RequestID: response.Header.Get("X-Request-Id"),
	}
	if wait, err := time.ParseDuration(response.Header.Get("Retry-After") + "s"); err == nil {
		problem.RetryAfter = wait
	}
	return problem
}
