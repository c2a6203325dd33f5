package main

import (
	"context"
	"crypto/aes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"time"

	"github.com/gorilla/mux"
)

// serveBare serves the smallest API of this kind on a free port of this machine. It prints its address as nicsim does
// and runs until the context ends.
func serveBare(ctx context.Context, out io.Writer) error {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	server := &http.Server{Handler: bareHandler(), ReadHeaderTimeout: 5 * time.Second}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	if err := json.NewEncoder(out).Encode(map[string]string{"bare": "http://" + listener.Addr().String()}); err != nil {
		return errors.Join(err, server.Close())
	}
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	return server.Shutdown(context.WithoutCancel(ctx))
}

// bareHandler answers GET /read/{bytes}/{irn} with a document of that many bytes, sealed in the envelope of the API.
func bareHandler() http.Handler {
	routes := mux.NewRouter()
	block, err := aes.NewCipher(make([]byte, 32))
	routes.HandleFunc("/read/{bytes}/{irn}", func(w http.ResponseWriter, r *http.Request) {
		size, bad := strconv.Atoi(mux.Vars(r)["bytes"])
		if err := errors.Join(err, bad); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		body, err := json.Marshal(struct {
			Status                 int
			Data                   string
			ErrorDetails, InfoDtls any
		}{Status: 1, Data: seal(block, make([]byte, size))})
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		_, _ = w.Write(body) // it fails if the caller has gone
	}).Methods(http.MethodGet)
	return routes
}

// fairRead is a read of the bare handler with the headers of a read of nicsim, and with an answer of the same size.
func fairRead(ctx context.Context, bareURL string, like *http.Request, answer []byte) (request, error) {
	var envelope struct{ Data string }
	if err := json.Unmarshal(answer, &envelope); err != nil {
		return request{}, err
	}
	sealed := len(envelope.Data) / 4 * 3
	r := like.Clone(ctx)
	var err error
	if r.URL, err = r.URL.Parse(fmt.Sprintf("%s/read/%d/irn", bareURL, sealed-aes.BlockSize)); err != nil {
		return request{}, err
	}
	return newRequest(r, `{"Status":1,`)
}
