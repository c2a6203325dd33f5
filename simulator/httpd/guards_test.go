package httpd_test

import (
	"net/http"
	"testing"
)

// A request that is refused for its Host, its origin or its path makes neither a world nor an entry of the journal.
func TestRefusedRequestsMakeNothing(t *testing.T) {
	s := open(t)
	v := s.visit(t)
	v.asks("GET", v.sandbox+v1+"/providers", nil, 200) // so that the visitor's world exists
	bases := map[string]string{"control": s.Control, "sandbox": s.Sandbox, "production": s.Production}
	for _, c := range []struct {
		listener, method, path string
		headers                []string
		status                 int
	}{
		{"sandbox", "GET", "/favicon.ico", nil, 404},
		{"sandbox", "POST", "/eicore/v1.03/Invoices", nil, 404},
		{"production", "GET", v1 + "/nothing", nil, 404},
		{"control", "GET", "/wp-login.php", nil, 404},
		{"control", "GET", "/control/v1/nothing", nil, 404},
		{"sandbox", "DELETE", v1 + "/captchas", nil, 405},
		{"control", "TRACE", "/control/v1/clock", nil, 405},
		{"sandbox", "POST", v1 + "/captchas", []string{"Origin", "http://evil.example"}, 403},
		{"production", "POST", "/login", []string{"Sec-Fetch-Site", "cross-site"}, 403},
		{"control", "POST", "/control/v1/reset", []string{"Origin", "http://evil.example"}, 403},
		{"control", "GET", "/control/v1/clock", []string{"Host", "evil.example"}, 421},
		{"control", "GET", "/", []string{"Host", "evil.example"}, 421},
		{"control", "GET", "/healthz", nil, 200},
		{"control", "HEAD", "/readyz", nil, 200},
		{"control", "GET", "/control/v1/readyz", nil, 200},
		{"control", "GET", "/healthz", []string{"Host", "10.0.0.7:7000"}, 200}, // a load balancer asks by address
		{"sandbox", "GET", "/healthz", nil, 200},
		{"sandbox", "GET", "/readyz", nil, 200},
		{"production", "GET", "/healthz", nil, 200},
		{"production", "HEAD", "/readyz", nil, 200},
		{"production", "POST", "/readyz", nil, 405},
		{"sandbox", "GET", "/assets/style.css", nil, 200},
		{"control", "GET", "/assets/live.js", nil, 200},
	} {
		t.Run(c.method+" "+c.listener+c.path, func(t *testing.T) {
			for _, prefix := range []string{"", "/w/never-made", v.prefix} {
				r, err := http.NewRequestWithContext(t.Context(), c.method, bases[c.listener]+prefix+c.path, nil)
				if err != nil {
					t.Fatal(err)
				}
				for i := 0; i < len(c.headers); i += 2 {
					if r.Header.Set(c.headers[i], c.headers[i+1]); c.headers[i] == "Host" {
						r.Host = c.headers[i+1]
					}
				}
				w, err := s.client.Do(r)
				if err != nil {
					t.Fatal(err)
				}
				w.Body.Close()
				if w.StatusCode != c.status || w.Header.Get("X-Request-Id") == "" {
					t.Errorf("%s: answered %s with X-Request-Id %q, want %d", prefix, w.Status, w.Header.Get("X-Request-Id"), c.status)
				}
			}
		})
	}
	for _, row := range v.asks("GET", v.control+"/control/v1/worlds", nil, 200).rows("worlds") {
		if name := "/w/" + row["name"].(string); name != v.prefix {
			t.Errorf("the world %s was made", name)
		}
	}
	if rows := v.asks("GET", v.control+"/control/v1/requests", nil, 200).rows("requests"); len(rows) != 1 {
		t.Errorf("the journal has %v, want the first request alone", rows)
	}
}
