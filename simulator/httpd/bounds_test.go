package httpd_test

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/gorilla/mux"

	"github.com/nicsim/nicsim/simulator/dice"
	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/store"
	"github.com/nicsim/nicsim/simulator/world"
)

// A refusal for a bound, which clients can cause as often as they want, is logged once and is not an error of the
// simulator. The exception is a full disk, which the operator has to look at.
func TestBoundsAreLoggedOnce(t *testing.T) {
	for path, want := range map[string]string{
		"/w/one/records": "WARN records-full", "/w/one/disk": "ERROR disk-full", "/w/two/": "WARN too-many-worlds",
	} {
		t.Run(path, func(t *testing.T) {
			log := &safeBuffer{}
			listener := httpd.Listener{
				Worlds: world.NewWorlds(world.Options{
					Max: 1, Populate: func(context.Context, *world.World) error { return nil }}),
				RequestIDs: dice.New("s").Stream("request-id"), Log: slog.New(slog.NewTextHandler(log, nil)),
				Routes: func(router *mux.Router) {
					on := func(path string, err error) {
						httpd.Handle(router, http.MethodPost, path,
							func(*http.Request, *httpd.Call) (httpd.Reply, error) { return httpd.Reply{Body: object{}}, err })
					}
					on("/", nil)
					on("/records", fmt.Errorf("keeping it: %w", store.ErrTooMuch))
					on("/disk", fmt.Errorf("keeping it: %w", store.ErrFull))
				},
			}
			server := httptest.NewServer(listener.Handler())
			defer server.Close()
			v := &visitor{t: t, client: server.Client()}
			v.asks("POST", server.URL+"/w/one/", nil, 200)
			for range 3 {
				if a := v.ask("POST", server.URL+path, nil); a.status < 500 || a.status == 500 {
					t.Fatalf("answered %d %s", a.status, a.body)
				}
			}
			level, code, _ := strings.Cut(want, " ")
			said := log.String()
			if strings.Count(said, "level=") != 1 || !strings.Contains(said, "level="+level+" ") ||
				!strings.Contains(said, "code="+code+" ") {
				t.Errorf("logged %s", said)
			}
		})
	}
}
