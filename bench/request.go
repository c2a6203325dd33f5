package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httputil"
	"time"
)

// request is one kind of request, which is sent many times. It is kept as bytes to save time, as the load generator
// shares the processors with the server.
type request struct {
	address string        // host:port
	next    func() []byte // returns the next request with its headers; called by all workers
	begins  string        // the beginning of the body of the answer
}

// newRequest returns a request that does not vary.
func newRequest(r *http.Request, begins string) (request, error) {
	raw, err := httputil.DumpRequestOut(r, true)
	return request{r.URL.Host, func() []byte { return raw }, begins}, err
}

// varied replaces a part of the request by another text of the same length each time.
func (r request) varied(part string, next func() string) (request, error) {
	before, after, found := bytes.Cut(r.next(), []byte(part))
	if !found {
		return r, errors.New("the request does not have the part that is to vary")
	}
	r.next = func() []byte { return bytes.Join([][]byte{before, []byte(next()), after}, nil) }
	return r, nil
}

// answerTimeout is the time limit of an answer.
const answerTimeout = 10 * time.Second

// dial opens a connection. The call sends a request and reads the answer. An answer other than 200 is an error.
func (r request) dial(ctx context.Context) (func() error, error) {
	connection, err := new(net.Dialer).DialContext(ctx, "tcp", r.address)
	if err != nil {
		return nil, err
	}
	context.AfterFunc(ctx, func() { connection.Close() })
	answers := bufio.NewReader(connection)
	return func() error {
		if err := connection.SetDeadline(time.Now().Add(answerTimeout)); err != nil {
			return err
		}
		if _, err := connection.Write(r.next()); err != nil {
			return err
		}
		return r.read(answers)
	}, nil
}

// read reads one answer to its end, so that the connection can be used again.
func (r request) read(answers *bufio.Reader) error {
	answer, err := http.ReadResponse(answers, nil)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	begins := make([]byte, len(r.begins))
	n, err := io.ReadFull(answer.Body, begins)
	if answer.StatusCode != http.StatusOK || string(begins) != r.begins {
		return errors.Join(fmt.Errorf("answered %d %q, not 200 %q", answer.StatusCode, begins[:n], r.begins), err)
	}
	_, err = io.Copy(io.Discard, answer.Body)
	return err
}

// recorder is a transport that keeps the last request, for sending it again, and the body of its answer.
type recorder struct {
	asked  *http.Request
	last   request
	answer []byte
}

// RoundTrip makes the call.
func (c *recorder) RoundTrip(r *http.Request) (*http.Response, error) {
	var err error
	c.asked = r
	if c.last, err = newRequest(r, `{"Status":1,`); err != nil {
		return nil, err
	}
	response, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	c.answer, err = io.ReadAll(response.Body)
	response.Body.Close()
	response.Body = io.NopCloser(bytes.NewReader(c.answer))
	return response, err
}
