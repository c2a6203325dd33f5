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
	"time"
)

// request is one kind of request, sent over and over.
type request struct {
	method, url string
	body        string // JSON, or empty
	status      int    // the one that is expected
}

// wire is the request as it is sent. It is written once, for the generator takes its time from the
// same processors as the server.
func (r request) wire() (address string, raw []byte, err error) {
	u, err := url.Parse(r.url)
	if err != nil {
		return "", nil, err
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s %s HTTP/1.1\r\nHost: %s\r\nAccept: application/json\r\n", r.method, u.RequestURI(), u.Host)
	if r.body != "" {
		fmt.Fprintf(&b, "Content-Type: application/json\r\nContent-Length: %d\r\n", len(r.body))
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
	began := time.Now()
	for range connections {
		wg.Go(func() {
			took, err := repeat(ctx, address, raw, r.status, began.Add(turn))
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

func repeat(ctx context.Context, address string, raw []byte, status int, until time.Time) ([]time.Duration, error) {
	connection, err := new(net.Dialer).DialContext(ctx, "tcp", address)
	if err != nil {
		return nil, err
	}
	defer connection.Close()
	// A server that hangs is an error, not a bench that never ends.
	if err := connection.SetDeadline(until.Add(10 * time.Second)); err != nil {
		return nil, err
	}
	answers := bufio.NewReader(connection)
	var took []time.Duration
	for now := time.Now(); now.Before(until) && ctx.Err() == nil; {
		if _, err := connection.Write(raw); err != nil {
			return took, err
		}
		answer, err := http.ReadResponse(answers, nil)
		if err != nil {
			return took, err
		}
		_, err = io.Copy(io.Discard, answer.Body)
		_ = answer.Body.Close() // it is read to its end, and the connection goes on
		if err != nil {
			return took, err
		}
		if answer.StatusCode != status {
			return took, fmt.Errorf("answered %d, not %d", answer.StatusCode, status)
		}
		then := time.Now()
		took = append(took, then.Sub(now))
		now = then
	}
	return took, ctx.Err()
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
		{&r.bare, request{http.MethodPost, bare.urls["bare"] + "/registrations", wrongRegistration, http.StatusOK}},
		{&r.providers, request{http.MethodGet, nicsim.urls["sandbox"] + "/portal/v1/providers?through=GSP", "", http.StatusOK}},
		{&r.refused, request{http.MethodPost, nicsim.urls["sandbox"] + "/portal/v1/registrations", wrongRegistration, http.StatusUnprocessableEntity}},
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

// wrongRegistration is refused for its captcha, which nobody asked for, and for a GSTIN whose check
// character is wrong. The bare program decodes it and takes it.
const wrongRegistration = `{"category":"TAXPAYER","gstin":"29ABCCD1234E1Z2","mobile":"9876543210",` +
	`"email":"accounts@dakshin.example","captcha":{"captchaId":"00000000-0000-4000-8000-000000000000","answer":"NONE00"}}`
