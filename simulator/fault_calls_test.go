package simulator

import (
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/gorilla/mux"

	"github.com/nicsim/nicsim/simulator/dice"
	"github.com/nicsim/nicsim/simulator/fault"
	"github.com/nicsim/nicsim/simulator/httpd/irpapi"
	"github.com/nicsim/nicsim/simulator/httpd/pages"
	"github.com/nicsim/nicsim/simulator/httpd/portalapi"
	"github.com/nicsim/nicsim/simulator/nic"
)

// The calls that faults know are the names of the routes, and every page that has a form has the name of its call.
func TestFaultsKnowTheCalls(t *testing.T) {
	for env, portal := range map[nic.Environment]func(*mux.Router){
		nic.Sandbox: portalapi.Sandbox, nic.Production: portalapi.Production,
	} {
		t.Run(string(env), func(t *testing.T) {
			site, err := pages.New(pages.Options{Environment: env, Dice: dice.New("calls")})
			if err != nil {
				t.Fatal(err)
			}
			names := func(register func(*mux.Router)) []string {
				router, found := mux.NewRouter(), map[string]bool{}
				register(router)
				err := router.Walk(func(route *mux.Route, _ *mux.Router, _ []*mux.Route) error {
					if name := route.GetName(); name != "" {
						found[name] = true
					}
					return nil
				})
				if err != nil {
					t.Error(err)
				}
				return slices.Sorted(maps.Keys(found))
			}
			json := slices.Concat(names(portal), []string{fault.Page})
			if env == nic.Sandbox {
				json = append(json, "tool")
			}
			var api, portals []string
			for _, c := range fault.Calls() {
				switch {
				case c.Only != "" && c.Only != env:
				case c.API:
					api = append(api, c.Name)
				default:
					portals = append(portals, c.Name)
				}
			}
			slices.Sort(api)
			slices.Sort(portals)
			slices.Sort(json)
			served := names(irpapi.API{Environment: env}.Routes)
			if env == nic.Production { // a defect has this call there
				served = slices.DeleteFunc(served, func(name string) bool { return name == "ewb-cancel" })
			}
			if diff := cmp.Diff(served, api); diff != "" {
				t.Errorf("the API: %s", diff)
			}
			if diff := cmp.Diff(json, portals); diff != "" {
				t.Errorf("the portal: %s", diff)
			}
			for _, name := range names(site.Routes) {
				if !slices.Contains(json, name) {
					t.Errorf("a page has the name %s, which is not a call of the portal", name)
				}
			}
		})
	}
}
