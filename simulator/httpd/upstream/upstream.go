// Package upstream sends the requests of a GSP (GST Suvidha Provider) to NIC, in the world of the request that it
// answers. It is a client of NIC's listeners: it does not read their store.
package upstream

import (
	"bytes"
	"cmp"
	"context"
	"crypto/rsa"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/store"
)

// NIC is NIC's two listeners as a GSP reaches them.
type NIC struct {
	Sandbox, Production http.RoundTripper
	// Keys returns the public key of an environment, under which logins are sealed.
	Keys    func(nic.Environment) (*rsa.PublicKey, error)
	Timeout time.Duration // for one answer, by the wall clock; 0 is DefaultTimeout
}

// DefaultTimeout is how long a GSP waits for an answer of NIC: less than the listeners give a handler to answer.
const DefaultTimeout = 20 * time.Second

// longestAnswer is how much of an answer is read, in bytes. NIC's longest are a tenth of it.
const longestAnswer = 4 << 20

// ErrUnreachable is in the error of Do when NIC gave no answer. A request that was sent may have had its effect.
var ErrUnreachable = errors.New("NIC gave no answer")

// Request is a request to NIC.
type Request struct {
	Environment nic.Environment
	Company     store.Provider // the GSP, whose client id and secret are sent
	Method      string
	Path        string // of NIC, with the query: /eicore/v1.03/Invoice
	// Header is sent unchanged. Without client_id or client-id, the company's client id and secret are added.
	Header http.Header
	Body   []byte // nil for none
}

// Answer is an answer of NIC.
type Answer struct {
	Status int
	Header http.Header
	Body   []byte
}

// Do sends a request for a call that the GSP answers: in its world, and with its request id, by which the journal
// links the two. If NIC gives no answer, the error is an ErrUnreachable; with a time-out it is
// context.DeadlineExceeded too.
func (n NIC) Do(ctx context.Context, call *httpd.Call, r Request) (Answer, error) {
	ctx, cancel := context.WithTimeout(ctx, cmp.Or(n.Timeout, DefaultTimeout))
	defer cancel()
	// Every host but those below localhost names the default world.
	url := "http://" + string(r.Environment) + call.WorldPath() + r.Path
	request, err := http.NewRequestWithContext(ctx, r.Method, url, bytes.NewReader(r.Body))
	if err != nil {
		return Answer{}, fmt.Errorf("a request to NIC: %w", err)
	}
	if r.Header != nil {
		request.Header = r.Header.Clone()
	}
	if request.Header["Client_id"] == nil && request.Header["Client-Id"] == nil {
		request.Header["Client_id"] = []string{r.Company.ClientID}
		request.Header["Client_secret"] = []string{r.Company.ClientSecret}
	}
	request.Header.Set("X-Request-Id", call.RequestID)
	transport := n.Sandbox
	if r.Environment == nic.Production {
		transport = n.Production
	}
	response, err := transport.RoundTrip(request)
	if err != nil {
		return Answer{}, fmt.Errorf("%w: %w", ErrUnreachable, err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, longestAnswer))
	if err != nil {
		return Answer{}, fmt.Errorf("%w: %w", ErrUnreachable, err)
	}
	return Answer{response.StatusCode, response.Header, body}, nil
}
