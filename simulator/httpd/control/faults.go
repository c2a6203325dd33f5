package control

import (
	"net/http"

	"github.com/nicsim/nicsim/simulator/admin"
	"github.com/nicsim/nicsim/simulator/fault"
	"github.com/nicsim/nicsim/simulator/httpd"
)

// faultRoutes registers the calls about faults and situations.
func faultRoutes(on func(method, path string, action httpd.Action, parameters ...string)) {
	on(http.MethodGet, "/faults", lists("faults", admin.Faults,
		func(f fault.Live) string { return f.Rule.Name }), pageParameters...)
	on(http.MethodPost, "/faults", adds(admin.AddFault, func(f fault.Live) string { return "/faults/" + f.Rule.Name }))
	on(http.MethodDelete, "/faults", clearFaults)
	on(http.MethodGet, "/faults/{name}", readsOne("name", admin.ReadFault))
	on(http.MethodDelete, "/faults/{name}", removeFault)
	on(http.MethodGet, "/situation", reads(admin.ReadSituation))
	on(http.MethodPut, "/situation", changes(admin.SetSituation))
}

func clearFaults(r *http.Request, call *httpd.Call) (httpd.Reply, error) {
	return httpd.Reply{Status: http.StatusNoContent}, admin.ClearFaults(r.Context(), call.World)
}

func removeFault(r *http.Request, call *httpd.Call) (httpd.Reply, error) {
	return httpd.Reply{Status: http.StatusNoContent}, admin.RemoveFault(r.Context(), call.World, httpd.Var(r, "name"))
}
