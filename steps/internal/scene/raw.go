package scene

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/nicsim/nicsim/client"
)

// RawCall is a request that the client does not send.
type RawCall struct {
	Portal, Method, Path string
	Body                 string
	Media                string // Content-Type; empty sends none
	RequestID            string // X-Request-Id; empty sends none
	Cookie               *http.Cookie
}

// MediaJSON is the Content-Type of valid requests.
const MediaJSON = "application/json; charset=utf-8"

// Call sends the request and returns a refusal as a *client.Problem. Every other
// failure is an error, too.
func (s *Scene) Call(ctx context.Context, c RawCall) error {
	var body io.Reader
	if c.Body != "" {
		body = strings.NewReader(c.Body)
	}
	request, err := http.NewRequestWithContext(ctx, c.Method, s.Base(c.Portal)+c.Path, body)
	if err != nil {
		return fmt.Errorf("making the request: %w", UnwrapURL(err))
	}
	if c.Media != "" {
		request.Header.Set("Content-Type", c.Media)
	}
	if c.RequestID != "" {
		request.Header.Set("X-Request-Id", c.RequestID)
	}
	if c.Cookie != nil {
		request.AddCookie(c.Cookie)
	}
	answer, err := s.Exchange(c.Portal, request)
	if err != nil {
		return err
	}
	if answer.Status < http.StatusBadRequest {
		return nil
	}
	return readProblem(answer)
}

// Exchange sends a request to a listener and reads the whole answer.
func (s *Scene) Exchange(listener string, request *http.Request) (Exchange, error) {
	return exchange(s.Trace.Via(listener, s.Target.Transport), request)
}

func exchange(carrier http.RoundTripper, request *http.Request) (Exchange, error) {
	response, err := carrier.RoundTrip(request)
	if err != nil {
		return Exchange{}, fmt.Errorf("%s %s: %w", request.Method, request.URL.Path, UnwrapURL(err))
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err != nil {
		return Exchange{}, fmt.Errorf("reading the answer: %w", err)
	}
	return Exchange{Status: response.StatusCode, Header: response.Header, Got: answer}, nil
}

// readProblem reads a problem document by itself, for calls that the client cannot make.
func readProblem(answer Exchange) error {
	media := answer.Header.Get("Content-Type")
	if !strings.HasPrefix(media, "application/problem+json") {
		return fmt.Errorf("the answer %d is not a problem document but %q", answer.Status, media)
	}
	var document struct {
		Type, Title, Detail, Instance, Code string
		NICCode                             string `json:"nicCode"`
		Errors                              []client.FieldError
	}
	if err := json.Unmarshal(answer.Got, &document); err != nil {
		return fmt.Errorf("reading the problem document: %w", err)
	}
	problem := &client.Problem{
		Type: document.Type, Title: document.Title, Status: answer.Status, Detail: document.Detail,
		Instance: document.Instance, Code: document.Code, NICCode: document.NICCode, Errors: document.Errors,
		RequestID: answer.Header.Get("X-Request-Id"),
	}
	if wait, err := time.ParseDuration(answer.Header.Get("Retry-After") + "s"); err == nil {
		problem.RetryAfter = wait
	}
	return problem
}

// UnwrapURL removes the wrapping that repeats the URL.
func UnwrapURL(err error) error {
	if wrapped, ok := errors.AsType[*url.Error](err); ok {
		return wrapped.Err
	}
	return err
}

// CallControl sends a request to the control API for which the client has no method.
func (s *Scene) CallControl(ctx context.Context, method, path string, body map[string]any) error {
	document, err := json.Marshal(body)
	if err != nil {
		return fmt.Errorf("writing for the control API: %w", err)
	}
	address := InWorld(s.Target.Control, s.World) + "/control/v1/" + path
	request, err := http.NewRequestWithContext(ctx, method, address, bytes.NewReader(document))
	if err != nil {
		return fmt.Errorf("making the request: %w", UnwrapURL(err))
	}
	request.Header.Set("Content-Type", MediaJSON)
	if token := s.Target.ControlToken; token != "" {
		request.Header.Set("Authorization", "Bearer "+string(token))
	}
	answer, err := s.Exchange(OnControl, request)
	if err != nil {
		return err
	}
	if answer.Status >= http.StatusBadRequest {
		return &client.Problem{Status: answer.Status, Title: http.StatusText(answer.Status)}
	}
	return nil
}

// Object decodes the bytes of an answer that is a JSON object, with all its members: the client
// ignores those that it does not know.
func Object(body []byte) (map[string]any, error) {
	var document map[string]any
	if err := json.Unmarshal(body, &document); err != nil {
		return nil, fmt.Errorf("the answer is not a JSON object: %w", err)
	}
	return document, nil
}
