package client

import (
	"context"
	"net/http"
	"net/url"
	"time"
)

// GSP is the place at a GSP (GST Suvidha Provider) where a taxpayer enters the credentials that a portal showed: the
// last step of the guide. Use NewGSP.
type GSP struct{ *connection }

// NewConnection is what a taxpayer enters.
type NewConnection struct {
	CompanyName string `json:"companyName"` // of the GSP
	Environment string `json:"environment"` // EnvironmentSandbox or EnvironmentProduction
	GSTIN       string `json:"gstin"`
	Username    string `json:"username"` // of the API user
	Password    string `json:"password"`
}

// The statuses of a Connection.
const (
	ConnectionActive    = "ACTIVE"     // NIC accepted the credentials
	ConnectionInactive  = "INACTIVE"   // NIC refused them
	ConnectionNotTested = "NOT_TESTED" // NIC has said nothing of them
)

// Connection is what the GSP keeps of a taxpayer, and what NIC said of it.
type Connection struct {
	ID          string    `json:"connectionId"`
	CompanyName string    `json:"companyName"`
	Environment string    `json:"environment"`
	GSTIN       string    `json:"gstin"`
	Username    string    `json:"username"`
	Status      string    `json:"status"`      // ConnectionActive, …
	NICCode     string    `json:"nicCode"`     // of NIC's refusal, or empty
	Detail      string    `json:"detail"`      // NIC's words, or the GSP's
	Cause       string    `json:"cause"`       // why NIC refused, or empty
	Remedy      string    `json:"remedy"`      // what to do then, or empty
	TokenExpiry string    `json:"tokenExpiry"` // as NIC writes it; empty unless it is active
	TestedAt    time.Time `json:"testedAt"`    // of the last answer of NIC; zero before it
}

// NewGSP makes a client of the GSP at baseURL, as in http://127.0.0.1:7003.
func NewGSP(baseURL string, o Options) (*GSP, error) {
	c, err := connect(baseURL, o, portalAnswerLimit)
	return &GSP{c}, err
}

const connectionsPath = "/portal/v1/connections"

func connectionPath(id string) string { return connectionsPath + "/" + url.PathEscape(id) }

// Enter saves credentials, with which the GSP logs in at NIC. What NIC says is in the Connection, also if it refuses.
// Refusals: provider-unknown, environment-invalid, gstin-invalid, connection-exists.
func (g *GSP) Enter(ctx context.Context, n NewConnection) (Connection, error) {
	return read[Connection](ctx, g.connection, post(connectionsPath, n, http.StatusCreated, "connectionId"))
}

// Change replaces the API user of a connection, and tests it.
func (g *GSP) Change(ctx context.Context, id, username, password string) (Connection, error) {
	return read[Connection](ctx, g.connection, call{
		method: http.MethodPut, path: connectionPath(id), status: http.StatusOK, need: "connectionId",
		in: struct {
			Username string `json:"username"`
			Password string `json:"password"`
		}{username, password},
	})
}

// Test logs in at NIC again.
func (g *GSP) Test(ctx context.Context, id string) (Connection, error) {
	return read[Connection](ctx, g.connection, post(connectionPath(id)+"/test", nil, http.StatusOK, "connectionId"))
}

// Connection reads a connection.
func (g *GSP) Connection(ctx context.Context, id string) (Connection, error) {
	return read[Connection](ctx, g.connection,
		call{method: http.MethodGet, path: connectionPath(id), status: http.StatusOK, need: "connectionId"})
}

// Connections lists the connections of a GSP, in the order in which they were entered.
func (g *GSP) Connections(ctx context.Context, companyName string) ([]Connection, error) {
	return pages[Connection](ctx, g.connection, call{
		method: http.MethodGet, path: connectionsPath, query: url.Values{"companyName": {companyName}},
		status: http.StatusOK, need: "connections",
	}, 0)
}

// Remove has the GSP forget a connection. The API user stays at NIC.
func (g *GSP) Remove(ctx context.Context, id string) error {
	return g.do(ctx, call{method: http.MethodDelete, path: connectionPath(id), status: http.StatusNoContent})
}
