package upstream

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"net/http"
	"strconv"

	"github.com/nicsim/nicsim/simulator/fault"
)

// Handler is an [http.RoundTripper] that gives each request to a handler of this process, whole and in HTTP's terms:
// only the socket is left out. A handler that aborts the connection fails the request.
type Handler struct{ http.Handler }

// RoundTrip implements http.RoundTripper.
func (h Handler) RoundTrip(sent *http.Request) (_ *http.Response, err error) {
	// The faults of the request on whose behalf this one is sent are not those of this one.
	r := sent.Clone(fault.In(sent.Context(), nil))
	r.RequestURI, r.RemoteAddr = r.URL.RequestURI(), "127.0.0.1:0"
	if r.Host == "" {
		r.Host = r.URL.Host
	}
	if r.Body == nil {
		r.Body = http.NoBody
	}
	defer r.Body.Close()
	w := &answer{header: http.Header{}}
	defer func() {
		switch cause := recover(); {
		case cause == nil:
		case r.Context().Err() != nil:
			err = r.Context().Err()
		case cause == http.ErrAbortHandler: //nolint:errorlint // net/http compares the very value
			err = fmt.Errorf("the connection was closed: %w", io.ErrUnexpectedEOF)
		default:
			panic(cause)
		}
	}()
	h.ServeHTTP(w, r)
	w.WriteHeader(http.StatusOK)
	return &http.Response{
		Status:     strconv.Itoa(w.status) + " " + http.StatusText(w.status),
		StatusCode: w.status, Header: w.sent, Body: io.NopCloser(&w.body), ContentLength: int64(w.body.Len()),
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Request: sent,
	}, nil
}

// answer keeps what a handler writes.
type answer struct {
	header, sent http.Header
	status       int
	body         bytes.Buffer
}

func (a *answer) Header() http.Header { return a.header }

func (a *answer) WriteHeader(status int) {
	if a.status == 0 {
		a.status, a.sent = status, maps.Clone(a.header)
	}
}

func (a *answer) Write(p []byte) (int, error) {
	a.WriteHeader(http.StatusOK)
	return a.body.Write(p)
}
