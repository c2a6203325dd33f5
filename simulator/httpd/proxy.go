package httpd

import (
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// client is who sent a request: the peer of the connection or, behind a trusted proxy, the peer of the proxy.
type client struct {
	address string
	secure  bool // it came by TLS
}

// clientOf returns the client of a request. If a trusted proxy sent it, X-Forwarded-Host becomes its Host. Each of the
// headers may have several values, one from each proxy on the way; the last one is from the proxy that is trusted.
func (l Listener) clientOf(r *http.Request) client {
	c := client{hostOf(r.RemoteAddr), r.TLS != nil}
	if !l.trusts(c.address) {
		return c
	}
	for _, hop := range slices.Backward(values(r, "X-Forwarded-For")) {
		if c.address = hop; !l.trusts(hop) {
			break
		}
	}
	if proto := last(values(r, "X-Forwarded-Proto")); proto != "" {
		c.secure = strings.EqualFold(proto, "https")
	}
	if host := last(values(r, "X-Forwarded-Host")); host != "" {
		r.Host = host
	}
	return c
}

func (l Listener) trusts(address string) bool {
	at, err := netip.ParseAddr(address)
	return err == nil && slices.ContainsFunc(l.TrustProxy, func(p netip.Prefix) bool {
		return p.Contains(at.Unmap().WithZone(""))
	})
}

// values returns the values of a header that is a list.
func values(r *http.Request, name string) []string {
	var all []string
	for _, line := range r.Header.Values(name) {
		for value := range strings.SplitSeq(line, ",") {
			all = append(all, strings.TrimSpace(value))
		}
	}
	return all
}

func last(values []string) string {
	if len(values) == 0 {
		return ""
	}
	return values[len(values)-1]
}

func hostOf(address string) string {
	if host, _, err := net.SplitHostPort(address); err == nil {
		return host
	}
	return address
}
