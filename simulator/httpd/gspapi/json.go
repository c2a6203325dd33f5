package gspapi

import (
	"net/http"

	"github.com/gorilla/mux"

	"github.com/nicsim/nicsim/simulator/admin"
	"github.com/nicsim/nicsim/simulator/gsp"
	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/store"
)

// base is the path of the JSON.
const base = "/portal/v1/connections"

// jsonRoutes registers the JSON.
func (s *Site) jsonRoutes(router *mux.Router) {
	on := func(method, path string, do func(desk, *http.Request) (httpd.Reply, error)) {
		route := httpd.Route{Name: "connections", Method: method, Path: path}
		route.Handle(router, func(r *http.Request, call *httpd.Call) (httpd.Reply, error) {
			return do(desk{s, r.Context(), call}, r)
		})
	}
	on(http.MethodPost, base, enterJSON)
	on(http.MethodGet, base, listJSON)
	on(http.MethodGet, base+"/{id}", showJSON)
	on(http.MethodPut, base+"/{id}", changeJSON)
	on(http.MethodDelete, base+"/{id}", removeJSON)
	on(http.MethodPost, base+"/{id}/test", testJSON)
}

func enterJSON(d desk, r *http.Request) (httpd.Reply, error) {
	in, err := httpd.Decode[struct {
		CompanyName string `json:"companyName"`
		Environment string `json:"environment"`
		GSTIN       string `json:"gstin"`
		Username    string `json:"username"`
		Password    string `json:"password"`
	}](r, d.call)
	if err != nil {
		return httpd.Reply{}, err
	}
	h, err := d.save(gsp.Entry{CompanyName: in.CompanyName, Environment: in.Environment, GSTIN: in.GSTIN,
		Username: in.Username, Password: store.Password(in.Password)})
	return httpd.Reply{Status: http.StatusCreated, Location: base + "/" + h.ID, Body: documentOf(h)}, err
}

func changeJSON(d desk, r *http.Request) (httpd.Reply, error) {
	in, err := httpd.Decode[struct {
		Username string `json:"username"`
		Password string `json:"password"`
	}](r, d.call)
	if err != nil {
		return httpd.Reply{}, err
	}
	h, err := d.change(httpd.Var(r, "id"), in.Username, store.Password(in.Password))
	return httpd.Reply{Body: documentOf(h)}, err
}

func testJSON(d desk, r *http.Request) (httpd.Reply, error) {
	if err := httpd.NoBody(r, d.call); err != nil {
		return httpd.Reply{}, err
	}
	h, err := d.test(httpd.Var(r, "id"))
	return httpd.Reply{Body: documentOf(h)}, err
}

func showJSON(d desk, r *http.Request) (httpd.Reply, error) {
	h, err := d.find(httpd.Var(r, "id"))
	return httpd.Reply{Body: documentOf(h)}, err
}

func removeJSON(d desk, r *http.Request) (httpd.Reply, error) {
	return httpd.Reply{Status: http.StatusNoContent}, d.remove(httpd.Var(r, "id"))
}

// listJSON lists the connections of the GSP with the companyName of the query, or of all.
func listJSON(d desk, r *http.Request) (httpd.Reply, error) {
	query := r.URL.Query()
	list, next, err := d.list(admin.Page{Limit: query.Get("limit"), After: query.Get("after")},
		func(tx store.Reader) ([]store.Provider, error) {
			if !query.Has("companyName") {
				return gsp.Companies(tx)
			}
			company, err := gsp.Company(tx, query.Get("companyName"))
			return []store.Provider{company}, err
		})
	documents := make([]document, len(list))
	for i, h := range list {
		documents[i] = documentOf(h)
	}
	return httpd.Reply{Body: struct {
		Connections []document `json:"connections"`
		Next        string     `json:"next,omitempty"`
	}{documents, next}}, err
}
