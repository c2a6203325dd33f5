package irpapi_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/gorilla/mux"

	"github.com/nicsim/nicsim/simulator/httpd/irpapi"
	"github.com/nicsim/nicsim/simulator/nic"
)

// A rule for failures finds a call by the name of its route, whatever the version or the spelling of its path.
func TestRoutesHaveNames(t *testing.T) {
	router := mux.NewRouter()
	irpapi.API{Environment: nic.Sandbox}.Routes(router)
	for request, want := range map[string]string{
		"POST /eivital/v1.04/auth": "auth", "POST /eivital/v1.03/auth": "auth",
		"GET /eivital/v1.04/heartbeat/ping":      "ping",
		"GET /eivital/v1.03/Master/gstin/x":      "gstin",
		"GET /eivital/v1.04/Master/gstin/x":      "gstin",
		"GET /Eivital/v1.04//syncgstin/x":        "",
		"GET /eivital/v1.04/master/SyncGstin/":   "",
		"GET /eivital/v1.04/Master/syncgstin/x/": "sync-gstin",
		"POST /eicore/v1.03/Invoice":             "generate",
		"POST /eicore/v1.03/Invoice/Cancel":      "cancel", "POST /eicore/v1.03/Cancel": "cancel",
		"GET /eicore/v1.03/Invoice/irn/x": "read-irn", "HEAD /eicore/v1.03/Invoice/irn/x": "read-irn",
		"GET /eicore/v1.03/Invoice/irnbydocdetails": "read-document",
		"GET /eicore/v1.03/Invoice/rejectedirns":    "rejected-irns",
		"POST /eiewb/v1.03/ewaybill":                "ewb-generate", "GET /eiewb/v1.03/ewaybill/irn/x": "ewb-read",
		"POST /ewaybillapi/v1.03/ewayapi": "ewb-cancel",
	} {
		method, path, _ := strings.Cut(request, " ")
		r := httptest.NewRequestWithContext(t.Context(), method, irpapi.Path(path), http.NoBody)
		var match mux.RouteMatch
		got := ""
		if router.Match(r, &match) && match.Route != nil {
			got = match.Route.GetName()
		}
		if got != want {
			t.Errorf("%s is %q, want %q", request, got, want)
		}
	}
}
