// Package control serves everything that a real portal would keep from you: the
// inbox, the answers of captchas, the clock, the taxpayers, the journal. One file a
// group of calls.
package control

import (
	"net/http"

	"github.com/gorilla/mux"

	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/portal"
	"github.com/nicsim/nicsim/simulator/world"
)

// base is the path of every call but the probes.
const base = "/control/v1"

// API needs all its fields.
type API struct {
	Worlds    *world.Worlds
	PublicKey func(nic.Environment) ([]byte, error) // SPKI, PEM
	Ready     func() bool

	SigningCertificate func(nic.Environment) ([]byte, error) // X.509, PEM
}

// Routes registers the control API.
func (a API) Routes(router *mux.Router) {
	on := func(method, path string, action httpd.Action) { httpd.Handle(router, method, base+path, action) }
	for _, root := range []string{"", base} {
		httpd.Handle(router, http.MethodGet, root+"/healthz", healthy)
		httpd.Handle(router, http.MethodGet, root+"/readyz", a.ready)
	}
	on(http.MethodGet, "/inbox", listInbox)
	on(http.MethodDelete, "/inbox", clearInbox)
	on(http.MethodGet, "/captchas/{id}", captchaAnswer)

	on(http.MethodGet, "/clock", showClock)
	on(http.MethodPut, "/clock", setClock)
	on(http.MethodPost, "/clock/advance", advanceClock)

	on(http.MethodGet, "/taxpayers", listTaxpayers)
	on(http.MethodPost, "/taxpayers", addTaxpayer)
	on(http.MethodGet, "/taxpayers/{gstin}", oneTaxpayer)
	on(http.MethodPatch, "/taxpayers/{gstin}", changeTaxpayer)
	on(http.MethodGet, "/portal-users", listPortalUsers)
	on(http.MethodPost, "/portal-users", addPortalUser)
	on(http.MethodPatch, "/portal-users/{username}", changePortalUser)
	on(http.MethodGet, "/providers", listProviders)
	on(http.MethodGet, "/organisations", listOrganisations)

	on(http.MethodGet, "/settings", showSettings)
	on(http.MethodPut, "/settings", putSettings)
	on(http.MethodGet, "/public-keys/{environment}.pem", pemOf(a.PublicKey))
	on(http.MethodGet, "/signing-certificates/{environment}.pem", pemOf(a.SigningCertificate))
	on(http.MethodGet, "/requests", listRequests)

	on(http.MethodPost, "/reset", a.reset)
	on(http.MethodGet, "/worlds", a.listWorlds)
	on(http.MethodDelete, "/worlds/{world}", a.deleteWorld)
}

type statusDoc struct {
	Status string `json:"status"`
}

func healthy(*http.Request, *httpd.Call) (httpd.Reply, error) {
	return httpd.Reply{Body: statusDoc{"alive"}}, nil
}

func (a API) ready(*http.Request, *httpd.Call) (httpd.Reply, error) {
	if !a.Ready() {
		return httpd.Reply{}, &httpd.Fail{
			Status: http.StatusServiceUnavailable, Code: "not-ready", Title: "Not ready",
			Detail: "The listeners are not all open.",
		}
	}
	return httpd.Reply{Body: statusDoc{"ready"}}, nil
}

// invalid is a 422 about one or more fields.
func invalid(fields ...httpd.FieldError) error {
	first := fields[0]
	return &httpd.Fail{
		Status: http.StatusUnprocessableEntity, Code: first.Code, Title: "Invalid value",
		Detail: first.Field + ": " + first.Message, Fields: fields,
	}
}

func field(name, code, message string) httpd.FieldError {
	return httpd.FieldError{Field: name, Code: code, Message: message}
}

func notFound(what string) error {
	return &httpd.Fail{Status: http.StatusNotFound, Code: string(portal.NotFound), Title: "Not found",
		Detail: "There is no " + what + " here."}
}

// environmentOrBoth reads a query parameter; an empty one, like one that is left
// out, chooses both environments.
func environmentOrBoth(s string) (nic.Environment, error) {
	if s == "" {
		return "", nil
	}
	return environment(s)
}

// environment reads a query parameter or a part of a path.
func environment(s string) (nic.Environment, error) {
	switch env := nic.Environment(s); env {
	case nic.Sandbox, nic.Production:
		return env, nil
	}
	return "", invalid(field("environment", "environment-invalid", "must be sandbox or production"))
}
