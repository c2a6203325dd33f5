package httpd

import (
	"net"
	"net/http"
	"strings"

	"github.com/nicsim/nicsim/simulator/world"
)

// localhost is the name of this machine; a name below it names this machine and a world.
const localhost = "localhost"

// HostName returns the name or address in a Host header: without the port, the brackets of an IPv6 address and the
// root's dot, in lower case.
func HostName(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	return strings.ToLower(strings.TrimSuffix(strings.Trim(host, "[]"), "."))
}

// IsLocal reports whether a name is localhost, a name below it, or a loopback address.
func IsLocal(name string) bool {
	ip := net.ParseIP(name)
	return ip != nil && ip.IsLoopback() || name == localhost || strings.HasSuffix(name, "."+localhost)
}

// hostWorld returns the world that a Host header names: blue for blue.localhost, and the default world for every other
// host.
func hostWorld(host string) string {
	if name, ok := strings.CutSuffix(HostName(host), "."+localhost); ok {
		return name
	}
	return world.Default
}

// guarded refuses requests whose host is not answered. A page on the web could resolve its own name to this machine,
// and would be of the same origin to a browser.
func guarded(next http.Handler, answers func(name string) bool) http.Handler {
	foreign := refuse(Refuse(http.StatusMisdirectedRequest, "host-unknown", "Host is not of this machine",
		"The Host header names neither localhost nor a loopback address. A simulator started with --allow-host NAME "+
			"answers to that name too; on an address that is not loopback, to every name."))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if answers(HostName(r.Host)) {
			next.ServeHTTP(w, r)
			return
		}
		foreign.ServeHTTP(w, r)
	})
}
