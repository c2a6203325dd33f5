package steps_test

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/nicsim/nicsim/simulator"
	"github.com/nicsim/nicsim/simulator/simtest"
	"github.com/nicsim/nicsim/steps"
	"github.com/nicsim/nicsim/steps/target"
)

// A few scenarios that log in, register, read and cancel.
const someTags = "@API-cancel,@API-read,@API-rule-total,@API-auth-unusual"

// proxy is a reverse proxy for a base URL.
func proxy(t *testing.T, base string, change func(*httputil.ProxyRequest)) *httputil.ReverseProxy {
	t.Helper()
	to, err := url.Parse(base)
	if err != nil {
		t.Fatal(err)
	}
	return &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
		r.SetURL(to)
		if change != nil {
			change(r)
		}
	}}
}

// at returns a target at a URL, with an API user that no call will let in.
func at(t *testing.T, api string) target.Target {
	t.Helper()
	a := account(t, simtest.Start(t, simulator.Options{}), "29ABCCD1234E1Z1")
	a.Sandbox.API = api
	return a
}

// A target that answers, but not as NIC does, has failed.
func TestTargetsThatAnswerOtherwise(t *testing.T) {
	stranger := serve(t, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		t.Errorf("a redirect was followed: %s", r.URL.Path)
	}))
	for name, answer := range map[string]http.HandlerFunc{
		"nonsense":   func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "hello") },
		"other JSON": func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, `{"Status":1,"Data":{}}`) },
		"redirects":  func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, stranger, http.StatusFound) },
		"an error":   func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusInternalServerError) },
	} {
		t.Run(name, func(t *testing.T) {
			target := at(t, serve(t, answer))
			target.Parties = map[string]string{"sameState": "29ABCPD1234E2Z9", "otherState": "36ABCCE4321F1Z1"}
			result, err := steps.Run(t.Context(), steps.Options{Target: target, Tags: someTags})
			if err != nil {
				t.Fatal(err)
			}
			if failed := result.Count(steps.Fail); failed == 0 || failed != len(result.Performed()) {
				t.Errorf("the result is %s", result)
			}
		})
	}
}

// unreachable runs a few scenarios at a target that cannot be reached.
func unreachable(t *testing.T, o steps.Options) steps.Result {
	t.Helper()
	o.Tags = someTags
	result, err := steps.Run(t.Context(), o)
	if _, ok := errors.AsType[*steps.UnreachableError](err); !ok {
		t.Fatalf("the error is %v", err)
	}
	if n := result.Count(steps.Error); n != 1 {
		t.Errorf("%d scenarios have an error: %s", n, result)
	}
	return result
}

func TestTargetThatHangs(t *testing.T) {
	ended := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		select {
		case <-ended:
		case <-r.Context().Done():
		}
	}))
	defer server.Close()
	defer close(ended)
	unreachable(t, steps.Options{Target: at(t, server.URL), Patience: 50 * time.Millisecond})
}

func TestTargetThatDropsConnections(t *testing.T) {
	unreachable(t, steps.Options{Target: at(t, serve(t, http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		panic(http.ErrAbortHandler)
	})))})
}

func TestTargetWithAnExpiredCertificate(t *testing.T) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	of := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "gateway"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		NotBefore: time.Now().Add(-48 * time.Hour), NotAfter: time.Now().Add(-24 * time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature,
	}
	der, err := x509.CreateCertificate(rand.Reader, of, of, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewUnstartedServer(portal())
	server.Config.ErrorLog = quiet()
	server.TLS = &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}}
	server.StartTLS()
	t.Cleanup(server.Close)
	trusted, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(trusted)
	carrier := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool}}
	t.Cleanup(carrier.CloseIdleConnections)
	result := unreachable(t, steps.Options{Target: at(t, server.URL), Transport: carrier})
	if !strings.Contains(result.Stopped, "expired") {
		t.Errorf("the run ended because %s", result.Stopped)
	}
}

// A target that is gone in the middle of a run is one error. What was found before is kept.
func TestTargetThatDies(t *testing.T) {
	sim := simtest.Start(t, simulator.Options{})
	target := account(t, sim, "29ABCCD1234E1Z1")
	ctx, die := context.WithCancel(t.Context())
	defer die()
	living := proxy(t, sim.Sandbox, nil)
	var calls atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if calls.Add(1) == 25 {
			die()
		}
		living.ServeHTTP(w, r)
	}))
	context.AfterFunc(ctx, func() {
		server.Listener.Close() //nolint:errcheck // it is meant to be gone
		server.CloseClientConnections()
	})
	t.Cleanup(server.Close)
	target.Sandbox.API = server.URL
	result := unreachable(t, steps.Options{Target: target, Concurrency: 2})
	if result.Count(steps.Pass) == 0 || result.Count(steps.Fail) > 0 || len(result.NotPerformed(steps.RunEnded)) == 0 {
		t.Errorf("the result is %s", result)
	}
}

// quiet discards the server's log, which is about handshakes that fail on purpose.
func quiet() *log.Logger { return log.New(io.Discard, "", 0) }
