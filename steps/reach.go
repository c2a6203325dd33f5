package steps

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/nicsim/nicsim/steps/internal/scene"
)

// UnreachableError is the error of a run whose target, or a part of it, does not answer. The run did not
// begin, or it ended at the first call that could not connect.
type UnreachableError struct {
	Listener string // trial portal, production portal or control API
	BaseURL  string
	Err      error
}

func (e *UnreachableError) Error() string {
	return fmt.Sprintf("the %s at %s cannot be reached: %v", e.Listener, e.BaseURL, e.Err)
}

// Unwrap returns what went wrong.
func (e *UnreachableError) Unwrap() error { return e.Err }

// reachTimeout is how long a listener may take for its first answer.
const reachTimeout = 10 * time.Second

// listener is a part of the target, with a path that it answers.
type listener struct{ name, base, path string }

func (o Options) listeners() []listener {
	return []listener{
		{"trial portal", o.Sandbox, "/portal/v1/session"},
		{"production portal", o.Production, "/portal/v1/session"},
		{"control API", o.Control, "/healthz"},
	}
}

// reach asks every listener for an answer, any answer, before the first scenario runs.
func (o Options) reach(ctx context.Context) error {
	for _, l := range o.listeners() {
		if l.base == "" {
			continue
		}
		if err := o.answers(ctx, l.base+l.path); err != nil {
			return &UnreachableError{Listener: l.name, BaseURL: l.base, Err: err}
		}
	}
	return nil
}

// newTransport has room for as many connections as scenarios run at once, and for double clicks.
func newTransport(concurrency int) *http.Transport {
	return &http.Transport{
		Proxy: http.ProxyFromEnvironment, ForceAttemptHTTP2: true, MaxIdleConnsPerHost: 2 * concurrency,
	}
}

func (o Options) answers(ctx context.Context, address string) error {
	ctx, cancel := context.WithTimeout(ctx, reachTimeout)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return scene.UnwrapURL(err)
	}
	response, err := o.Transport.RoundTrip(request)
	if err != nil {
		return scene.UnwrapURL(err)
	}
	return response.Body.Close()
}
