package client

import (
	"context"
	"net/http"
	"net/url"
)

// Provider is a GSP, ERP or direct client with its credentials, as only control shows it.
type Provider struct {
	CompanyName  string   `json:"companyName"`
	Type         string   `json:"type"`
	Through      []string `json:"through"` // the lists of companies that it is in
	ClientID     string   `json:"clientId"`
	ClientSecret string   `json:"clientSecret"`
	PAN          string   `json:"pan"`
	Mobile       string   `json:"mobile"`
	Email        string   `json:"email"`
}

// Organisation is a firm that may register as GSP, ERP or e-commerce operator.
type Organisation struct {
	PAN       string `json:"pan"`
	LegalName string `json:"legalName"`
	Type      string `json:"type"`
	Mobile    string `json:"mobile"`
	Email     string `json:"email"`
}

// PortalUser is a web login of the production portal. Lists leave the password out.
type PortalUser struct {
	Username string `json:"username"`
	Password string `json:"password,omitempty"`
	GSTIN    string `json:"gstin"`
	Source   string `json:"source"` // SourceEInvoice or SourceEWayBill
	Frozen   bool   `json:"frozen,omitempty"`
}

// Providers lists the providers with their client ids and secrets.
func (c *Control) Providers(ctx context.Context) ([]Provider, error) {
	return member[[]Provider](ctx, c.connection, get(controlPath+"providers", "providers"))
}

// Organisations lists the firms that may register by PAN.
func (c *Control) Organisations(ctx context.Context) ([]Organisation, error) {
	return member[[]Organisation](ctx, c.connection, get(controlPath+"organisations", "organisations"))
}

const portalUsersPath = controlPath + "portal-users"

// PortalUsers lists the production portal's logins.
func (c *Control) PortalUsers(ctx context.Context) ([]PortalUser, error) {
	return member[[]PortalUser](ctx, c.connection, get(portalUsersPath, "portalUsers"))
}

// AddPortalUser adds a login to the production portal.
func (c *Control) AddPortalUser(ctx context.Context, u PortalUser) error {
	return c.do(ctx, call{method: http.MethodPost, path: portalUsersPath, in: u})
}

// FreezePortalUser freezes a login of the production portal, or thaws it.
func (c *Control) FreezePortalUser(ctx context.Context, username string, frozen bool) error {
	return c.do(ctx, call{
		method: http.MethodPatch, path: portalUsersPath + "/" + url.PathEscape(username),
		in: map[string]bool{"frozen": frozen},
	})
}
