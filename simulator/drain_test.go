package simulator

import (
	"bufio"
	"context"
	"crypto/tls"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// soon is less than the time after which net/http closes a silent connection at a shutdown.
const soon = 4 * time.Second

// Close closes connections without a request at once, and lets a request under way end.
func TestCloseDoesNotWaitForSilentClients(t *testing.T) {
	certified := httptest.NewTLSServer(nil)
	certified.Close()
	for name, secure := range map[string]*tls.Config{"plain": nil, "TLS": certified.TLS} {
		t.Run(name, func(t *testing.T) {
			run, err := quiet(t, "drain").Start(t.Context(), Addresses{TLS: secure})
			if err != nil {
				t.Fatal(err)
			}
			scheme, address, _ := strings.Cut(run.URLs.Sandbox, "://")
			if scheme != map[bool]string{true: "http", false: "https"}[secure == nil] {
				t.Fatalf("the URL is %s", run.URLs.Sandbox)
			}
			dial := func() net.Conn {
				t.Helper()
				c, err := net.Dial("tcp", address)
				if err != nil {
					t.Fatal(err)
				}
				t.Cleanup(func() { c.Close() })
				if secure != nil {
					c = tls.Client(c, &tls.Config{InsecureSkipVerify: true})
				}
				return c
			}
			ask := func(c net.Conn, text string) *bufio.Reader {
				t.Helper()
				if _, err := io.WriteString(c, text); err != nil {
					t.Fatal(err)
				}
				return bufio.NewReader(c)
			}
			waiting := []net.Conn{dial(), dial(), dial()} // the first is silent, and without a handshake
			ask(waiting[1], "GET /login HTTP/1.1\r\nHost: loc")
			idle := ask(waiting[2], "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
			if w, err := http.ReadResponse(idle, nil); err != nil || w.StatusCode != 200 { //nolint:bodyclose // closed below
				t.Fatalf("the idle connection: %v, %v", w, err)
			}
			underway := dial() // until its body is whole
			answer := ask(underway, "POST /portal/v1/login HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n"+
				"Content-Type: application/json\r\nContent-Length: 2\r\n\r\n")
			if line, err := answer.ReadString('\n'); err != nil || !strings.Contains(line, "100 Continue") {
				t.Fatalf("the request under way: %q, %v", line, err)
			}
			_, _ = answer.ReadString('\n')

			ctx, cancel := context.WithTimeout(t.Context(), soon)
			defer cancel()
			closed := make(chan error)
			go func() { closed <- run.Close(ctx) }()
			for i, c := range waiting {
				_ = c.SetReadDeadline(time.Now().Add(soon))
				if _, err := io.Copy(io.Discard, c); err != nil && !strings.Contains(err.Error(), "reset") && secure == nil {
					t.Errorf("connection %d stays open: %v", i, err)
				}
			}
			ask(underway, "{}")
			w, err := http.ReadResponse(answer, nil) //nolint:bodyclose // the connection is closed
			if err != nil || w.StatusCode != http.StatusBadRequest && w.StatusCode != http.StatusUnprocessableEntity {
				t.Errorf("the request under way is answered %v, %v", w, err)
			}
			if err := <-closed; err != nil {
				t.Errorf("Close: %v", err)
			}
		})
	}
}
