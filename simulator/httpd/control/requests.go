package control

import (
	"encoding/json"
	"net/http"
	"strconv"
	"time"

	"github.com/nicsim/nicsim/simulator/admin"
	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/journal"
)

// exchangeDoc is an entry of the journal.
type exchangeDoc struct {
	ID          int64           `json:"id"`
	At          time.Time       `json:"at"`
	Environment string          `json:"environment"`
	RequestID   string          `json:"requestId"`
	Method      string          `json:"method"`
	Path        string          `json:"path"`
	Status      int             `json:"status"`
	DurationMS  float64         `json:"durationMs"`
	Request     json.RawMessage `json:"request"`
	Response    json.RawMessage `json:"response"`
	Reason      *journal.Reason `json:"reason"`

	Query        string `json:"query"`
	Location     string `json:"location"`
	RequestType  string `json:"requestType"`
	ResponseType string `json:"responseType"`
	RetryAfter   string `json:"retryAfter,omitempty"`

	Headers []journal.Header `json:"headers"`
	Faults  []string         `json:"faults,omitempty"`
}

// listRequests answers with the journal.
func listRequests(r *http.Request, call *httpd.Call) (httpd.Reply, error) {
	query := r.URL.Query()
	var f journal.Filter
	var err error
	if f.Environment, err = admin.EnvironmentOfJournal(query.Get("environment")); err != nil {
		return httpd.Reply{}, err
	}
	if limit := query.Get("limit"); limit != "" {
		if f.Limit, err = strconv.Atoi(limit); err != nil || f.Limit < 1 {
			return httpd.Reply{}, admin.Refuse(admin.Violation{
				Field: "limit", Code: "value-invalid", Message: "must be a whole number from 1",
			})
		}
	}
	list := []exchangeDoc{}
	for _, e := range call.World.Recorded(r.Context()).Exchanges(f) {
		list = append(list, exchangeDoc{
			ID: e.ID, At: e.At, Environment: string(e.Environment), RequestID: e.RequestID,
			Method: e.Method, Path: e.Path, Status: e.Status,
			DurationMS: float64(e.Duration.Microseconds()) / 1000,
			Request:    e.Request, Response: e.Response, Reason: e.Reason,
			Query: e.Query, Location: e.Location, RequestType: e.Sent, ResponseType: e.Answered, Faults: e.Faults,
			RetryAfter: e.RetryAfter, Headers: append([]journal.Header{}, e.Headers...),
		})
	}
	return httpd.Reply{Body: map[string][]exchangeDoc{"requests": list}}, nil
}

// listRefusals sums up the journal's refusals by their causes.
func listRefusals(r *http.Request, call *httpd.Call) (httpd.Reply, error) {
	env, err := admin.EnvironmentOfJournal(r.URL.Query().Get("environment"))
	if err != nil {
		return httpd.Reply{}, err
	}
	return httpd.Reply{Body: map[string][]journal.Refusals{"refusals": admin.Refusals(r.Context(), call.World, env)}}, nil
}
