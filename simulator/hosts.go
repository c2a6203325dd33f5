package simulator

import (
	"fmt"
	"net"
	"net/url"
	"regexp"
	"strings"

	"github.com/nicsim/nicsim/simulator/httpd"
)

// HostError is the error of Start for an entry of Addresses.AllowHosts that cannot be the name in a Host header.
type HostError struct{ Name string }

func (e *HostError) Error() string {
	return fmt.Sprintf("%q is not a host name or an IP address, without a port", e.Name)
}

// hostName matches the names and IPv4 addresses of Host headers, of any length.
var hostName = regexp.MustCompile(`^[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_.])?$`)

// longestHost is the length of the longest name of a host, in bytes.
const longestHost = 253

// answers returns the check of the names to which a listener on an address answers. On a loopback address, a web page
// whose name resolves to this machine could reach it through a browser; on another, every name may be right.
func (a Addresses) answers(address string) (func(name string) bool, error) {
	allowed := map[string]bool{}
	for _, name := range a.AllowHosts {
		if (len(name) > longestHost || !hostName.MatchString(name)) && net.ParseIP(strings.Trim(name, "[]")) == nil {
			return nil, fmt.Errorf("AllowHosts: %w", &HostError{name})
		}
		allowed[httpd.HostName(name)] = true
	}
	for _, base := range a.Public {
		if at, err := url.Parse(base); err == nil {
			allowed[httpd.HostName(at.Host)] = true
		}
	}
	remote := !IsLoopback(address)
	return func(name string) bool { return remote || httpd.IsLocal(name) || allowed[name] }, nil
}
