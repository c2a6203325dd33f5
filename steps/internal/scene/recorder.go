package scene

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
)

type recorder struct {
	trace    *Trace
	listener string
	carrier  http.RoundTripper
}

// RoundTrip carries the request and keeps a copy of both bodies. The answer's is read to its end.
func (r recorder) RoundTrip(request *http.Request) (*http.Response, error) {
	var sent []byte
	if request.Body != nil {
		body, err := io.ReadAll(request.Body)
		if err != nil {
			return nil, fmt.Errorf("reading the request's body: %w", err)
		}
		if err := request.Body.Close(); err != nil {
			return nil, fmt.Errorf("closing the request's body: %w", err)
		}
		sent = body
		request = request.Clone(request.Context())
		request.Body = io.NopCloser(bytes.NewReader(body))
	}
	response, err := r.carrier.RoundTrip(request)
	if err != nil {
		return nil, err
	}
	got, err := io.ReadAll(response.Body)
	if closeErr := response.Body.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return nil, fmt.Errorf("reading the answer: %w", err)
	}
	response.Body = io.NopCloser(bytes.NewReader(got))
	r.trace.add(Exchange{
		listener: r.listener, Method: request.Method, Path: request.URL.RequestURI(), sent: sent,
		kind:   request.Header.Get("Content-Type"),
		Status: response.StatusCode, Header: response.Header, Got: got,
	})
	return response, nil
}
