package httpd_test

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/gorilla/mux"

	"github.com/nicsim/nicsim/simulator/dice"
	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/world"
)

// An action gets the name of its route and the variables of the path.
func TestCallKnowsItsRoute(t *testing.T) {
	t.Parallel()
	got := map[string]string{}
	note := func(r *http.Request, call *httpd.Call) (httpd.Reply, error) {
		got[call.Route] = httpd.Var(r, "id")
		return httpd.Reply{}, nil
	}
	empty := func(context.Context, *world.World) error { return nil }
	listener := httpd.Listener{
		Worlds: world.NewWorlds(world.Options{Populate: empty}), RequestIDs: dice.New("route").Stream("ids"),
		Log: slog.New(slog.DiscardHandler), Routes: func(router *mux.Router) {
			httpd.Route{Name: "read", Method: http.MethodGet, Path: "/things/{id}"}.Handle(router, note)
			httpd.Route{Name: "write", Method: http.MethodPut, Path: "/things/{id}"}.Handle(router, note)
			httpd.Handle(router, http.MethodDelete, "/things/{id}", note)
		},
	}
	handler := listener.Handler()
	for i, method := range []string{http.MethodGet, http.MethodPut, http.MethodDelete} {
		r := httptest.NewRequestWithContext(t.Context(), method, "/things/"+string(rune('1'+i)), http.NoBody)
		handler.ServeHTTP(httptest.NewRecorder(), r)
	}
	if len(got) != 3 || got["read"] != "1" || got["write"] != "2" || got[""] != "3" {
		t.Errorf("the routes were %v", got)
	}
}
