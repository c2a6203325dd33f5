package client_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/nicsim/nicsim/client"
)

// Names below localhost lead to this machine, and keep their name in the Host header.
func TestNamesBelowLocalhost(t *testing.T) {
	t.Parallel()
	var asked string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = r.Host
		w.WriteHeader(http.StatusNoContent)
	}))
	t.Cleanup(server.Close)
	own := &http.Client{Transport: client.NewTransport()}
	for _, name := range []string{"blue.localhost", "Blue.LOCALHOST", "a.blue.localhost", "blue.localhost."} {
		host := strings.Replace(strings.TrimPrefix(server.URL, "http://"), "127.0.0.1", name, 1)
		for _, o := range []client.Options{{}, {HTTP: &http.Client{}}, {HTTP: own}} {
			control, err := client.NewControl("http://"+host, o)
			if err != nil {
				t.Fatal(err)
			}
			if err := control.Reset(t.Context()); err != nil || asked != host {
				t.Errorf("%s was asked as %q: %v", host, asked, err)
			}
		}
	}
}

func TestNamesBelowLocalhostNeedNoProxy(t *testing.T) {
	t.Parallel()
	r := &http.Request{URL: &url.URL{Scheme: "http", Host: "blue.localhost:7001"}}
	if proxy, err := client.NewTransport().Proxy(r); proxy != nil || err != nil {
		t.Errorf("the proxy is %v, %v", proxy, err)
	}
}
