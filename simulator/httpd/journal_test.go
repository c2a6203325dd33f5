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
	"github.com/nicsim/nicsim/simulator/journal"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/world"
)

// client records the number of exchanges in the journal at the time when it receives the body of the answer.
type client struct {
	*httptest.ResponseRecorder
	journal  *journal.Journal
	recorded int
}

func (c *client) Write(p []byte) (int, error) {
	c.recorded, _ = c.journal.Kept()
	return c.ResponseRecorder.Write(p)
}

// After a client has read an answer of any size, the journal has it once.
func TestExchangeIsInTheJournalBeforeItsAnswerArrives(t *testing.T) {
	t.Parallel()
	worlds := world.NewWorlds(world.Options{Populate: func(context.Context, *world.World) error { return nil }})
	handler := httpd.Listener{
		Worlds: worlds, RequestIDs: dice.New("journal").Stream("ids"), Log: slog.New(slog.DiscardHandler),
		Environment: nic.Sandbox, Routes: func(router *mux.Router) {
			httpd.Handle(router, http.MethodGet, "/large", func(*http.Request, *httpd.Call) (httpd.Reply, error) {
				return httpd.Reply{Raw: make([]byte, 1<<20), RawType: "text/plain"}, nil
			})
			httpd.Handle(router, http.MethodGet, "/refused", func(*http.Request, *httpd.Call) (httpd.Reply, error) {
				return httpd.Reply{}, httpd.Refuse(http.StatusNotFound, "not-found", "Not found", "There is none.")
			})
			httpd.Handle(router, http.MethodGet, "/json", func(*http.Request, *httpd.Call) (httpd.Reply, error) {
				return httpd.Reply{Body: map[string]int{"answer": 1}}, nil
			})
		},
	}.Handler()
	w, err := worlds.Get(t.Context(), world.Default)
	if err != nil {
		t.Fatal(err)
	}
	for i, path := range []string{"/large", "/json", "/refused"} {
		c := &client{ResponseRecorder: httptest.NewRecorder(), journal: w.Journal}
		handler.ServeHTTP(c, httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, http.NoBody))
		if c.recorded != i+1 {
			t.Errorf("%s: %d exchanges are in the journal when the answer arrives, want %d", path, c.recorded, i+1)
		}
		if all, _ := w.Journal.Kept(); all != i+1 {
			t.Errorf("%s: %d exchanges are in the journal, want %d", path, all, i+1)
		}
	}
}
