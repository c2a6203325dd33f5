package steps

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/steps/internal/scene"
	"github.com/nicsim/nicsim/steps/target"
)

// UnreachableError is the error of a run whose target, or a part of it, does not answer: at the start, or at
// the first call that could not connect.
type UnreachableError struct {
	Listener string // trial portal, production portal or control API
	BaseURL  string
	Err      error
}

func (e *UnreachableError) Error() string {
	return fmt.Sprintf("the %s at %s cannot be reached: %v", e.Listener, e.BaseURL, e.Err)
}

// Unwrap returns the error of the call.
func (e *UnreachableError) Unwrap() error { return e.Err }

// reachTimeout is how long a listener may take for its first answer, unless calls may take less.
const reachTimeout = 10 * time.Second

// healthPath is the health check of the e-Invoice API.
const healthPath = "/eivital/v1.04/heartbeat/ping"

// listener is a part of the target, with a path that it answers.
type listener struct {
	name, base, path string
	api              *target.Environment // of an API; nil for another listener
}

func (o Options) listeners() []listener {
	t := o.Target
	all := []listener{
		{"trial portal", t.Sandbox.Portal, "/portal/v1/session", nil},
		{"production portal", t.Production.Portal, "/portal/v1/session", nil},
		{"control API", t.Control, "/healthz", nil},
		{"GSP", t.GSP, "/portal/v1/connections", nil},
	}
	for _, api := range []listener{
		{"sandbox API", t.Sandbox.API, healthPath, &t.Sandbox},
		{"production API", t.Production.API, healthPath, &t.Production},
	} {
		if !slices.ContainsFunc(all, func(l listener) bool { return l.base == api.base }) {
			all = append(all, api)
		}
	}
	return all
}

// reach sends each listener a request before the first scenario runs. Any answer is good.
func (o Options) reach(ctx context.Context) error {
	for _, l := range o.listeners() {
		if l.base == "" {
			continue
		}
		carrier := o.Transport
		if l.api != nil && o.Target.Face == "" { // any answer of a gateway is good
			carrier = scene.Gateway(l.base, l.api, carrier)
		}
		if err := o.answers(ctx, carrier, l.base+l.path); err != nil {
			return &UnreachableError{Listener: l.name, BaseURL: l.base, Err: err}
		}
	}
	return o.letIn(ctx)
}

// letIn returns the refusal of a control API that wants another token. The scenarios judge its other answers.
func (o Options) letIn(ctx context.Context) error {
	if o.Target.Control == "" {
		return nil
	}
	control, err := client.NewControl(o.Target.Control,
		client.Options{HTTP: &http.Client{Transport: o.Transport}, ControlToken: string(o.Target.ControlToken)})
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, min(reachTimeout, o.Patience))
	defer cancel()
	_, err = control.Worlds(ctx)
	if refusal, refused := errors.AsType[*client.Problem](err); refused && refusal.Code == client.TokenRequired {
		return refusal
	}
	return nil
}

// newTransport has room for as many connections as scenarios run at once, and for double clicks.
func newTransport(concurrency int) *http.Transport {
	t := client.NewTransport()
	t.MaxIdleConnsPerHost = 2 * concurrency
	return t
}

func (o Options) answers(ctx context.Context, carrier http.RoundTripper, address string) error {
	ctx, cancel := context.WithTimeout(ctx, min(reachTimeout, o.Patience))
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return scene.UnwrapURL(err)
	}
	response, err := carrier.RoundTrip(request)
	if err != nil {
		return scene.UnwrapURL(err)
	}
	return response.Body.Close()
}

// errNotRun is the error of a scenario that had not begun when the run was interrupted.
var errNotRun = errors.New("the run was interrupted before it")

// untilDone discards what is written after its context has ended: godog reports scenarios that are not run, too.
type untilDone struct {
	ctx context.Context //nolint:containedctx // only its end matters
	io.Writer
}

func (w untilDone) Write(p []byte) (int, error) {
	if w.ctx.Err() != nil {
		return len(p), nil //nolint:nilerr // scenarios that are not run are not reported
	}
	return w.Writer.Write(p)
}

// lifeline is the transport of one scenario. It ends the run at the first call that cannot connect.
type lifeline struct {
	http.RoundTripper
	options  Options                 // name the target
	lose     context.CancelCauseFunc // ends the run
	noAnswer atomic.Bool             // a call of the scenario got no answer
}

// RoundTrip makes the call.
func (l *lifeline) RoundTrip(request *http.Request) (*http.Response, error) {
	response, err := l.RoundTripper.RoundTrip(request)
	if err == nil {
		return response, nil
	}
	l.noAnswer.Store(true)
	if cannotConnect(err) {
		l.lose(l.options.unreachable(request.URL.String(), err))
	}
	return response, err
}

// cannotConnect reports whether no connection could be made, so that the target is gone. A live target may break a
// connection, and then the scenario has failed.
func cannotConnect(err error) bool {
	dial, ok := errors.AsType[*net.OpError](err)
	return ok && (dial.Op == "dial" || dial.Op == "proxyconnect") && !errors.Is(err, context.Canceled)
}

// unreachable is the error of a call to an address of the target.
func (o Options) unreachable(address string, err error) *UnreachableError {
	for _, l := range o.listeners() {
		if l.base != "" && strings.HasPrefix(address, l.base) {
			return &UnreachableError{Listener: l.name, BaseURL: l.base, Err: err}
		}
	}
	return &UnreachableError{Listener: "target", BaseURL: address, Err: err}
}

// gotNoAnswer reports whether a call of the scenario got no answer.
func (o Options) gotNoAnswer() bool {
	l, watched := o.Transport.(*lifeline)
	return watched && l.noAnswer.Load()
}
