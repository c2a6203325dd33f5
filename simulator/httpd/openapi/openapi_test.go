package openapi_test

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/nicsim/nicsim/internal/browsertest"
	"github.com/nicsim/nicsim/simulator"
	"github.com/nicsim/nicsim/simulator/httpd/openapi"
	"github.com/nicsim/nicsim/simulator/simtest"
)

func addresses(sim *simtest.Server) map[string]string {
	return map[string]string{"sandbox": sim.Sandbox, "production": sim.Production, "gsp": sim.GSP, "control": sim.Control}
}

type answer struct {
	status int
	header http.Header
	body   string
}

func get(t *testing.T, url string, header ...string) answer {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	got, err := (&http.Transport{DisableCompression: true, DisableKeepAlives: true}).RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer got.Body.Close()
	body, err := io.ReadAll(got.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer{got.StatusCode, got.Header, string(body)}
}

// Each listener serves its description, and a page that loads nothing from elsewhere. Neither makes a world.
func TestServed(t *testing.T) {
	sim := simtest.Start(t, simulator.Options{})
	at := addresses(sim)
	for _, listener := range openapi.Listeners() {
		for _, prefix := range []string{"", "/w/described"} {
			got := get(t, at[listener]+prefix+"/openapi.json")
			var document struct {
				OpenAPI string
				Servers []struct{ URL string }
				Paths   map[string]any
			}
			if err := json.Unmarshal([]byte(got.body), &document); err != nil || got.status != http.StatusOK {
				t.Fatalf("%s%s: %d %v", listener, prefix, got.status, err)
			}
			if document.OpenAPI != "3.1.0" || len(document.Paths) < 5 || document.Servers[0].URL != prefix+"/" {
				t.Errorf("%s%s: OpenAPI %s, %d paths, servers %v", listener, prefix, document.OpenAPI, len(document.Paths),
					document.Servers)
			}
			got = get(t, at[listener]+prefix+"/openapi")
			if !strings.Contains(got.body, `"openapi/swagger-ui-bundle.js"`) || strings.Contains(got.body, "//") ||
				!strings.HasPrefix(got.header.Get("Content-Security-Policy"), "default-src 'none'; script-src 'self';") {
				t.Errorf("%s%s: the page has the policy %q and is\n%s", listener, prefix,
					got.header.Get("Content-Security-Policy"), got.body)
			}
		}
	}
	if worlds := get(t, sim.Control+"/control/v1/worlds").body; strings.Contains(worlds, "described") {
		t.Errorf("the description made a world: %s", worlds)
	}
	if journal := get(t, sim.Control+"/control/v1/requests").body; strings.Contains(journal, "openapi") {
		t.Errorf("the description is in the journal: %s", journal)
	}
}

// In a browser, the page shows every call, and loads nothing from elsewhere.
func TestPage(t *testing.T) {
	sim := simtest.Start(t, simulator.Options{})
	document, err := openapi.Document("sandbox")
	if err != nil {
		t.Fatal(err)
	}
	calls := 0
	for _, item := range document["paths"].(map[string]any) {
		calls += len(item.(map[string]any))
	}
	page := browsertest.Open(t)
	page.Goto(sim.Sandbox + "/w/described/openapi")
	if shown := browsertest.Eval[int](page, `new Promise(shown => {
		const look = () => document.querySelector(".opblock") ?
			shown(document.querySelectorAll(".opblock").length) : requestAnimationFrame(look)
		look()
	})`); shown != calls {
		t.Errorf("%d calls are shown, and %d described", shown, calls)
	}
	if foreign := browsertest.Eval[[]string](page, `performance.getEntriesByType("resource").map(e => e.name).
		filter(name => !name.startsWith(location.origin) && !name.startsWith("data:"))`); len(foreign) > 0 {
		t.Errorf("the page loads %v", foreign)
	}
}

// A client that does not unpack gzip gets the files of the page too.
func TestFilesOfThePage(t *testing.T) {
	sim := simtest.Start(t, simulator.Options{})
	for name, kind := range map[string]string{"swagger-ui-bundle.js": "text/javascript", "swagger-ui.css": "text/css",
		"page.js": "text/javascript", "page.css": "text/css"} {
		got := get(t, sim.GSP+"/openapi/"+name)
		if !strings.HasPrefix(got.header.Get("Content-Type"), kind) || len(got.body) < 40 {
			t.Errorf("%s is %s of %d bytes", name, got.header.Get("Content-Type"), len(got.body))
		}
		packed := get(t, sim.GSP+"/openapi/"+name, "Accept-Encoding", "gzip")
		if strings.HasPrefix(name, "swagger") &&
			(packed.header.Get("Content-Encoding") != "gzip" || len(packed.body) >= len(got.body)) {
			t.Errorf("%s is packed in %d bytes as %q", name, len(packed.body), packed.header.Get("Content-Encoding"))
		}
	}
}

// The description of the control listener is behind its token and its host names, as the control API is.
func TestGuarded(t *testing.T) {
	sim := simtest.Start(t, simulator.Options{ControlToken: "a-control-token-for-a-test"})
	for _, path := range []string{"/openapi.json", "/openapi"} {
		if got := get(t, sim.Control+path); got.status != http.StatusUnauthorized {
			t.Errorf("%s without the token: %d", path, got.status)
		}
		got := get(t, sim.Control+path, "Authorization", "Bearer a-control-token-for-a-test")
		if got.status != http.StatusOK {
			t.Errorf("%s with the token: %d", path, got.status)
		}
	}
}
