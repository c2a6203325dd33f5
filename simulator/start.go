package simulator

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
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
	// TLS, if it is not nil, has the listeners speak TLS, with HTTP/1.1.
	TLS *tls.Config
	// Public has the base URLs under which clients reach the listeners, by the names of the listeners, if a proxy stands
	// before them. The name "" stands for the other listeners: each has its own port there. Links are made from them.
	Public map[string]string
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
var ErrOpen = errors.New("the control listener needs a control token, as its address is not loopback: everyone who " +
	"can reach it could read every OTP")

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
		url, public   *string
	}{
		{"control", a.Control, s.Control, &run.URLs.Control, &run.Public.Control},
		{"sandbox", a.Sandbox, s.Sandbox, &run.URLs.Sandbox, &run.Public.Sandbox},
		{"production", a.Production, s.Production, &run.URLs.Production, &run.Public.Production},
		{"gsp", a.GSP, s.GSP, &run.URLs.GSP, &run.Public.GSP},
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
		*face.url = a.scheme() + "://" + reachable(l.Addr().String())
		*face.public = a.public(face.name, *face.url)
	}
	s.urls.Store(&run.Public)
	s.answers.Store(&answers)
	for i, l := range listeners {
		if a.TLS != nil {
			config := a.TLS.Clone()
			config.NextProtos = []string{"http/1.1"} // faults need a connection for each request
			l = tls.NewListener(l, config)
		}
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

func (a Addresses) scheme() string {
	if a.TLS != nil {
		return "https"
	}
	return "http"
}

// public returns the base URL under which clients reach a listener whose own URL is given.
func (a Addresses) public(listener, own string) string {
	if base := a.Public[listener]; base != "" {
		return base
	}
	if base := a.Public[""]; base != "" {
		return base + own[strings.LastIndex(own, ":"):]
	}
	return own
}
