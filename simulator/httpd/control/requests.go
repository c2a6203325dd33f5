package control

import (
	"encoding/json"
	"fmt"
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

// requestsDoc is a page of the journal. Next is the parameter before of the next page; 0 for none.
type requestsDoc struct {
	Requests []exchangeDoc `json:"requests"`
	Next     int64         `json:"next,omitempty"`
}

// listRequests answers with a page of the journal.
func listRequests(r *http.Request, call *httpd.Call) (httpd.Reply, error) {
	query := r.URL.Query()
	var f journal.Filter
	var err error
	if f.Environment, err = admin.EnvironmentOfJournal(query.Get("environment")); err != nil {
		return httpd.Reply{}, err
	}
	f.Limit = admin.DefaultLimit
	if limit := query.Get("limit"); limit != "" {
		if f.Limit, err = strconv.Atoi(limit); err != nil || f.Limit < 1 || f.Limit > admin.LargestLimit {
			return httpd.Reply{}, admin.Refuse(admin.Violation{Field: "limit", Code: "value-invalid",
				Message: fmt.Sprintf("must be a whole number from 1 to %d", admin.LargestLimit)})
		}
	}
	if before := query.Get("before"); before != "" {
		if f.Before, err = strconv.ParseInt(before, 10, 64); err != nil || f.Before < 1 {
			return httpd.Reply{}, admin.Refuse(admin.Violation{Field: "before", Code: "value-invalid",
				Message: "must be the id of a request"})
		}
	}
	f.Limit++ // one more says whether there is a next page
	found := call.World.Recorded(r.Context()).Exchanges(f)
	page := requestsDoc{Requests: []exchangeDoc{}}
	if len(found) == f.Limit {
		found = found[:len(found)-1]
		page.Next = found[len(found)-1].ID
	}
	for _, e := range found {
		page.Requests = append(page.Requests, exchangeDoc{
			ID: e.ID, At: e.At, Environment: string(e.Environment), RequestID: e.RequestID,
			Method: e.Method, Path: e.Path, Status: e.Status,
			DurationMS: float64(e.Duration.Microseconds()) / 1000,
			Request:    e.Request, Response: e.Response, Reason: e.Reason,
			Query: e.Query, Location: e.Location, RequestType: e.Sent, ResponseType: e.Answered, Faults: e.Faults,
			RetryAfter: e.RetryAfter, Headers: append([]journal.Header{}, e.Headers...),
		})
	}
	return httpd.Reply{Body: page}, nil
}

// listRefusals sums up the journal's refusals by their causes.
func listRefusals(r *http.Request, call *httpd.Call) (httpd.Reply, error) {
	env, err := admin.EnvironmentOfJournal(r.URL.Query().Get("environment"))
	if err != nil {
		return httpd.Reply{}, err
	}
	return httpd.Reply{Body: map[string][]journal.Refusals{"refusals": admin.Refusals(r.Context(), call.World, env)}}, nil
}
