package openapi_test

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/gorilla/mux"

	"github.com/nicsim/nicsim/simulator/dice"
	"github.com/nicsim/nicsim/simulator/httpd/control"
	"github.com/nicsim/nicsim/simulator/httpd/gspapi"
	"github.com/nicsim/nicsim/simulator/httpd/irpapi"
	"github.com/nicsim/nicsim/simulator/httpd/openapi"
	"github.com/nicsim/nicsim/simulator/httpd/portalapi"
	"github.com/nicsim/nicsim/simulator/nic"
)

// registered are the routes of a listener that answer with JSON.
var registered = map[string]func(*mux.Router){
	"sandbox": func(r *mux.Router) {
		irpapi.API{Environment: nic.Sandbox}.Routes(r)
		portalapi.Sandbox(r)
	},
	"production": func(r *mux.Router) {
		irpapi.API{Environment: nic.Production}.Routes(r)
		portalapi.Production(r)
	},
	"gsp": func(r *mux.Router) {
		site, err := gspapi.New(gspapi.Options{Dice: dice.New("routes")})
		if err != nil {
			panic(err)
		}
		site.Routes(r)
	},
	"control": func(r *mux.Router) { control.API{}.Routes(r) },
}

// undescribed are routes that answer for no caller.
var undescribed = []string{
	"production any /ewaybillapi/v1.03/ewayapi", // only in a world with a defect
	"sandbox any /eivital/v1.03/auth",           // refuses every other method
	"production any /eivital/v1.03/auth",
}

// probes are answered without a route.
var probes = []string{"GET /healthz", "GET /readyz"}

var variable = regexp.MustCompile(`\{[^/{}]*\}`)

// plain writes a path as routes and descriptions have it alike.
func plain(path string) string {
	path = strings.ReplaceAll(path, "{record:[^/]+/[^/]+}", "{}/{}")
	return variable.ReplaceAllString(strings.ToLower(path), "{}")
}

// Every route is described, and every described call has a route.
func TestEveryRouteIsDescribed(t *testing.T) {
	for _, listener := range openapi.Listeners() {
		document, err := openapi.Document(listener)
		if err != nil {
			t.Fatal(err)
		}
		var described []string
		for path, item := range document["paths"].(map[string]any) {
			for method := range item.(map[string]any) {
				described = append(described, strings.ToUpper(method)+" "+plain(path))
			}
		}
		routes := slices.Clone(probes)
		router := mux.NewRouter()
		registered[listener](router)
		err = router.Walk(func(route *mux.Route, _ *mux.Router, _ []*mux.Route) error {
			path, err := route.GetPathTemplate()
			methods, _ := route.GetMethods() // an error is a route of every method
			if methods == nil {
				methods = []string{"any"}
			}
			for _, method := range methods {
				name := method + " " + plain(path)
				isPage := listener == "gsp" && !strings.HasPrefix(path, "/portal/")
				if method != http.MethodHead && !isPage && !slices.Contains(undescribed, listener+" "+name) {
					routes = append(routes, name)
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, route := range routes {
			if !slices.Contains(described, route) {
				t.Errorf("the %s listener has %s, which is not described", listener, route)
			}
		}
		for _, call := range described {
			if !slices.Contains(routes, call) {
				t.Errorf("the %s listener has no route for %s, which is described", listener, call)
			}
		}
	}
}
