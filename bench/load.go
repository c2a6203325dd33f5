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
	"net/url"
	"sync"
	"sync/atomic"
	"time"
)

// request is one kind of request, sent over and over.
type request struct {
	method, url string
	header      http.Header // beside Host and Content-Length
	body        string      // JSON, or empty
	status      int         // the one that is expected
	begins      string      // how the body of a good answer begins, if the status does not tell
	most        int64       // no more than so many are sent, if it is not 0

	// vary, if there is one, is given a connection's own copy of the bytes to send, and returns what
	// changes them before each is sent. It must be cheap.
	vary func(raw []byte) func()
}

// wire is the request as it is sent. It is written once, for the generator takes its time from the
// same processors as the server.
func (r request) wire() (address string, raw []byte, err error) {
	u, err := url.Parse(r.url)
	if err != nil {
		return "", nil, err
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s %s HTTP/1.1\r\nHost: %s\r\n", r.method, u.RequestURI(), u.Host)
	if r.header.Get("Accept") == "" {
		b.WriteString("Accept: application/json\r\n")
	}
	for name, values := range r.header {
		fmt.Fprintf(&b, "%s: %s\r\n", name, values[0])
	}
	if r.body != "" {
		if r.header.Get("Content-Type") == "" {
			b.WriteString("Content-Type: application/json\r\n")
		}
		fmt.Fprintf(&b, "Content-Length: %d\r\n", len(r.body))
	}
	fmt.Fprintf(&b, "\r\n%s", r.body)
	return u.Host, b.Bytes(), nil
}

// press sends a request on a number of connections, on each as soon as the one before is answered,
// for as long as given. Any other status than the expected one is an error.
func press(ctx context.Context, r request, connections int, turn time.Duration) (sample, error) {
	address, raw, err := r.wire()
	if err != nil {
		return sample{}, err
	}
	var (
		mu   sync.Mutex // guards all and errs
		all  sample
		errs []error
		wg   sync.WaitGroup
	)
	var sent atomic.Int64
	until := time.Now().Add(turn)
	more := func(now time.Time) bool {
		return now.Before(until) && ctx.Err() == nil && (r.most == 0 || sent.Add(1) <= r.most)
	}
	began := time.Now()
	for range connections {
		wg.Go(func() {
			took, err := r.repeat(ctx, address, bytes.Clone(raw), more)
			mu.Lock()
			defer mu.Unlock()
			all.took = append(all.took, took...)
			if err != nil {
				errs = append(errs, fmt.Errorf("%s %s: %w", r.method, r.url, err))
			}
		})
	}
	wg.Wait()
	all.over = time.Since(began)
	return all, errors.Join(errs...)
}

// patience is how long an answer may take: a server that hangs is an error, not a bench that never ends.
const patience = 10 * time.Second

func (r request) repeat(ctx context.Context, address string, raw []byte, more func(time.Time) bool) ([]time.Duration,
	error) {
	connection, err := new(net.Dialer).DialContext(ctx, "tcp", address)
	if err != nil {
		return nil, err
	}
	defer connection.Close()
	vary := func() {}
	if r.vary != nil {
		vary = r.vary(raw)
	}
	answers := bufio.NewReader(connection)
	var took []time.Duration
	for now := time.Now(); more(now); {
		if err := connection.SetDeadline(now.Add(patience)); err != nil {
			return took, err
		}
		vary()
		if _, err := connection.Write(raw); err != nil {
			return took, err
		}
		if err := r.read(answers); err != nil {
			return took, err
		}
		then := time.Now()
		took = append(took, then.Sub(now))
		now = then
	}
	return took, ctx.Err()
}

// read reads one answer to its end, so that the connection can go on.
func (r request) read(answers *bufio.Reader) error {
	answer, err := http.ReadResponse(answers, nil)
	if err != nil {
		return err
	}
	begins := make([]byte, len(r.begins))
	_, short := io.ReadFull(answer.Body, begins)
	_, err = io.Copy(io.Discard, answer.Body)
	_ = answer.Body.Close() // nothing is left in it
	switch {
	case err != nil:
		return err
	case answer.StatusCode != r.status:
		return fmt.Errorf("answered %d, not %d", answer.StatusCode, r.status)
	case short != nil || string(begins) != r.begins:
		return fmt.Errorf("the answer begins %q, not %q", begins, r.begins)
	}
	return nil
}

// measureLoad lets the two programs answer in turns, then nicsim alone be walked through, and all of
// that as many times as there are rounds.
func measureLoad(ctx context.Context, p plan, r *report) (err error) {
	bare, nicsim, err := both(ctx, p)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, bare.stop(), nicsim.stop()) }()
	r.bareIdle, r.nicsimIdle = bare.memory(ctx), nicsim.memory(ctx)

	turns := []struct {
		of   *series
		what request
	}{
		{&r.bare, bareRequest(bare)},
		{&r.providers, request{
			method: http.MethodGet, url: nicsim.urls["sandbox"] + "/portal/v1/providers?through=GSP", status: http.StatusOK,
		}},
		{&r.refused, request{
			method: http.MethodPost, url: nicsim.urls["sandbox"] + "/portal/v1/registrations", body: wrongRegistration,
			status: http.StatusUnprocessableEntity,
		}},
	}
	for _, t := range turns { // both have seen each kind before it counts
		if _, err := press(ctx, t.what, p.connections, p.turn/4); err != nil {
			return err
		}
	}
	for round := range p.rounds {
		for _, t := range turns {
			s, err := press(ctx, t.what, p.connections, p.turn)
			if err != nil {
				return err
			}
			t.of.add(s)
		}
		walked, err := walk(ctx, nicsim.urls, round, p)
		if err != nil {
			return err
		}
		r.walks.add(walked)
		r.bareLoaded = max(r.bareLoaded, bare.memory(ctx))
		r.nicsimLoaded = max(r.nicsimLoaded, nicsim.memory(ctx))
	}
	return nil
}

// bareRequest is what the bare program is asked, everywhere.
func bareRequest(bare *server) request {
	return request{
		method: http.MethodPost, url: bare.urls["bare"] + "/registrations", body: wrongRegistration, status: http.StatusOK,
	}
}

// wrongRegistration is refused for its captcha, which nobody asked for, and for a GSTIN whose check
// character is wrong. The bare program decodes it and takes it.
const wrongRegistration = `{"category":"TAXPAYER","gstin":"29ABCCD1234E1Z2","mobile":"9876543210",` +
	`"email":"accounts@dakshin.example","captcha":{"captchaId":"00000000-0000-4000-8000-000000000000","answer":"NONE00"}}`
