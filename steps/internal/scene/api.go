package scene

import (
	"net/http"
	"strings"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/steps/target"
)

// API is the base URL of the e-Invoice API of a portal in the scenario's world.
func (s *Scene) API(listener string) string { return InWorld(s.At(listener).API, s.World) }

// APIOptions are the client options for the e-Invoice API: everything is recorded, as the target gets it.
func (s *Scene) APIOptions(listener string) client.Options {
	o := s.HTTP(listener)
	if s.Target.Face != "" {
		o.HTTP.Transport = s.through(listener, o.HTTP.Transport)
		return o
	}
	o.HTTP.Transport = Gateway(s.API(listener), s.At(listener), o.HTTP.Transport)
	return o
}

// ExchangeAPI sends a request to the e-Invoice API of a portal and reads the whole answer.
func (s *Scene) ExchangeAPI(listener string, request *http.Request) (Exchange, error) {
	return exchange(s.APIOptions(listener).HTTP.Transport, request)
}

// Gateway returns a transport that writes the calls below a base URL as an environment has them: with its paths in the
// place of NIC's, and with its headers.
func Gateway(base string, e *target.Environment, carrier http.RoundTripper) http.RoundTripper {
	if len(e.Paths)+len(e.Headers) == 0 {
		return carrier
	}
	return gateway{base, e, carrier}
}

type gateway struct {
	base    string
	at      *target.Environment
	carrier http.RoundTripper
}

// RoundTrip makes the call.
func (g gateway) RoundTrip(request *http.Request) (*http.Response, error) {
	out := request.Clone(request.Context())
	for name, value := range g.at.Headers {
		out.Header[name] = []string{value}
	}
	where := strings.TrimSuffix(request.URL.String(), request.URL.RequestURI())
	if below, ok := strings.CutPrefix(where+request.URL.Path, g.base); ok {
		out.URL.Path = strings.TrimPrefix(g.base, where) + g.rewritten(below)
		out.URL.RawPath = ""
	}
	return g.carrier.RoundTrip(out)
}

// rewritten is a path with the longest beginning that the environment has another for replaced.
func (g gateway) rewritten(path string) string {
	longest := ""
	for begin := range g.at.Paths {
		rest, ok := strings.CutPrefix(path, begin)
		if ok && (rest == "" || rest[0] == '/' || strings.HasSuffix(begin, "/")) && len(begin) > len(longest) {
			longest = begin
		}
	}
	if longest == "" {
		return path
	}
	return g.at.Paths[longest] + strings.TrimPrefix(path, longest)
}
