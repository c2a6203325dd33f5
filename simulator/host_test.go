package simulator

import (
	"bufio"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"testing"
)

// hostStatus is the status of an answer to a request with that Host header.
func hostStatus(t *testing.T, base, host string) int {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, base+"/", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Host = host
	w, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Body.Close()
	return w.StatusCode
}

// The control listener refuses foreign host names: a page on the web could resolve its own name to this machine, and
// read OTPs. The portals answer to every name.
func TestHostsOfTheListeners(t *testing.T) {
	for _, c := range []struct {
		host                     string
		local, allowed, anywhere bool // whether control answers: by default, with allowed names, on any address
	}{
		{"localhost", true, true, true},
		{"LOCALHOST:7000", true, true, true},
		{"localhost.:7000", true, true, true},
		{"nicsim.localhost:7000", true, true, true},
		{"127.0.0.1:7000", true, true, true},
		{"127.8.8.8", true, true, true},
		{"[::1]:7000", true, true, true},
		{"[::1]", true, true, true},
		{"team.example", false, true, true},
		{"Team.Example:7000", false, true, true},
		{"team.example.", false, true, true},
		{"192.0.2.7:7000", false, true, true},
		{"[2001:db8::1]:7000", false, true, true},
		{"www.team.example", false, false, true},
		{"team.example.evil.example", false, false, true},
		{"evil.example", false, false, true},
		{"evil.example:7000", false, false, true},
		{"localhost.evil.example", false, false, true},
		{"10.0.0.1", false, false, true},
		{"[2001:db8::2]:7000", false, false, true},
		{"127.0.0.1.evil.example", false, false, true},
		{"einv-apisandbox.nic.in", false, false, true},
	} {
		t.Run(c.host, func(t *testing.T) {
			for _, a := range []struct {
				Addresses
				answers bool
			}{
				{Addresses{}, c.local},
				{Addresses{AllowHosts: []string{"TEAM.example", "192.0.2.7", "2001:DB8::1"}}, c.allowed},
				// The check follows the address of control, not those of the portals.
				{Addresses{AllowRemote: true, Sandbox: "0.0.0.0:0", Production: "0.0.0.0:0"}, c.local},
				{Addresses{AllowRemote: true, AllowOpenControl: true, Control: "0.0.0.0:0"}, c.anywhere},
			} {
				run, err := quiet(t, "host").Start(t.Context(), a.Addresses)
				if err != nil {
					t.Fatal(err)
				}
				for _, base := range []string{run.URLs.Sandbox, run.URLs.Production, run.URLs.GSP} {
					if got := hostStatus(t, base, c.host); got != http.StatusOK {
						t.Errorf("%+v: a portal answers %d", a.Addresses, got)
					}
				}
				want := http.StatusMisdirectedRequest
				if a.answers {
					want = http.StatusOK
				}
				if got := hostStatus(t, run.URLs.Control, c.host); got != want {
					t.Errorf("%+v: control answers %d, want %d", a.Addresses, got, want)
				}
				if err := run.Close(t.Context()); err != nil {
					t.Error(err)
				}
			}
		})
	}
}

func TestStartRefusesHosts(t *testing.T) {
	for _, name := range []string{"", " ", "http://team.example", "team.example:7000", "team.example/", "*", "*.example",
		"[::1]:7000", "a b", strings.Repeat("x", 300)} {
		run, err := quiet(t, "host").Start(t.Context(), Addresses{AllowHosts: []string{"good.example", name}})
		var refused *HostError
		if run != nil || !errors.As(err, &refused) || refused.Name != name {
			t.Errorf("%q is answered with %v", name, err)
		}
	}
}

// A client with a forward proxy sends the whole address in the request line.
func TestRequestLinesOfProxies(t *testing.T) {
	run := running(t, Options{Seed: "proxy", Log: slog.New(slog.DiscardHandler)})
	const ping = "/eivital/v1.04/heartbeat/ping"
	for _, c := range []struct {
		base, line, host string
		status           int
		body             string // part of it
	}{
		{run.URLs.Sandbox, "GET http://einv-apisandbox.nic.in" + ping, "einv-apisandbox.nic.in", 200, ""},
		{run.URLs.Sandbox, "GET http://einv-apisandbox.nic.in:8080" + ping, "einv-apisandbox.nic.in:8080", 200, ""},
		{run.URLs.Production, "GET https://einvoice1.gst.gov.in" + ping, "einvoice1.gst.gov.in", 200, ""},
		{run.URLs.Sandbox, "GET http://einv-apisandbox.nic.in/w/blue" + ping, "einv-apisandbox.nic.in", 200, ""},
		{run.URLs.Sandbox, "GET http://einv-apisandbox.nic.in", "einv-apisandbox.nic.in", 200, ""},
		{run.URLs.Sandbox, "GET http://blue.localhost:7001/login", "blue.localhost:7001", 200, "World <b>blue</b>"},
		// The name in the request line counts, as RFC 9112 says.
		{run.URLs.Sandbox, "GET http://blue.localhost/login", "red.localhost", 200, "World <b>blue</b>"},
		{run.URLs.Control, "GET http://evil.example/control/v1/clock", "localhost:7000", 421, "--allow-host"},
		{run.URLs.Control, "GET http://localhost:7000/control/v1/clock", "localhost:7000", 200, ""},
		{run.URLs.Sandbox, "CONNECT einv-apisandbox.nic.in:443", "einv-apisandbox.nic.in:443", 405, "CONNECT"},
	} {
		t.Run(c.line, func(t *testing.T) {
			conn, err := net.Dial("tcp", strings.TrimPrefix(c.base, "http://"))
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close()
			fmt.Fprintf(conn, "%s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n", c.line, c.host)
			w, err := http.ReadResponse(bufio.NewReader(conn), nil)
			if err != nil {
				t.Fatal(err)
			}
			defer w.Body.Close()
			var body strings.Builder
			if err := w.Write(&body); err != nil {
				t.Fatal(err)
			}
			if w.StatusCode != c.status || !strings.Contains(body.String(), c.body) {
				t.Errorf("answers %s, want %d with %q", body.String(), c.status, c.body)
			}
		})
	}
}
