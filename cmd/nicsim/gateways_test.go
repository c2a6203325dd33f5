package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
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
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// gateways are targets that do not behave as NIC does.
var gateways = map[string]func(w http.ResponseWriter, r *http.Request){
	"nonsense": func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "hello") },
	"hangs":    func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() },
	"expired":  func(http.ResponseWriter, *http.Request) {},
}

// callsOfALife is how many calls the gateway that dies carries: enough for a login and a few scenarios.
const callsOfALife = 25

// gateway KIND [URL] starts a gateway and sets the variable API to its URL. KIND is a key of gateways, or dies: that
// one carries some calls to the URL, and is gone then; or echoes: that one carries logins, and refuses every other call
// in words that have the headers of the call; or tells, which refuses all calls so.
func gateway(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 || len(args) > 2 {
		ts.Fatalf("usage: gateway KIND [URL]")
	}
	var answer http.Handler = http.HandlerFunc(gateways[args[0]])
	var gone func()
	var carrier *httputil.ReverseProxy
	if len(args) == 2 {
		to, err := url.Parse(args[1])
		ts.Check(err)
		carrier = &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(to) }}
	}
	switch args[0] {
	case "echoes", "tells":
		answer = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if args[0] == "echoes" && strings.HasSuffix(r.URL.Path, "/auth") {
				carrier.ServeHTTP(w, r)
				return
			}
			_ = json.NewEncoder(w).Encode(map[string]any{"Status": 0, "ErrorDetails": []map[string]string{
				{"ErrorCode": "1005", "ErrorMessage": fmt.Sprint(r.Header)},
			}})
		})
	case "dies":
		var calls atomic.Int32
		answer = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if calls.Add(1) == callsOfALife {
				go gone() // it waits for this call
			}
			carrier.ServeHTTP(w, r)
		})
	}
	server := httptest.NewUnstartedServer(answer)
	server.Config.ErrorLog = log.New(io.Discard, "", 0) // of handshakes that fail on purpose
	gone = func() {
		_ = server.Listener.Close()
		server.CloseClientConnections()
	}
	if args[0] == "expired" {
		server.TLS = &tls.Config{Certificates: []tls.Certificate{expiredCertificate(ts)}}
		server.StartTLS()
	} else {
		server.Start()
	}
	ts.Defer(func() {
		server.CloseClientConnections()
		server.Close()
	})
	ts.Setenv("API", server.URL)
}

// expiredCertificate is a certificate for 127.0.0.1 that was valid until yesterday.
func expiredCertificate(ts *testscript.TestScript) tls.Certificate {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	ts.Check(err)
	of := &x509.Certificate{
		SerialNumber: big.NewInt(1), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		NotBefore: time.Now().AddDate(0, 0, -2), NotAfter: time.Now().AddDate(0, 0, -1),
	}
	der, err := x509.CreateCertificate(rand.Reader, of, of, key.Public(), key)
	ts.Check(err)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}
