package client

import (
	"context"
	"net/http"
	"net/url"
)

// Provider is a GSP, ERP or direct client with its credentials, as only control shows it.
type Provider struct {
	CompanyName  string   `json:"companyName,omitempty"`
	Type         string   `json:"type,omitempty"`
	Through      []string `json:"through,omitempty"` // the lists of companies that it is in
	ClientID     string   `json:"clientId"`
	ClientSecret string   `json:"clientSecret"`
	PAN          string   `json:"pan,omitempty"`
	Mobile       string   `json:"mobile,omitempty"` // only read: that of the organisation
	Email        string   `json:"email,omitempty"`  // only read
}

// Organisation is a firm that may register as GSP, ERP or e-commerce operator.
type Organisation struct {
	PAN       string `json:"pan"`
	LegalName string `json:"legalName"`
	Type      string `json:"type,omitempty"` // GSP, ERP or ECO
	Mobile    string `json:"mobile,omitempty"`
	Email     string `json:"email,omitempty"`
}

// Subscription is what an ERP holds at a GSP (GST Suvidha Provider) to call its gateway.
type Subscription struct {
	ID          string            `json:"id,omitempty"` // by default named after the face
	CompanyName string            `json:"companyName"`
	Subscriber  string            `json:"subscriber,omitempty"`
	Face        string            `json:"face"`                  // the vendor whose gateway it is, as in adaequare
	Environment string            `json:"environment,omitempty"` // EnvironmentSandbox or EnvironmentProduction
	Secrets     map[string]string `json:"secrets"`               // by the name of the header or parameter
	Variants    []string          `json:"variants,omitempty"`    // in which the gateway differs, as in unique_requestid
}

// PortalUser is a web login of the production portal. Lists leave the password out.
type PortalUser struct {
	Username string `json:"username"`
	Password string `json:"password,omitempty"`
	GSTIN    string `json:"gstin"`
	Source   string `json:"source,omitempty"` // SourceEInvoice or SourceEWayBill
	Frozen   bool   `json:"frozen,omitempty"`
}

const (
	providersPath     = controlPath + "providers"
	organisationsPath = controlPath + "organisations"
	portalUsersPath   = controlPath + "portal-users"
	subscriptionsPath = controlPath + "subscriptions"
)

// Providers lists the providers with their client ids and secrets.
func (c *Control) Providers(ctx context.Context) ([]Provider, error) {
	return pages[Provider](ctx, c.connection, get(providersPath, "providers"), 0)
}

// Provider reads one provider.
func (c *Control) Provider(ctx context.Context, clientID string) (Provider, error) {
	return read[Provider](ctx, c.connection, get(item(providersPath, clientID), "clientId"))
}

// AddProvider adds a provider. What is empty gets its default. Any client id and secret are accepted.
func (c *Control) AddProvider(ctx context.Context, p Provider) error {
	return c.add(ctx, providersPath, p)
}

// PatchProvider changes the members that are given.
func (c *Control) PatchProvider(ctx context.Context, clientID string, change Members) error {
	return c.patch(ctx, item(providersPath, clientID), change)
}

// DeleteProvider deletes a provider that no API user uses.
func (c *Control) DeleteProvider(ctx context.Context, clientID string) error {
	return c.remove(ctx, item(providersPath, clientID))
}

// Organisations lists the firms that may register by PAN.
func (c *Control) Organisations(ctx context.Context) ([]Organisation, error) {
	return pages[Organisation](ctx, c.connection, get(organisationsPath, "organisations"), 0)
}

// Organisation reads one firm.
func (c *Control) Organisation(ctx context.Context, pan string) (Organisation, error) {
	return read[Organisation](ctx, c.connection, get(item(organisationsPath, pan), "pan"))
}

// AddOrganisation adds a firm.
func (c *Control) AddOrganisation(ctx context.Context, o Organisation) error {
	return c.add(ctx, organisationsPath, o)
}

// PatchOrganisation changes the members that are given.
func (c *Control) PatchOrganisation(ctx context.Context, pan string, change Members) error {
	return c.patch(ctx, item(organisationsPath, pan), change)
}

// DeleteOrganisation deletes a firm.
func (c *Control) DeleteOrganisation(ctx context.Context, pan string) error {
	return c.remove(ctx, item(organisationsPath, pan))
}

// Subscriptions lists what ERPs hold at GSPs, with its secrets.
func (c *Control) Subscriptions(ctx context.Context) ([]Subscription, error) {
	return pages[Subscription](ctx, c.connection, get(subscriptionsPath, "subscriptions"), 0)
}

// AddSubscription adds a subscription at a company that the world has.
func (c *Control) AddSubscription(ctx context.Context, s Subscription) error {
	return c.add(ctx, subscriptionsPath, s)
}

// DeleteSubscription deletes a subscription; its callers are refused from then on.
func (c *Control) DeleteSubscription(ctx context.Context, id string) error {
	return c.remove(ctx, item(subscriptionsPath, id))
}

// PortalUsers lists the production portal's logins.
func (c *Control) PortalUsers(ctx context.Context) ([]PortalUser, error) {
	return pages[PortalUser](ctx, c.connection, get(portalUsersPath, "portalUsers"), 0)
}

// PortalUser reads one login of the production portal.
func (c *Control) PortalUser(ctx context.Context, username string) (PortalUser, error) {
	return read[PortalUser](ctx, c.connection, get(item(portalUsersPath, username), "username"))
}

// AddPortalUser adds a login to the production portal.
func (c *Control) AddPortalUser(ctx context.Context, u PortalUser) error {
	return c.add(ctx, portalUsersPath, u)
}

// FreezePortalUser freezes a login of the production portal, or thaws it.
func (c *Control) FreezePortalUser(ctx context.Context, username string, frozen bool) error {
	return c.patch(ctx, item(portalUsersPath, username), Members{"frozen": frozen})
}

// DeletePortalUser deletes a login of the production portal.
func (c *Control) DeletePortalUser(ctx context.Context, username string) error {
	return c.remove(ctx, item(portalUsersPath, username))
}

// Members are the members of a record that a change names, as their JSON has them.
type Members map[string]any

// item is the path of a record in a list.
func item(list string, names ...string) string {
	for _, name := range names {
		list += "/" + url.PathEscape(name)
	}
	return list
}

func (c *Control) add(ctx context.Context, list string, record any) error {
	return c.do(ctx, call{method: http.MethodPost, path: list, in: record})
}

func (c *Control) patch(ctx context.Context, path string, change any) error {
	return c.do(ctx, call{method: http.MethodPatch, path: path, in: change})
}

func (c *Control) remove(ctx context.Context, path string) error {
	return c.do(ctx, call{method: http.MethodDelete, path: path})
}
