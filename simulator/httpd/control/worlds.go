package control

import (
	"net/http"

	"github.com/nicsim/nicsim/simulator/admin"
	"github.com/nicsim/nicsim/simulator/httpd"
)

func healthy(*http.Request, *httpd.Call) (httpd.Reply, error) {
	return httpd.Reply{Body: map[string]string{"status": "alive"}}, nil
}

func (a API) ready(*http.Request, *httpd.Call) (httpd.Reply, error) {
	if !a.Ready() {
		return httpd.Reply{}, &httpd.Fail{
			Status: http.StatusServiceUnavailable, Code: "not-ready", Title: "Not ready",
			Detail: "The listeners are not all open.",
		}
	}
	return httpd.Reply{Body: map[string]string{"status": "ready"}}, nil
}

func (a API) reset(r *http.Request, call *httpd.Call) (httpd.Reply, error) {
	if err := httpd.NoBody(r, call); err != nil {
		return httpd.Reply{}, err
	}
	return httpd.Reply{Status: http.StatusNoContent}, admin.Reset(r.Context(), a.Worlds, call.World.Name)
}

func (a API) listWorlds(*http.Request, *httpd.Call) (httpd.Reply, error) {
	return httpd.Reply{Body: map[string][]admin.World{"worlds": admin.Worlds(a.Worlds)}}, nil
}

func (a API) deleteWorld(r *http.Request, _ *httpd.Call) (httpd.Reply, error) {
	return httpd.Reply{Status: http.StatusNoContent}, admin.EndWorld(a.Worlds, httpd.Var(r, "world"))
}
