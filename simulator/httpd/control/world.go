package control

import (
	"errors"
	"net/http"

	"github.com/nicsim/nicsim/simulator/admin"
	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/worldfile"
)

// withState reports whether a call is about the world with its state.
func withState(r *http.Request) (bool, error) {
	query := r.URL.Query()
	if query.Has("with") && query.Get("with") != "state" {
		return false, admin.Refuse(admin.Violation{Field: "with", Code: "value-invalid", Message: "must be state"})
	}
	return query.Has("with"), nil
}

// readWorld answers with the world as an entry of a world file.
func (a API) readWorld(r *http.Request, call *httpd.Call) (httpd.Reply, error) {
	with, err := withState(r)
	if err != nil {
		return httpd.Reply{}, err
	}
	var entry worldfile.World
	if with {
		entry, err = worldfile.EntryWithState(r.Context(), call.World)
	} else {
		entry, err = worldfile.Entry(r.Context(), call.World, a.Worlds.Settings())
	}
	return httpd.Reply{Body: entry}, err
}

// largeDocument is the length of the longest document that is read beside others, in bytes.
const largeDocument = 256 << 10

// putWorld makes the world from an entry of a world file, and answers with the world that was made.
func (a API) putWorld(r *http.Request, call *httpd.Call) (httpd.Reply, error) {
	if _, err := withState(r); err != nil {
		return httpd.Reply{}, err
	}
	body, err := httpd.JSONBody(r, call, worldfile.MaxBytes)
	if err != nil {
		return httpd.Reply{}, err
	}
	if len(body) > largeDocument {
		giveBack, err := a.documents.take(r.Context())
		if err != nil {
			return httpd.Reply{}, err
		}
		defer giveBack()
	}
	entry, err := worldfile.ReadWorld(body, call.World.Name)
	if wrong, ok := errors.AsType[*worldfile.Error](err); ok {
		return httpd.Reply{}, worldfile.Refusal(wrong)
	}
	if err != nil {
		return httpd.Reply{}, err
	}
	if call.World, err = entry.Make(r.Context(), a.Worlds); err != nil {
		return httpd.Reply{}, err
	}
	return a.readWorld(r, call)
}
