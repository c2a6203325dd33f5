package simulator

import (
	"bufio"
	"bytes"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// pipes is a listener in memory, so that its connections use the time of a synctest bubble.
type pipes struct {
	dialled chan net.Conn
	closed  chan struct{}
	once    sync.Once
}

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.dialled:
		return c, nil
	case <-p.closed:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error {
	p.once.Do(func() { close(p.closed) })
	return nil
}

func (p *pipes) Addr() net.Addr { return &net.TCPAddr{} }

func (p *pipes) dial() net.Conn {
	client, server := net.Pipe()
	p.dialled <- server
	return client
}

const validate = "POST /portal/v1/registrations HTTP/1.1\r\nHost: localhost\r\nContent-Type: " +
	"application/json\r\nContent-Length: 40\r\n"

// A client that sends too slowly is disconnected at the limits of start.go, and the server goes on. The
// time is that of a synctest bubble, so the test does not wait.
func TestSlowClients(t *testing.T) {
	for _, c := range []struct {
		name   string
		send   string
		stays  bool // the client does not read the answer
		after  time.Duration
		answer string // the beginning of the answer; empty for no answer
	}{
		{"sends nothing", "", false, headerTimeout, ""},
		{"sends half a line", "POST /port", false, headerTimeout, "HTTP/1.1 400 Bad Request"},
		{"sends half the headers", validate, false, headerTimeout, ""},
		{"sends no body", validate + "\r\n", false, readTimeout, "HTTP/1.1 400 Bad Request"},
		{"sends half a body", validate + "\r\n" + `{"category":`, false, readTimeout, "HTTP/1.1 400 Bad Request"},
		{"sends half a chunk", strings.Replace(validate, "Content-Length: 40", "Transfer-Encoding: chunked", 1) +
			"\r\n10\r\n{\"cat", false, readTimeout, "HTTP/1.1 400 Bad Request"},
		{"asks, and then nothing more", "GET /portal/v1/providers HTTP/1.1\r\nHost: localhost\r\n\r\n", false, idleTimeout,
			"HTTP/1.1 200 OK"},
		{"does not read", "GET /portal/v1/providers HTTP/1.1\r\nHost: localhost\r\n\r\n", true, writeTimeout, ""},
		{"sends endless headers", "GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: " + strings.Repeat("x", 2*maxHeader), false,
			500 * time.Millisecond, "HTTP/1.1 431"},
		{"speaks something else", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", false, 0,
			"HTTP/1.1 400 Bad Request"},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var log bytes.Buffer
				l, run := serveInMemory(t, &log)
				conn := l.dial()
				began := time.Now()
				go func() { _, _ = io.WriteString(conn, c.send) }() // ends when the connection does
				if c.stays {
					synctest.Wait()
					<-time.After(writeTimeout + time.Second) // of the bubble
				}
				got, err := io.ReadAll(conn)
				if err != nil || !strings.HasPrefix(string(got), c.answer) || c.answer == "" && len(got) > 0 {
					t.Errorf("came back: %q, %v", got, err)
				}
				if took := time.Since(began); !c.stays && took != c.after {
					t.Errorf("cut off after %s; want %s", took, c.after)
				}
				conn.Close()
				if err := run.Close(t.Context()); err != nil {
					t.Errorf("closing: %v", err)
				}
				if log.Len() > 0 {
					t.Errorf("logged %s", log.String())
				}
			})
		})
	}
}

func serveInMemory(t *testing.T, log io.Writer) (*pipes, *Running) {
	t.Helper()
	sim, err := New(Options{Seed: "slow", Log: slog.New(slog.NewTextHandler(log, nil))})
	if err != nil {
		t.Fatal(err)
	}
	l := &pipes{dialled: make(chan net.Conn), closed: make(chan struct{})}
	run := &Running{log: sim.log, failed: make(chan error, 1), stopping: make(chan struct{})}
	run.serve(newLimited(l, 100), sim.Sandbox)
	return l, run
}

// After a client that hangs up in the middle of a request, the next one is served.
func TestHangingUp(t *testing.T) {
	var log bytes.Buffer
	sim, err := New(Options{Seed: "hang", Log: slog.New(slog.NewTextHandler(&log, nil))})
	if err != nil {
		t.Fatal(err)
	}
	run, err := sim.Start(t.Context(), Addresses{})
	if err != nil {
		t.Fatal(err)
	}
	address := strings.TrimPrefix(run.URLs.Sandbox, "http://")
	for _, said := range []string{"", "POST", validate, validate + "\r\n", validate + "\r\n" + `{"category":"TAXPAYER"`} {
		conn, err := net.Dial("tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(conn, said); err != nil {
			t.Fatal(err)
		}
		conn.Close()
	}
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := io.WriteString(conn, validate+"\r\n"+`{"category":"TAXPAYER"`); err != nil {
		t.Fatal(err)
	}
	if err := conn.(*net.TCPConn).CloseWrite(); err != nil { // the client sends nothing more
		t.Fatal(err)
	}
	resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, _ := io.ReadAll(resp.Body)
	if resp.StatusCode != http.StatusBadRequest || !bytes.Contains(body, []byte(`"code":"malformed-request"`)) {
		t.Errorf("answered %s %s", resp.Status, body)
	}
	if err := run.Close(t.Context()); err != nil {
		t.Error(err)
	}
	if log.Len() > 0 {
		t.Errorf("logged %s", log.String())
	}
}
