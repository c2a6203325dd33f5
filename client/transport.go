package client

import (
	"context"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"
)

// NewTransport returns a transport that finds names below localhost, as blue.localhost, on this machine, without a
// proxy. RFC 6761 (section 6.3) asks resolvers for that; Go's own does not know these names.
func NewTransport() *http.Transport {
	var dialer net.Dialer
	return &http.Transport{
		DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			if host, port, err := net.SplitHostPort(address); err == nil && belowLocalhost(host) {
				address = net.JoinHostPort("localhost", port)
			}
			return dialer.DialContext(ctx, network, address)
		},
		Proxy: func(r *http.Request) (*url.URL, error) {
			if belowLocalhost(r.URL.Hostname()) {
				return nil, nil //nolint:nilnil // no proxy
			}
			return http.ProxyFromEnvironment(r)
		},
		ForceAttemptHTTP2: true, IdleConnTimeout: idleTimeout, TLSHandshakeTimeout: 10 * time.Second,
	}
}

// idleTimeout ends a connection that was dialled and not used before a server does, which may wait no more than five
// seconds for the first request. A POST that is sent while the server closes the connection fails, and net/http does
// not repeat it.
const idleTimeout = 4 * time.Second

// localTransport is that of clients for names below localhost that were given none.
var localTransport = sync.OnceValue(NewTransport)

func belowLocalhost(host string) bool {
	return strings.HasSuffix(strings.ToLower(strings.TrimSuffix(host, ".")), ".localhost")
}
