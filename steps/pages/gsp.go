package pages

import (
	"context"
	"net/url"

	"github.com/nicsim/nicsim/client"
)

// gsp is the guide's last step, at a GSP.
type gsp struct{ *portal }

// environmentLabels are the choices of the form.
var environmentLabels = map[string]string{
	client.EnvironmentSandbox: "Sandbox", client.EnvironmentProduction: "Production",
}

func (p gsp) company(name string) act {
	return func(ctx context.Context) error { return do(ctx, p.visit("/"), p.follow(name)) }
}

func (p gsp) connection(id string) act { return p.visit("/connections/" + url.PathEscape(id)) }

// Enter chooses the company, and fills in the form for the credentials.
func (p gsp) Enter(ctx context.Context, n client.NewConnection) (client.Connection, error) {
	return after[client.Connection](ctx, p.portal, "connectionId",
		p.company(n.CompanyName), p.follow("Enter the API credentials"), p.choose(environmentLabels[n.Environment]),
		p.fill(fields{{"GSTIN", n.GSTIN}, {"API username", n.Username}, {"API password", n.Password}}),
		p.press("Save and test"))
}

// Change clicks Edit, and fills in the form.
func (p gsp) Change(ctx context.Context, id, username, password string) (client.Connection, error) {
	return after[client.Connection](ctx, p.portal, "connectionId", p.connection(id), p.follow("Edit"),
		p.fill(fields{{"API username", username}, {"API password", password}}), p.press("Save and test"))
}

// Test presses Test again.
func (p gsp) Test(ctx context.Context, id string) (client.Connection, error) {
	return after[client.Connection](ctx, p.portal, "connectionId", p.connection(id), p.press("Test again"))
}

// Remove clicks Remove, and presses the button.
func (p gsp) Remove(ctx context.Context, id string) error {
	return do(ctx, p.connection(id), p.follow("Remove"), p.press("Remove"))
}

// Connections reads the table of a company.
func (p gsp) Connections(ctx context.Context, companyName string) (all []client.Connection, err error) {
	if err := p.company(companyName)(ctx); err != nil {
		return nil, err
	}
	for _, row := range p.screen.Rows("connection") {
		all = append(all, client.Connection{
			CompanyName: companyName, Environment: row.Value("environment"), GSTIN: row.Value("gstin"),
			Username: row.Value("username"), Status: row.Value("status"),
		})
	}
	return all, nil
}
