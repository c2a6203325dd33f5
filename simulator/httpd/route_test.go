package httpd

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/gorilla/mux"
	"pgregory.net/rapid"

	_ "github.com/nicsim/nicsim/internal/seeded"
)

// What rules routes out agrees with mux's own regular expressions, on every path.
func TestRoutesAreRuledOutAsMuxWould(t *testing.T) {
	t.Parallel()
	parts := []string{"", "a", "b", "a.png", ".png", "{id}", "{name}", "a{id}", "{id}.png", "a{id}b"}
	counted := map[bool]int{}
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string, of []string) string {
			return "/" + strings.Join(rapid.SliceOfN(rapid.SampledFrom(of), 0, 4).Draw(t, name), "/")
		}
		route := draw("route", parts)
		path := draw("path", append([]string{"ab", "aab", "a.pngb", "x y"}, parts...))
		if rapid.Bool().Draw(t, "alike") {
			path = strings.NewReplacer("{id}", rapid.SampledFrom([]string{"", "x", "a", ".png"}).Draw(t, "id"), "{name}",
				"y").Replace(route)
		}
		if strings.Count(route, "{id}") > 1 || strings.Count(route, "{name}") > 1 {
			t.Skip("mux takes a name once")
		}
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil)
		r.URL.Path = path
		want := mux.NewRouter().Path(route).Match(r, &mux.RouteMatch{})
		if got := fits(route, path); got != want {
			t.Fatalf("%s of %s: %v, mux says %v", path, route, got, want)
		}
		counted[want]++
	})
	if counted[true] < 10 || counted[false] < 10 {
		t.Errorf("%d paths were of their routes and %d were not: too few of one kind", counted[true], counted[false])
	}
}
