package control

import (
	"errors"
	"net/http"

	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/worldfile"
)

// readWorld answers with the world as an entry of a world file.
func (a API) readWorld(r *http.Request, call *httpd.Call) (httpd.Reply, error) {
	entry, err := worldfile.Entry(r.Context(), call.World, a.Worlds.Settings())
	return httpd.Reply{Body: entry}, err
}

// putWorld makes the world from an entry of a world file, and answers with the world that was made.
func (a API) putWorld(r *http.Request, call *httpd.Call) (httpd.Reply, error) {
	body, err := httpd.JSONBody(r, call, worldfile.MaxBytes)
	if err != nil {
		return httpd.Reply{}, err
	}
	entry, err := worldfile.ReadWorld(body, call.World.Name)
	if wrong, ok := errors.AsType[*worldfile.Error](err); ok {
		return httpd.Reply{}, worldfile.Refusal(wrong)
	}
	if err != nil {
		return httpd.Reply{}, err
	}
	from, err := entry.Origin(a.Worlds.Settings())
	if err != nil {
		return httpd.Reply{}, err
	}
	made, err := a.Worlds.Remake(r.Context(), call.World.Name, from)
	if err != nil {
		return httpd.Reply{}, err
	}
	call.World = made
	return a.readWorld(r, call)
}
