// Command bare is the least that a program of nicsim's kind does: a gorilla/mux route that decodes a
// small JSON body and answers in JSON, and one that answers a page. The bench measures nicsim next to it.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/gorilla/mux"
)

func main() {
	if err := serve(); err != nil {
		fmt.Fprintln(os.Stderr, "bare:", err)
		os.Exit(1)
	}
}

// serve answers on a free port, which it writes to standard output as nicsim does, until it is
// told to stop.
func serve() error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	routes := mux.NewRouter()
	routes.HandleFunc("/registrations", register).Methods(http.MethodPost)
	routes.HandleFunc("/page", page).Methods(http.MethodGet)
	server := &http.Server{Handler: routes, ReadHeaderTimeout: 5 * time.Second}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()

	urls := map[string]string{"bare": "http://" + listener.Addr().String()}
	if err := json.NewEncoder(os.Stdout).Encode(urls); err != nil {
		return errors.Join(err, server.Close())
	}
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	return server.Shutdown(context.WithoutCancel(ctx))
}

// ready is a web page of about 5 KB.
var ready = []byte("<!doctype html>\n" + strings.Repeat("<p>A line of text, as there are many on a page.</p>\n", 96))

func page(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	// The caller has gone when this fails.
	_, _ = w.Write(ready)
}

type registration struct {
	Category string `json:"category"`
	GSTIN    string `json:"gstin"`
	Mobile   string `json:"mobile"`
	Email    string `json:"email"`
}

func register(w http.ResponseWriter, r *http.Request) {
	var asked registration
	if err := json.NewDecoder(r.Body).Decode(&asked); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	// The caller has gone when this fails.
	_ = json.NewEncoder(w).Encode(map[string]string{"state": "VALIDATED", "gstin": asked.GSTIN})
}
