package httpd_test

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"
)

// below returns the base URL of a listener under a name below localhost.
func below(base, name string) string { return strings.Replace(base, "127.0.0.1", name, 1) }

// resolved returns a client for which every name leads to this machine.
func resolved(t *testing.T) *http.Client {
	t.Helper()
	transport := &http.Transport{DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
		_, port, err := net.SplitHostPort(address)
		if err != nil {
			return nil, err
		}
		var d net.Dialer
		return d.DialContext(ctx, network, "127.0.0.1:"+port)
	}}
	t.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Transport: transport, CheckRedirect: func(*http.Request, []*http.Request) error {
		return http.ErrUseLastResponse
	}}
}

func TestWorldsInHosts(t *testing.T) {
	s := open(t)
	s.client = resolved(t)
	for _, c := range []struct{ host, path, world string }{
		{"blue.localhost", "", "blue"}, {"Blue.LocalHost", "", "blue"}, {"blue.localhost.", "", "blue"},
		{"0.localhost", "", "0"}, {strings.Repeat("x", 40) + ".localhost", "", strings.Repeat("x", 40)},
		{"localhost", "", "default"}, {"localhost.", "", "default"}, {"127.0.0.1", "", "default"},
		{"default.localhost", "", "default"}, {"blue.nic.example", "", "default"},
		{"blue.localhost.example", "", "default"}, {"bluelocalhost", "", "default"},
		{"localhost", "/w/red", "red"}, {"blue.localhost", "/w/blue", "blue"},
		{"blue.localhost", "/w/red", "red"}, {"blue.localhost", "/w/default", "default"}, // the path decides
		{"a.b.localhost", "/w/red", "red"},
	} {
		t.Run(c.host+c.path, func(t *testing.T) {
			v := s.in(t, c.path)
			v.sandbox = below(s.Sandbox, c.host) + c.path
			id := v.asks("POST", v.sandbox+v1+"/captchas", nil, 201).text("captchaId")
			s.in(t, "/w/"+c.world).asks("GET", s.Control+"/w/"+c.world+"/control/v1/captchas/"+id, nil, 200)
		})
	}
	for _, name := range []string{"a_b", "a.b", strings.Repeat("x", 41), ""} {
		t.Run("no world "+name, func(t *testing.T) {
			v := s.in(t, "")
			for _, base := range []string{s.Sandbox, s.Production, s.Control} {
				a := v.ask("GET", below(base, name+".localhost")+"/", nil)
				a.refused(404, "not-found", "")
				if detail := a.text("detail"); !strings.Contains(detail, `Host header names the world "`+name+`"`) ||
					!strings.Contains(detail, "1 to 40 of a-z, 0-9 and -") {
					t.Errorf("the detail is %q", detail)
				}
			}
		})
	}
}

// Links, redirects and cookies under the name of a world stay in that world, with and without its prefix.
func TestPagesUnderTheNameOfAWorld(t *testing.T) {
	s := open(t)
	client := resolved(t)
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	client.Jar = jar
	blue := below(s.Production, "blue.localhost")
	get := func(address string) (int, string) {
		t.Helper()
		w, err := client.Get(address)
		if err != nil {
			t.Fatal(err)
		}
		defer w.Body.Close()
		body, err := io.ReadAll(w.Body)
		if err != nil {
			t.Fatal(err)
		}
		return w.StatusCode, string(body)
	}
	if _, page := get(blue + "/"); !strings.Contains(page, `href="/login"`) || !strings.Contains(page, "World <b>blue</b>") ||
		!strings.Contains(page, `href="`+s.Control+`/w/blue/"`) {
		t.Errorf("the home page of blue.localhost has other links: %s", page)
	}
	if _, page := get(below(s.Control, "blue.localhost") + "/"); !strings.Contains(page, `href="/inbox"`) ||
		!strings.Contains(page, s.Sandbox+"/w/blue") {
		t.Errorf("the dashboard of blue.localhost has other links: %s", page)
	}
	get(s.Control + "/") // makes the world default
	if _, page := get(below(s.Control, "blue.localhost") + "/worlds"); !strings.Contains(page, `href="/w/default/"`) ||
		!strings.Contains(page, `href="/"`) {
		t.Errorf("the dashboard of blue.localhost lists worlds with other links: %s", page)
	}

	v := s.in(t, "")
	v.client, v.production, v.control = client, blue, below(s.Control, "blue.localhost")
	v.signIn(asha)
	v.cookie = "" // the jar keeps it
	if _, har := get(v.control + "/journal.har"); !strings.Contains(har, `"`+s.Production+"/w/blue"+v1+"/login") {
		t.Errorf("the addresses of the archive are not those of the world: %s", har)
	}
	session := func(base string, want int) {
		t.Helper()
		if status, body := get(base + v1 + "/session"); status != want {
			t.Errorf("GET %s%s/session answers %d %s, want %d", base, v1, status, body, want)
		}
	}
	session(blue, 200)
	session(blue+"/w/blue", 200)
	session(blue+"/w/red", 401)
	session(blue+"/w/default", 401)
	session(below(s.Production, "red.localhost"), 401)
	session(below(s.Production, "localhost"), 401)
	session(below(s.Production, "localhost")+"/w/blue", 401)
	if at, _ := url.Parse(blue); len(jar.Cookies(at)) == 0 {
		t.Fatal("the jar has no cookie of blue.localhost")
	}
	w, err := client.Get(blue + "/api-registration/user-credentials")
	if err != nil {
		t.Fatal(err)
	}
	w.Body.Close()
	if w.StatusCode != 200 {
		t.Errorf("a page of the session answers %d", w.StatusCode)
	}
}

// A page of another site cannot send forms here, under whatever name the portal is reached.
func TestFormsOfOtherSitesUnderAnyHost(t *testing.T) {
	s := open(t)
	s.client = resolved(t)
	for _, c := range []struct {
		host, origin, site string
		refused            bool
	}{
		{"einv-apisandbox.nic.in", "", "", false}, // a program
		{"einv-apisandbox.nic.in", "http://einv-apisandbox.nic.in", "", false},
		{"einv-apisandbox.nic.in", "http://einv-apisandbox.nic.in", "same-origin", false},
		{"127.0.0.1", "http://einv-apisandbox.nic.in", "same-origin", false}, // a proxy changed the Host
		{"einv-apisandbox.nic.in", "http://evil.example", "", true},
		{"einv-apisandbox.nic.in", "null", "", true},
		{"einv-apisandbox.nic.in", "http://evil.example", "cross-site", true},
		{"einv-apisandbox.nic.in", "http://evil.nic.in", "same-site", true},
		{"blue.localhost", "http://red.localhost", "", true},
		{"blue.localhost", "http://red.localhost", "same-site", true},
		{"blue.localhost", "http://localhost", "", true},
	} {
		port := s.Sandbox[strings.LastIndex(s.Sandbox, ":"):]
		headers := []string{"Sec-Fetch-Site", c.site, "Origin", c.origin}
		if strings.HasPrefix(c.origin, "http") {
			headers[3] += port
		}
		for _, path := range []string{"/register", v1 + "/captchas"} {
			a := s.in(t, "").ask("POST", below(s.Sandbox, c.host)+path, nil, headers...)
			if (a.doc["code"] == "cross-origin") != c.refused {
				t.Errorf("POST %s with Host %s, Origin %s and Sec-Fetch-Site %s answers %d %s", path, c.host, c.origin, c.site,
					a.status, a.body)
			}
		}
	}
}
