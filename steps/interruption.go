package steps

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
)

// errNotRun is the outcome of a scenario that had not begun when the run was interrupted.
var errNotRun = errors.New("the run was interrupted before it")

// untilDone writes until its context has ended. godog goes through the scenarios that are not run, too.
type untilDone struct {
	ctx context.Context //nolint:containedctx // only its end is looked at
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

// cannotConnect tells an error of connecting from a connection that broke. A live target may break a
// connection, and then the scenario has failed; a target to which no connection can be made is gone.
func cannotConnect(err error) bool {
	dial, ok := errors.AsType[*net.OpError](err)
	return ok && (dial.Op == "dial" || dial.Op == "proxyconnect") && !errors.Is(err, context.Canceled)
}

// unreachable names the part of the target that a call was made to.
func (o Options) unreachable(address string, err error) *UnreachableError {
	for _, l := range o.listeners() {
		if l.base != "" && strings.HasPrefix(address, l.base) {
			return &UnreachableError{Listener: l.name, BaseURL: l.base, Err: err}
		}
	}
	return &UnreachableError{Listener: "target", BaseURL: address, Err: err}
}

// gotNoAnswer tells whether a call of the scenario got no answer.
func (o Options) gotNoAnswer() bool {
	l, watched := o.Transport.(*lifeline)
	return watched && l.noAnswer.Load()
}
