//go:build pact

package client_test

import (
	"context"
	"net/http"
	"net/url"
	"testing"

	"github.com/pact-foundation/pact-go/v2/matchers"

	"github.com/nicsim/nicsim/client"
)

type onGSP = interaction[*client.GSP]

// TestGSPPact makes the client's contract with the place at a GSP where credentials are entered, the guide's last step.
func TestGSPPact(t *testing.T) {
	runPact(t, "gsp", func(t *testing.T, baseURL string) *client.GSP {
		t.Helper()
		c, err := client.NewGSP(baseURL, client.Options{})
		if err != nil {
			t.Fatal(err)
		}
		return c
	}, map[string][]onGSP{"entering": entered(), "connections": connections()})
}

const (
	connectionsPath = "/portal/v1/connections"
	gspGSTIN        = "29ABCCD1234E1Z1"
	withAPIUser     = "the taxpayer's API user first_user through the guide's GSP"
)

// The states of a connection, each with an id of its own.
var (
	connected   = flowState{"the taxpayer's connection at the guide's GSP", 31}
	unreachable = flowState{"the taxpayer's connection at the guide's GSP, and NIC gives no answer", 32}
	outdated    = flowState{"the taxpayer's connection at the guide's GSP, whose password was changed at NIC", 33}
)

func (s flowState) connection(step string) any { return s.path(connectionsPath, "connectionId", step) }

// entry is what the taxpayer of the pacts enters.
func entry(company, environment, gstin, username, password string) client.NewConnection {
	return client.NewConnection{CompanyName: company, Environment: environment, GSTIN: gstin, Username: username,
		Password: password}
}

// held is a connection as the client reads it, and the body in which it comes. NIC's code and text are exact; the words
// of the GSP are matched by a rule.
func held(id int, company, status, nicCode, detail string) (client.Connection, map[string]any) {
	c := client.Connection{ID: example(id), CompanyName: company, Environment: client.EnvironmentSandbox, GSTIN: gspGSTIN,
		Username: "first_user", Status: status, NICCode: nicCode, Detail: detail, TestedAt: soon}
	body := map[string]any{
		"connectionId": anID(id), "companyName": company, "environment": c.Environment, "gstin": c.GSTIN,
		"username": c.Username, "status": status, "nicCode": nil, "detail": anyText(detail), "cause": nil, "remedy": nil,
		"tokenExpiry": nil, "testedAt": aTime(soon),
	}
	if nicCode != "" {
		c.Cause, c.Remedy = "The password is wrong.", "Enter the password of the API user."
		body["nicCode"], body["detail"] = nicCode, detail
		body["cause"], body["remedy"] = anyText(c.Cause), anyText(c.Remedy)
	}
	if status == client.ConnectionActive {
		c.TokenExpiry = "2024-07-01 16:00:30"
		body["tokenExpiry"] = matchers.Regex(c.TokenExpiry, `^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$`)
	}
	return c, body
}

const accepted = "NIC accepts the details of " + gspGSTIN + "."

// entered are the calls of Save and test.
func entered() []onGSP {
	save := func(about string, given []string, in client.NewConnection, gets answered, want any) onGSP {
		return onGSP{
			about: "Save and test: " + about, given: given,
			asks: asked{method: http.MethodPost, path: connectionsPath, body: map[string]any{
				"companyName": in.CompanyName, "environment": in.Environment, "gstin": in.GSTIN, "username": in.Username,
				"password": in.Password,
			}},
			gets: gets,
			call: func(ctx context.Context, c *client.GSP) (any, error) { return c.Enter(ctx, in) },
			want: want,
		}
	}
	saved := func(about string, given []string, in client.NewConnection, status, nicCode, detail string) onGSP {
		want, body := held(30, in.CompanyName, status, nicCode, detail)
		want.Username, body["username"] = in.Username, in.Username
		gets := good(http.StatusCreated, body)
		gets.header = map[string]any{"Location": matchers.Regex(connectionsPath+"/"+example(30), connectionsPath+`/[0-9a-f-]{36}$`)}
		return save(about, given, in, gets, want)
	}
	const sandbox, invalid = client.EnvironmentSandbox, http.StatusUnprocessableEntity
	good := entry(guideCompany, sandbox, gspGSTIN, "first_user", newPassword)
	user := []string{withAPIUser}
	return []onGSP{
		saved("accepted by NIC", user, good, client.ConnectionActive, "", accepted),
		saved("a wrong password", user, entry(guideCompany, sandbox, gspGSTIN, "first_user", "Patola@2024"),
			client.ConnectionInactive, "1019", "Incorrect Password"),
		saved("an unknown API user", nil, entry(guideCompany, sandbox, gspGSTIN, "nobody29", newPassword),
			client.ConnectionInactive, "1017", "Incorrect user id/User does not exists"),
		saved("an API user of another GSP", user, entry(gspName, sandbox, gspGSTIN, "first_user", newPassword),
			client.ConnectionInactive, "1018", "Client Id is not mapped to this user"),
		save("a company that is not a GSP", nil, entry("Deodar Ledger Systems", sandbox, gspGSTIN, "first_user", newPassword),
			refusal(invalid, "provider-unknown", "", "No GSP", "companyName"), nil),
		save("an unknown environment", nil, entry(guideCompany, "trial", gspGSTIN, "first_user", newPassword),
			refusal(invalid, "environment-invalid", "", "Sandbox or production", "environment"), nil),
		save("a GSTIN with a wrong check character", nil,
			entry(guideCompany, sandbox, "29ABCCD1234E1Z2", "first_user", newPassword),
			refusal(invalid, "gstin-invalid", "", "Not a GSTIN", "gstin"), nil),
		save("no API username", nil, entry(guideCompany, sandbox, gspGSTIN, "", newPassword),
			refusal(invalid, "username-missing", "", "Enter it", "username"), nil),
		save("details of a GSTIN that the GSP has already", []string{connected.given}, good,
			refusal(http.StatusConflict, "connection-exists", "", "Change those", "gstin"), nil),
	}
}

// connections are the calls about connections that a GSP has.
func connections() []onGSP {
	list := func(about, company string, given []string, gets answered, want any) onGSP {
		return onGSP{
			about: "the list of connections" + about, given: given,
			asks: asked{method: http.MethodGet, path: connectionsPath, query: url.Values{"companyName": {company}}.Encode()},
			gets: gets,
			call: func(ctx context.Context, c *client.GSP) (any, error) { return c.Connections(ctx, company) },
			want: want,
		}
	}
	of := func(about, method string, s flowState, step string, body any, gets answered, want any,
		call func(context.Context, *client.GSP, string) (any, error)) onGSP {
		i := onGSP{about: about, asks: asked{method: method, path: s.connection(step), body: body}, gets: gets, want: want,
			call: func(ctx context.Context, c *client.GSP) (any, error) { return call(ctx, c, example(s.id)) }}
		if i.given = []string{s.given}; s.given == "" { // a connection that is not there
			i.given, i.asks.path = nil, connectionsPath+"/"+example(s.id)+step
		}
		return i
	}
	read := func(ctx context.Context, c *client.GSP, id string) (any, error) { return c.Connection(ctx, id) }
	test := func(ctx context.Context, c *client.GSP, id string) (any, error) { return c.Test(ctx, id) }
	remove := func(ctx context.Context, c *client.GSP, id string) (any, error) { return just(c.Remove(ctx, id)) }
	change := func(ctx context.Context, c *client.GSP, id string) (any, error) {
		return c.Change(ctx, id, "first_user", newPassword)
	}
	active, isActive := held(connected.id, guideCompany, client.ConnectionActive, "", accepted)
	still, isStill := held(unreachable.id, guideCompany, client.ConnectionActive, "", "NIC could not be reached.")
	still.TokenExpiry, isStill["tokenExpiry"] = "", nil
	refused, isRefused := held(outdated.id, guideCompany, client.ConnectionInactive, "1019", "Incorrect Password")
	changed := map[string]any{"username": "first_user", "password": newPassword}
	nowhere := flowState{"", 39}
	ok := func(body map[string]any) answered { return good(http.StatusOK, body) }
	return []onGSP{
		list(" of a GSP", guideCompany, []string{connected.given}, ok(map[string]any{"connections": []any{isActive}}),
			[]client.Connection{active}),
		list(" of a GSP without any", gspName, nil, ok(map[string]any{"connections": []any{}}), []client.Connection{}),
		list(" of a company that is not a GSP", "Deodar Ledger Systems", nil,
			refusal(http.StatusUnprocessableEntity, "provider-unknown", "", "No GSP", "companyName"), nil),
		of("a connection", http.MethodGet, connected, "", nil, ok(isActive), active, read),
		of("a connection that is not there", http.MethodGet, nowhere, "", nil, isNotFound(), nil, read),
		of("Test again", http.MethodPost, connected, "/test", nil, ok(isActive), active, test),
		of("Test again: NIC gives no answer, and its verdict stands", http.MethodPost, unreachable, "/test", nil, ok(isStill),
			still, test),
		of("Test again: the password was changed at NIC", http.MethodPost, outdated, "/test", nil, ok(isRefused), refused,
			test),
		of("Test again: a connection that is not there", http.MethodPost, nowhere, "/test", nil, isNotFound(), nil, test),
		of("Edit", http.MethodPut, connected, "", changed, ok(isActive), active, change),
		of("Edit: a connection that is not there", http.MethodPut, nowhere, "", changed, isNotFound(), nil, change),
		of("Remove", http.MethodDelete, connected, "", nil, answered{status: http.StatusNoContent}, nil, remove),
		of("Remove: a connection that is not there", http.MethodDelete, nowhere, "", nil, isNotFound(), nil, remove),
	}
}
