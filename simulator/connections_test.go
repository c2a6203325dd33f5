package simulator_test

import (
	"bufio"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/nicsim/nicsim/simulator"
)

// A listener serves as many connections as it may have open; the next one waits until another is closed.
func TestConnectionsAreBounded(t *testing.T) {
	sim, err := simulator.New(simulator.Options{Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	running, err := sim.Start(t.Context(), simulator.Addresses{MaxConnections: 1})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = running.Close(t.Context()) }()
	address := strings.TrimPrefix(running.URLs.Sandbox, "http://")
	dial := func() (net.Conn, *bufio.Reader) {
		c, err := new(net.Dialer).DialContext(t.Context(), "tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = c.Close() })
		return c, bufio.NewReader(c)
	}
	ask := func(c net.Conn) {
		if _, err := io.WriteString(c, "GET /eivital/v1.04/heartbeat/ping HTTP/1.1\r\nHost: x\r\n\r\n"); err != nil {
			t.Fatal(err)
		}
	}
	answered := func(r *bufio.Reader) error {
		a, err := http.ReadResponse(r, nil)
		if err == nil {
			_, err = io.Copy(io.Discard, a.Body)
			_ = a.Body.Close()
		}
		return err
	}
	first, firstReader := dial()
	ask(first)
	if err := answered(firstReader); err != nil {
		t.Fatal(err)
	}
	second, secondReader := dial()
	ask(second)
	ask(first)
	if err := answered(firstReader); err != nil {
		t.Fatal(err)
	}
	_ = second.SetReadDeadline(time.Now().Add(50 * time.Millisecond))
	if _, err := secondReader.Peek(1); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("the second connection is served beside the first: %v", err)
	}
	_ = first.Close()
	_ = second.SetReadDeadline(time.Now().Add(10 * time.Second))
	if err := answered(secondReader); err != nil {
		t.Errorf("the second connection after the first: %v", err)
	}
}
