package control

import (
	"errors"
	"net/http"
	"time"

	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/world"
)

func (a API) reset(r *http.Request, call *httpd.Call) (httpd.Reply, error) {
	if err := httpd.NoBody(r, call); err != nil {
		return httpd.Reply{}, err
	}
	err := a.Worlds.Reset(r.Context(), call.World.Name)
	return httpd.Reply{Status: http.StatusNoContent}, err
}

type worldDoc struct {
	Name       string    `json:"name"`
	CreatedAt  time.Time `json:"createdAt"` // both by the wall clock
	LastUsedAt time.Time `json:"lastUsedAt"`
}

type worldsDoc struct {
	Worlds []worldDoc `json:"worlds"`
}

func (a API) listWorlds(*http.Request, *httpd.Call) (httpd.Reply, error) {
	doc := worldsDoc{Worlds: []worldDoc{}}
	for _, w := range a.Worlds.All() {
		doc.Worlds = append(doc.Worlds, worldDoc{w.Name, w.CreatedAt.In(nic.IST), w.LastUsedAt().In(nic.IST)})
	}
	return httpd.Reply{Body: doc}, nil
}

func (a API) deleteWorld(r *http.Request, _ *httpd.Call) (httpd.Reply, error) {
	err := a.Worlds.Delete(httpd.Var(r, "world"))
	if errors.Is(err, world.ErrNotFound) {
		return httpd.Reply{}, notFound("world of this name")
	}
	return httpd.Reply{Status: http.StatusNoContent}, err
}
