package control

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"github.com/nicsim/nicsim/simulator/admin"
	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/world"
)

// on registers a call, with the parameters that its query may have.
type on func(method, path string, action httpd.Action, parameters ...string)

// resource is a kind of record that can be added, read, changed and deleted. Its list is registered apart.
type resource[Change, Shown any] struct {
	path   string
	key    string             // the variable of the path that names a record, as a mux pattern
	id     func(Shown) string // what stands for it
	add    func(context.Context, *world.World, Change) (Shown, error)
	read   func(context.Context, *world.World, string) (Shown, error)
	change func(context.Context, *world.World, string, Change) (Shown, error)
	remove func(context.Context, *world.World, string) error
}

func (r resource[Change, Shown]) routes(on on) {
	name, _, _ := strings.Cut(r.key, ":")
	one := r.path + "/{" + r.key + "}"
	on(http.MethodPost, r.path, adds(r.add, func(s Shown) string { return r.path + "/" + r.id(s) }))
	on(http.MethodGet, one, readsOne(name, r.read))
	on(http.MethodPatch, one, changesOne(name, r.change))
	on(http.MethodDelete, one, doesToOne(name, r.remove))
}

// doesToOne performs an operation that returns nothing, such as a deletion, for the record that a variable of the path
// names.
func doesToOne(name string, do func(context.Context, *world.World, string) error) httpd.Action {
	return func(r *http.Request, call *httpd.Call) (httpd.Reply, error) {
		err := httpd.NoBody(r, call)
		if err == nil {
			err = do(r.Context(), call.World, httpd.Var(r, name))
		}
		return httpd.Reply{Status: http.StatusNoContent}, err
	}
}

// inEnvironment is the variable of a path that names a record of an environment, such as sandbox/stubuser.
const inEnvironment = "record:[^/]+/[^/]+"

func recordRoutes(on on) {
	on(http.MethodGet, "/providers", pages("providers", admin.Providers), pageParameters...)
	resource[admin.ProviderChange, admin.Provider]{
		"/providers", "clientId", func(p admin.Provider) string { return url.PathEscape(p.ClientID) },
		admin.Add[admin.ProviderChange], admin.ReadProvider, admin.ChangeProvider, admin.DeleteProvider,
	}.routes(on)
	on(http.MethodGet, "/subscriptions", pages("subscriptions", admin.Subscriptions), pageParameters...)
	on(http.MethodPost, "/subscriptions", adds(admin.Add[admin.SubscriptionChange], func(s admin.Subscription) string {
		return "/subscriptions/" + url.PathEscape(s.ID)
	}))
	on(http.MethodGet, "/subscriptions/{id}", readsOne("id", admin.ReadSubscription))
	on(http.MethodDelete, "/subscriptions/{id}", doesToOne("id", admin.DeleteSubscription))
	on(http.MethodGet, "/organisations", pages("organisations", admin.Organisations), pageParameters...)
	resource[admin.OrganisationChange, admin.Organisation]{
		"/organisations", "pan", func(o admin.Organisation) string { return o.PAN },
		admin.Add[admin.OrganisationChange], admin.ReadOrganisation, admin.ChangeOrganisation, admin.DeleteOrganisation,
	}.routes(on)
	on(http.MethodGet, "/taxpayers", pages("taxpayers", admin.Taxpayers), pageParameters...)
	resource[admin.TaxpayerChange, admin.Taxpayer]{
		"/taxpayers", "gstin", func(t admin.Taxpayer) string { return t.GSTIN },
		admin.Add[admin.TaxpayerChange], admin.ReadTaxpayer, admin.ChangeTaxpayer, admin.DeleteTaxpayer,
	}.routes(on)
	on(http.MethodGet, "/portal-users", pages("portalUsers", admin.PortalUsers), pageParameters...)
	resource[admin.PortalUserChange, admin.PortalUser]{
		"/portal-users", "username", func(u admin.PortalUser) string { return url.PathEscape(u.Username) },
		admin.Add[admin.PortalUserChange], admin.ReadPortalUser, admin.ChangePortalUser, admin.DeletePortalUser,
	}.routes(on)
	on(http.MethodGet, "/api-users", filters("apiUsers", admin.APIUsers), filterParameters...)
	resource[admin.APIUserChange, admin.APIUser]{
		"/api-users", inEnvironment,
		func(u admin.APIUser) string { return string(u.Environment) + "/" + url.PathEscape(u.Username) },
		admin.Add[admin.APIUserChange], admin.ReadAPIUser, admin.ChangeAPIUser, admin.DeleteAPIUser,
	}.routes(on)
	on(http.MethodGet, "/invoices", filters("invoices", admin.Invoices), filterParameters...)
	on(http.MethodPost, "/invoices", adds(admin.Add[admin.InvoiceChange], func(i admin.Invoice) string {
		return "/invoices/" + string(i.Environment) + "/" + i.IRN
	}))
	on(http.MethodGet, "/invoices/{"+inEnvironment+"}", readsOne("record", admin.ReadInvoice))
	on(http.MethodDelete, "/invoices/{"+inEnvironment+"}", doesToOne("record", admin.DeleteInvoice))
}

var filterParameters = append([]string{"environment", "gstin", "status", "since"}, pageParameters...)

// filters answers with a page of the records that the query chooses.
func filters[T any](member string,
	find func(context.Context, *world.World, admin.Filter) ([]T, string, error)) httpd.Action {
	return func(r *http.Request, call *httpd.Call) (httpd.Reply, error) {
		query := r.URL.Query()
		list, next, err := find(r.Context(), call.World, admin.Filter{
			Environment: query.Get("environment"), GSTIN: query.Get("gstin"), Status: query.Get("status"),
			Since: query.Get("since"), Page: pageOf(r),
		})
		return answer(member, list, next, err)
	}
}

// pageParameters are those of a call that lists records.
var pageParameters = []string{"limit", "after"}

func pageOf(r *http.Request) admin.Page {
	query := r.URL.Query()
	return admin.Page{Limit: query.Get("limit"), After: query.Get("after")}
}

// pages answers with the page of a list that the query chooses.
func pages[T any](member string,
	read func(context.Context, *world.World, admin.Page) ([]T, string, error)) httpd.Action {
	return func(r *http.Request, call *httpd.Call) (httpd.Reply, error) {
		page, next, err := read(r.Context(), call.World, pageOf(r))
		return answer(member, page, next, err)
	}
}

// cut answers with a page of a list.
func cut[T any](r *http.Request, member string, list []T, key func(T) string) (httpd.Reply, error) {
	page, next, err := admin.Cut(pageOf(r), list, key)
	return answer(member, page, next, err)
}

// answer answers with a page, and with the parameter after of the next page if there is one.
func answer[T any](member string, page []T, next string, err error) (httpd.Reply, error) {
	body := map[string]any{member: page}
	if next != "" {
		body["next"] = next
	}
	return httpd.Reply{Body: body}, err
}
