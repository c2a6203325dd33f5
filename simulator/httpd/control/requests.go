package control

import (
	"encoding/json"
	"net/http"
	"strconv"
	"time"

	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/journal"
)

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
}

type requestsDoc struct {
	Requests []exchangeDoc `json:"requests"`
}

func listRequests(r *http.Request, call *httpd.Call) (httpd.Reply, error) {
	query := r.URL.Query()
	var f journal.Filter
	var err error
	if f.Environment, err = environmentOrBoth(query.Get("environment")); err != nil {
		return httpd.Reply{}, err
	}
	if limit := query.Get("limit"); limit != "" {
		if f.Limit, err = strconv.Atoi(limit); err != nil || f.Limit < 1 {
			return httpd.Reply{}, invalid(field("limit", "value-invalid", "must be a whole number from 1"))
		}
	}
	doc := requestsDoc{Requests: []exchangeDoc{}}
	for _, e := range call.World.Journal.Exchanges(f) {
		doc.Requests = append(doc.Requests, exchangeDoc{
			ID: e.ID, At: e.At, Environment: string(e.Environment), RequestID: e.RequestID,
			Method: e.Method, Path: e.Path, Status: e.Status,
			DurationMS: float64(e.Duration.Microseconds()) / 1000,
			Request:    e.Request, Response: e.Response, Reason: e.Reason,
			Query: e.Query, Location: e.Location, RequestType: e.Sent, ResponseType: e.Answered,
		})
	}
	return httpd.Reply{Body: doc}, nil
}
