package simulator

import (
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

// Addresses are where the three listeners listen, host:port; port 0 picks a free one.
// An empty address is 127.0.0.1:0.
type Addresses struct {
	Control, Sandbox, Production string
	// AllowRemote lets a listener bind to something else than loopback, and answer to any Host. Everyone
	// who can reach it can then read OTPs and secrets from the control API.
	AllowRemote bool
}

// URLs are the base URLs of the three listeners, without a slash at the end.
type URLs struct {
	Control    string `json:"control"`
	Sandbox    string `json:"sandbox"`
	Production string `json:"production"`
}

// Running is a simulator whose three listeners are open.
type Running struct {
	URLs    URLs
	log     *slog.Logger
	servers []*http.Server
	failed  chan error
	serving sync.WaitGroup

	stopping chan struct{} // closed to end streams, which would not end by themselves
	stop     sync.Once
}

// ListenError is an address that could not be listened on.
type ListenError struct {
	Listener string // control, sandbox or production
	Address  string
	Err      error
}

func (e *ListenError) Error() string {
	return fmt.Sprintf("opening the %s listener on %s: %v", e.Listener, e.Address, e.Err)
}

func (e *ListenError) Unwrap() error { return e.Err }

// ErrRemote is why an address that is not loopback is refused.
var ErrRemote = errors.New("the address is not loopback, and everyone who can reach the control listener can read " +
	"every OTP")

// The limits of every listener: a client that is slower than this is cut off.
const (
	headerTimeout = 5 * time.Second
	readTimeout   = 15 * time.Second
	writeTimeout  = 30 * time.Second
	idleTimeout   = 2 * time.Minute
	maxHeader     = 32 << 10 // bytes
)

// Start opens the three listeners and serves until Close. It returns a *ListenError
// when one cannot be opened; then none is left open.
func (s *Simulator) Start(ctx context.Context, a Addresses) (*Running, error) {
	faces := []struct {
		name, address string
		handler       http.Handler
		url           func(*URLs) *string
	}{
		{"control", a.Control, s.Control, func(u *URLs) *string { return &u.Control }},
		{"sandbox", a.Sandbox, s.Sandbox, func(u *URLs) *string { return &u.Sandbox }},
		{"production", a.Production, s.Production, func(u *URLs) *string { return &u.Production }},
	}
	run := &Running{log: s.log, failed: make(chan error, len(faces)), stopping: make(chan struct{})}
	listeners := make([]net.Listener, 0, len(faces))
	for _, face := range faces {
		l, err := listen(ctx, face.address, a.AllowRemote)
		if err != nil {
			for _, open := range listeners {
				_ = open.Close() // nothing was served on it yet
			}
			return nil, &ListenError{face.name, face.address, err}
		}
		listeners = append(listeners, l)
		*face.url(&run.URLs) = "http://" + l.Addr().String()
	}
	s.urls.Store(&run.URLs)
	s.localOnly.Store(!a.AllowRemote)
	for i, l := range listeners {
		run.serve(l, faces[i].handler)
	}
	s.Ready()
	return run, nil
}

func listen(ctx context.Context, address string, allowRemote bool) (net.Listener, error) {
	if address == "" {
		address = "127.0.0.1:0"
	}
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	if ip := net.ParseIP(host); !allowRemote && host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return nil, ErrRemote
	}
	var config net.ListenConfig
	return config.Listen(ctx, "tcp", address)
}

func (run *Running) serve(l net.Listener, h http.Handler) {
	base := httpd.WithStopping(context.Background(), run.stopping)
	server := &http.Server{
		BaseContext: func(net.Listener) context.Context { return base },
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

// Failed delivers the error of a listener that broke while it was serving.
func (run *Running) Failed() <-chan error { return run.failed }

// Close lets the requests under way finish, until ctx ends, and closes the listeners.
func (run *Running) Close(ctx context.Context) error {
	run.stop.Do(func() {
		if run.stopping != nil {
			close(run.stopping)
		}
	})
	errs := make([]error, len(run.servers))
	var closing sync.WaitGroup
	for i, server := range run.servers {
		closing.Go(func() {
			if errs[i] = server.Shutdown(ctx); errs[i] != nil {
				_ = server.Close() // out of patience; the first error tells why
			}
		})
	}
	closing.Wait()
	run.serving.Wait()
	return errors.Join(errs...)
}
