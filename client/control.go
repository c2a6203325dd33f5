package client

import (
	"context"
	"encoding/json"
	"encoding/pem"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

// Control is the simulator's own API: everything that a real portal does not show to its callers. A base
// URL that ends in /w/{world} sees that world. It is safe for use by several goroutines.
type Control struct{ *connection }

// NewControl makes a client of the control listener at baseURL, as in http://127.0.0.1:7000.
func NewControl(baseURL string, o Options) (*Control, error) {
	c, err := connect(baseURL, o, controlAnswerLimit)
	if err != nil {
		return nil, err
	}
	c.token = o.ControlToken
	return &Control{c}, nil
}

const controlPath = "/control/v1/"

// Health returns nil if the simulator is alive.
func (c *Control) Health(ctx context.Context) error {
	return c.do(ctx, call{method: http.MethodGet, path: "/healthz", status: http.StatusOK})
}

// Ready returns nil if the simulator takes calls.
func (c *Control) Ready(ctx context.Context) error {
	return c.do(ctx, call{method: http.MethodGet, path: "/readyz", status: http.StatusOK})
}

// CaptchaAnswer returns the text in the picture of a captcha.
func (c *Control) CaptchaAnswer(ctx context.Context, captchaID string) (string, error) {
	return member[string](ctx, c.connection, get(controlPath+"captchas/"+url.PathEscape(captchaID), "answer"))
}

// PublicKey fetches the PEM of the key under which an environment takes payloads.
func (c *Control) PublicKey(ctx context.Context, environment string) ([]byte, error) {
	return c.pem(ctx, "public-keys/", environment)
}

// SigningCertificate fetches the PEM of the certificate of the key with which an environment signs
// invoices and QR codes; it is what [VerifyInvoice] takes.
func (c *Control) SigningCertificate(ctx context.Context, environment string) ([]byte, error) {
	return c.pem(ctx, "signing-certificates/", environment)
}

func (c *Control) pem(ctx context.Context, folder, environment string) ([]byte, error) {
	k := call{method: http.MethodGet, path: controlPath + folder + url.PathEscape(environment) + ".pem"}
	status, text, err := c.exchange(ctx, k)
	if err != nil {
		return nil, err
	}
	if block, _ := pem.Decode(text); block == nil {
		return nil, k.unexpected(status, "no PEM block")
	}
	return text, nil
}

// RequestFilter narrows the journal; the zero value takes all that it holds.
type RequestFilter struct {
	Limit       int // at most so many, the newest; 0 is all that the simulator has
	Environment string
}

// Request is one exchange in the journal, secrets masked.
type Request struct {
	ID          int64     `json:"id"`        // counts up within a world
	RequestID   string    `json:"requestId"` // the X-Request-Id of the answer
	At          time.Time `json:"at"`
	Environment string    `json:"environment"`
	Method      string    `json:"method"`
	Path        string    `json:"path"`
	Status      int       `json:"status"` // 0 if a fault left it unanswered
	Reason      *Reason   `json:"reason"` // why it was refused; nil if it was not
	Faults      []string  `json:"faults"` // names of the faults that fired
	Headers     []Header  `json:"headers"`
	Query       string    `json:"query"`      // its harmless parts
	RetryAfter  string    `json:"retryAfter"` // seconds; empty if the answer did not have the header

	// The bodies, opened where they were sealed. Long ones are left out.
	Sent     json.RawMessage `json:"request"`
	Answered json.RawMessage `json:"response"`
}

// Header is a header of a request in the journal, its value masked if it may be secret.
type Header struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Reason is why the portal refused a request.
type Reason struct {
	Code    string       `json:"code"`
	NICCode string       `json:"nicCode"` // empty where NIC publishes none
	Detail  string       `json:"detail"`
	Cause   string       `json:"cause"`  // what was wrong with the request, in a sentence; may be empty
	Remedy  string       `json:"remedy"` // what would have been right; may be empty
	Fields  []FieldError `json:"fields"`
}

// Requests lists the journal, newest first. It reads page after page until there are as many as the filter wants.
func (c *Control) Requests(ctx context.Context, f RequestFilter) ([]Request, error) {
	all := []Request{}
	query := url.Values{}
	setIfGiven(query, "environment", f.Environment)
	for {
		if f.Limit != 0 {
			query.Set("limit", strconv.Itoa(min(f.Limit-len(all), longestPage)))
		}
		k := get(controlPath+"requests", "requests")
		k.query = query
		page, err := read[requestsPage](ctx, c.connection, k)
		if err != nil {
			return nil, err
		}
		all = append(all, page.Requests...)
		if page.Next == 0 || len(page.Requests) == 0 || f.Limit != 0 && len(all) >= f.Limit {
			return all, nil
		}
		query.Set("before", strconv.FormatInt(page.Next, 10))
	}
}

// requestsPage is a page of the journal. Next is the parameter before of the next one; 0 for none.
type requestsPage struct {
	Requests []Request `json:"requests"`
	Next     int64     `json:"next"`
}

// ReadWorld returns the world as an entry of a world file. [Control.PutWorld] makes the same world from it again.
func (c *Control) ReadWorld(ctx context.Context) (json.RawMessage, error) {
	return read[json.RawMessage](ctx, c.connection, get(controlPath+"world", "name"))
}

// PutWorld makes the world from an entry of a world file, such as a json.RawMessage or a map. Nothing of the old world
// is left. A document with mistakes is refused with all of them, and the world stays as it was.
func (c *Control) PutWorld(ctx context.Context, entry any) error {
	return c.do(ctx, call{method: http.MethodPut, path: controlPath + "world", in: entry})
}

// Reset puts the world back to its beginning: that of PutWorld or of a world file, or the fixtures with a clock that
// shows real time.
func (c *Control) Reset(ctx context.Context) error {
	return c.do(ctx, call{method: http.MethodPost, path: controlPath + "reset"})
}

// World is one isolated state of a simulator.
type World struct {
	Name       string    `json:"name"`
	CreatedAt  time.Time `json:"createdAt"`
	LastUsedAt time.Time `json:"lastUsedAt"`
}

// Worlds lists the worlds that exist.
func (c *Control) Worlds(ctx context.Context) ([]World, error) {
	return pages[World](ctx, c.connection, get(controlPath+"worlds", "worlds"), 0)
}

// DeleteWorld deletes a world. The next call to the world makes a new one of that name.
func (c *Control) DeleteWorld(ctx context.Context, name string) error {
	return c.do(ctx, call{method: http.MethodDelete, path: controlPath + "worlds/" + url.PathEscape(name)})
}

func setIfGiven(query url.Values, name, value string) {
	if value != "" {
		query.Set(name, value)
	}
}
