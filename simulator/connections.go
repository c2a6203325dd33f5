package simulator

import (
	"net"
	"net/http"
	"sync"
)

// limited is a listener with a bounded number of open connections. It accepts the next one when another is closed.
// Unlike netutil.LimitListener, it gives the server the connection itself, which faults reset.
type limited struct {
	net.Listener
	open   chan struct{} // one for each connection
	closed chan struct{}
	close  sync.Once
}

func newLimited(l net.Listener, most int) *limited {
	return &limited{Listener: l, open: make(chan struct{}, most), closed: make(chan struct{})}
}

// Accept waits for a free place and then for a connection.
func (l *limited) Accept() (net.Conn, error) {
	select {
	case l.open <- struct{}{}:
	case <-l.closed:
		return nil, net.ErrClosed
	}
	c, err := l.Listener.Accept()
	if err != nil {
		<-l.open
	}
	return c, err
}

// Close closes the listener and ends a call of Accept that waits.
func (l *limited) Close() error {
	l.close.Do(func() { close(l.closed) })
	return l.Listener.Close()
}

// changed is the ConnState of a server that the listener serves.
func (l *limited) changed(_ net.Conn, state http.ConnState) {
	if state == http.StateClosed || state == http.StateHijacked {
		<-l.open
	}
}
