package simulator

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/nicsim/nicsim/simulator/httpd"
)

// Addresses are the addresses of the four listeners, as host:port. Port 0 is a free one, and an empty address is
// 127.0.0.1:0.
type Addresses struct {
	Control, Sandbox, Production, GSP string
	// AllowHosts are the names to which the control listener answers, besides localhost, names below it and loopback
	// addresses. The others answer to every name.
	AllowHosts []string
	// AllowRemote permits addresses that are not loopback. The control listener answers to every name on such an address,
	// and needs Options.ControlToken.
	AllowRemote bool
	// AllowOpenControl permits a control listener on such an address without a token. Then everyone who can reach it can
	// read one-time passwords and secrets.
	AllowOpenControl bool
	// MaxConnections is how many connections each listener has open at most; more wait. 0 is MaxConnections.
	MaxConnections int
}

// MaxConnections is how many connections each listener has open at most, unless Addresses say otherwise.
const MaxConnections = 1000

// URLs are the base URLs of the four listeners, without a slash at the end.
type URLs struct {
	Control    string `json:"control"`
	Sandbox    string `json:"sandbox"`
	Production string `json:"production"`
	GSP        string `json:"gsp"`
}

// Running is a simulator whose four listeners are open.
type Running struct {
	URLs    URLs
	log     *slog.Logger
	servers []*http.Server
	failed  chan error
	serving sync.WaitGroup

	stopping chan struct{} // closed to end event streams, which do not end by themselves
	stop     sync.Once
}

// ListenError is the error of Start when a listener cannot be opened.
type ListenError struct {
	Listener string // control, sandbox, production or gsp
	Address  string
	Err      error
}

func (e *ListenError) Error() string {
	return fmt.Sprintf("opening the %s listener on %s: %v", e.Listener, e.Address, e.Err)
}

func (e *ListenError) Unwrap() error { return e.Err }

// ErrRemote is the reason in a ListenError for an address that is not loopback, without AllowRemote.
var ErrRemote = errors.New("the address is not loopback, and everyone who can reach the control listener can read " +
	"every OTP")

// ErrOpen is the reason in a ListenError for a control listener on such an address, without a token and without
// AllowOpenControl.
var ErrOpen = errors.New("the control listener needs a control token, as its address is not loopback: everyone who can " +
	"reach it could read every OTP")

// The limits of every listener. A client that is slower is disconnected.
const (
	headerTimeout = 5 * time.Second
	readTimeout   = 15 * time.Second
	writeTimeout  = 30 * time.Second
	idleTimeout   = 2 * time.Minute
	maxHeader     = 32 << 10 // bytes
)

// Start opens the four listeners and serves until Close. If one cannot be opened, the error is a *ListenError, and
// none is left open. The error of a wrong entry of AllowHosts is a *HostError.
func (s *Simulator) Start(ctx context.Context, a Addresses) (*Running, error) {
	answers, err := a.answers(a.Control)
	if err != nil {
		return nil, err
	}
	run := &Running{log: s.log, stopping: make(chan struct{})}
	faces := []struct {
		name, address string
		handler       http.Handler
		url           *string
	}{
		{"control", a.Control, s.Control, &run.URLs.Control},
		{"sandbox", a.Sandbox, s.Sandbox, &run.URLs.Sandbox},
		{"production", a.Production, s.Production, &run.URLs.Production},
		{"gsp", a.GSP, s.GSP, &run.URLs.GSP},
	}
	run.failed = make(chan error, len(faces))
	listeners := make([]net.Listener, 0, len(faces))
	for _, face := range faces {
		var l net.Listener
		err := a.permits(face.name, face.address, s.protected)
		if err == nil {
			l, err = listen(ctx, face.address)
		}
		if err != nil {
			for _, open := range listeners {
				_ = open.Close() // it has served nothing
			}
			return nil, &ListenError{face.name, face.address, err}
		}
		listeners = append(listeners, l)
		*face.url = "http://" + reachable(l.Addr().String())
	}
	s.urls.Store(&run.URLs)
	s.answers.Store(&answers)
	for i, l := range listeners {
		run.serve(newLimited(l, cmp.Or(a.MaxConnections, MaxConnections)), faces[i].handler)
	}
	s.Ready()
	return run, nil
}

// permits returns why a listener may not be opened on an address; protected is whether there is a control token.
func (a Addresses) permits(listener, address string, protected bool) error {
	switch {
	case IsLoopback(address):
		return nil
	case !a.AllowRemote:
		return ErrRemote
	case listener == "control" && !protected && !a.AllowOpenControl:
		return ErrOpen
	}
	return nil
}

// reachable returns where this machine reaches a listener that is open on an address.
func reachable(address string) string {
	host, port, _ := net.SplitHostPort(address) // a listener's address is well formed
	if ip := net.ParseIP(host); ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	return net.JoinHostPort(host, port)
}

// IsLoopback reports whether only this machine can reach an address. It is true for an address that is malformed, which
// cannot be opened.
func IsLoopback(address string) bool {
	host, _, err := net.SplitHostPort(address)
	ip := net.ParseIP(host)
	return err != nil || host == "localhost" || ip != nil && ip.IsLoopback()
}

func listen(ctx context.Context, address string) (net.Listener, error) {
	if address == "" {
		address = "127.0.0.1:0"
	}
	if _, _, err := net.SplitHostPort(address); err != nil {
		return nil, err
	}
	var config net.ListenConfig
	return config.Listen(ctx, "tcp", address)
}

func (run *Running) serve(l *limited, h http.Handler) {
	base := httpd.WithStopping(context.Background(), run.stopping)
	server := &http.Server{
		BaseContext: func(net.Listener) context.Context { return base },
		ConnState:   l.changed,
		Handler:     h, ReadHeaderTimeout: headerTimeout, ReadTimeout: readTimeout,
		WriteTimeout: writeTimeout, IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeader,
		ErrorLog: slog.NewLogLogger(run.log.Handler(), slog.LevelWarn),
	}
	run.servers = append(run.servers, server)
	run.serving.Go(func() {
		if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			run.failed <- err
		}
	})
}

// Failed returns a channel that receives the error of a listener that fails while it serves.
func (run *Running) Failed() <-chan error { return run.failed }

// Close closes the listeners and waits for the requests under way, until ctx ends.
func (run *Running) Close(ctx context.Context) error {
	run.stop.Do(func() { close(run.stopping) })
	errs := make([]error, len(run.servers))
	var closing sync.WaitGroup
	for i, server := range run.servers {
		closing.Go(func() {
			if errs[i] = server.Shutdown(ctx); errs[i] != nil {
				_ = server.Close() // cuts off what is left; the first error is returned
			}
		})
	}
	closing.Wait()
	run.serving.Wait()
	return errors.Join(errs...)
}
