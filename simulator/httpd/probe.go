package httpd

import (
	"net/http"
	"strings"
)

// probed answers GET /healthz and GET /readyz, which load balancers and container platforms ask: under every host
// name, without a token, and without a world.
func (l Listener) probed(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var probe Worldless
		switch strings.TrimPrefix(r.URL.Path, "/control/v1") {
		case "/healthz":
			probe = healthy
		case "/readyz":
			probe = l.ready
		default:
			next.ServeHTTP(w, r)
			return
		}
		CallOf(r.Context()).route = "probe"
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			probe = Worldless(refuse(WrongMethod(r, http.MethodGet, http.MethodHead)))
		}
		probe.ServeHTTP(w, r)
	})
}

func healthy(*http.Request, *Call) (Reply, error) {
	return Reply{Body: map[string]string{"status": "alive"}}, nil
}

func (l Listener) ready(r *http.Request, _ *Call) (Reply, error) {
	if l.Ready != nil {
		if err := l.Ready(r.Context()); err != nil {
			return Reply{}, Refuse(http.StatusServiceUnavailable, "not-ready", "Not ready", err.Error())
		}
	}
	return Reply{Body: map[string]string{"status": "ready"}}, nil
}
