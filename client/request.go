package client

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"time"
)

const (
	defaultTimeout   = 30 * time.Second
	defaultUserAgent = "nicsim-client"

	mediaJSON    = "application/json"
	mediaProblem = "application/problem+json"
	mediaPNG     = "image/png"

	// Answers of a portal are a few hundred bytes and a picture a few thousand; the control API's
	// journal holds a thousand exchanges of up to 64 KiB each.
	portalAnswerLimit  = 1 << 20
	controlAnswerLimit = 128 << 20
)

// Options are what the clients of both portals and of the control API have in common. The zero
// value works.
type Options struct {
	// HTTP makes the calls. It is copied, never changed: a portal client brings its own cookie jar,
	// no redirect is followed, and a Timeout of zero becomes 30 seconds. Nil means a client on
	// http.DefaultTransport, or one on NewTransport for a base URL below localhost, as http://blue.localhost:7001.
	HTTP *http.Client
	// UserAgent is sent with every call, "nicsim-client" if empty.
	UserAgent string

	// ControlToken is what a simulator asks for that was started with --control-token. Only a [Control] sends it.
	ControlToken string

	// Now is the time by which an [API] judges the age of its token; time.Now if nil.
	Now func() time.Time
	// Random is where an [API] takes its AppKeys from; crypto/rand if nil.
	Random io.Reader
}

// connection knows how to reach one listener.
type connection struct {
	base        *url.URL // never ends in a slash
	http        http.Client
	agent       string
	token       string // of the control API; empty for none
	answerLimit int64  // bytes
}

// call is one exchange: what is sent and what is expected back.
type call struct {
	method, path string
	query        url.Values
	header       map[string]string // sent in this spelling; an empty value is not sent
	in           any               // sent as JSON; nil sends no body
	status       int               // the one good status; 0 takes any of the 200s
	media        string            // media type of a good answer; empty means it is not looked at
	need         string            // member of a JSON answer that must not be absent, null or ""
}

func connect(baseURL string, o Options, answerLimit int64) (*connection, error) {
	base, err := parseBase(baseURL)
	if err != nil {
		return nil, err
	}
	c := &connection{base: base, agent: o.UserAgent, answerLimit: answerLimit}
	if o.HTTP != nil {
		c.http = *o.HTTP
	}
	if c.http.Transport == nil && belowLocalhost(base.Hostname()) {
		c.http.Transport = localTransport()
	}
	if c.http.Timeout == 0 {
		c.http.Timeout = defaultTimeout
	}
	if c.agent == "" {
		c.agent = defaultUserAgent
	}
	// No call of the contract redirects, and a body with a password must not travel to where a
	// stranger points.
	c.http.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	c.http.Jar = nil
	return c, nil
}

// keepCookies gives the connection a cookie jar of its own, for a portal's login session.
func (c *connection) keepCookies() error {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return fmt.Errorf("making a cookie jar: %w", err)
	}
	c.http.Jar = jar
	return nil
}

// parseBase checks a base URL. Its errors do not repeat the URL, which may hold a password.
func parseBase(baseURL string) (*url.URL, error) {
	base, err := url.Parse(baseURL)
	switch {
	case err != nil:
		return nil, fmt.Errorf("base URL: %w", withoutURL(err))
	case base.Scheme != "http" && base.Scheme != "https":
		return nil, errors.New("base URL: it must start with http:// or https://")
	case base.Hostname() == "":
		return nil, errors.New("base URL: it names no host")
	case base.User != nil:
		return nil, errors.New("base URL: it must not carry a username or password")
	case base.RawQuery != "" || base.ForceQuery || base.Fragment != "":
		return nil, errors.New("base URL: it must end with its path")
	}
	return url.Parse(strings.TrimRight(base.String(), "/"))
}

// read performs the call and returns its decoded answer, or the zero value and an error.
func read[T any](ctx context.Context, c *connection, k call) (T, error) {
	k.media = mediaJSON
	status, body, err := c.exchange(ctx, k)
	if err != nil {
		var none T
		return none, err
	}
	return decoded[T](k, status, body)
}

// decoded decodes a good answer, which must have the member k.need.
func decoded[T any](k call, status int, body []byte) (T, error) {
	var answer, none T
	if err := json.Unmarshal(body, &answer); err != nil {
		return none, k.unexpected(status, describeJSONError(err))
	}
	var members map[string]json.RawMessage
	if err := json.Unmarshal(body, &members); err != nil {
		return none, k.unexpected(status, describeJSONError(err))
	}
	switch string(members[k.need]) {
	case "", "null", `""`:
		return none, k.unexpected(status, fmt.Sprintf("the member %q is missing", k.need))
	}
	return answer, nil
}

// get is a call that reads a JSON document with the member need.
func get(path, need string) call {
	return call{method: http.MethodGet, path: path, status: http.StatusOK, need: need}
}

// post is a call that sends in. Its good answer has the status and a JSON document with the member need.
func post(path string, in any, status int, need string) call {
	return call{method: http.MethodPost, path: path, in: in, status: status, need: need}
}

// member performs the call and returns the member k.need of its answer.
func member[T any](ctx context.Context, c *connection, k call) (T, error) {
	var value T
	members, err := read[map[string]json.RawMessage](ctx, c, k)
	if err != nil {
		return value, err
	}
	if err := json.Unmarshal(members[k.need], &value); err != nil {
		reason := fmt.Sprintf("the member %q: %s", k.need, describeJSONError(err))
		return value, k.unexpected(k.status, reason)
	}
	return value, nil
}

// do performs a call whose answer's body does not matter.
func (c *connection) do(ctx context.Context, k call) error {
	_, _, err := c.exchange(ctx, k)
	return err
}

// exchange performs the call and returns the status and the bytes of a good answer. Every error
// names the method and the path.
func (c *connection) exchange(ctx context.Context, k call) (int, []byte, error) {
	request, err := c.request(ctx, k)
	if err != nil {
		return 0, nil, fmt.Errorf("%s %s: %w", k.method, k.path, err)
	}
	response, err := c.http.Do(request)
	if err != nil {
		return 0, nil, k.failed(ctx, request.URL, err)
	}
	defer response.Body.Close()
	status := response.StatusCode
	body, err := io.ReadAll(io.LimitReader(response.Body, c.answerLimit+1))
	if err != nil {
		return status, nil, k.failed(ctx, request.URL, fmt.Errorf("the answer broke off: %w", err))
	}
	if int64(len(body)) > c.answerLimit {
		return status, nil, k.unexpected(status, fmt.Sprintf("the answer is longer than %d bytes", c.answerLimit))
	}
	if err := k.judge(response, body); err != nil {
		return status, nil, err
	}
	return status, body, nil
}

func (c *connection) request(ctx context.Context, k call) (*http.Request, error) {
	var body io.Reader
	if k.in != nil {
		document, err := json.Marshal(k.in)
		if err != nil {
			return nil, fmt.Errorf("encoding the request: %w", err)
		}
		body = bytes.NewReader(document)
	}
	// Not JoinPath: it would clean away what a caller put into an identifier.
	target := c.base.String() + k.path
	if len(k.query) > 0 {
		target += "?" + k.query.Encode()
	}
	request, err := http.NewRequestWithContext(ctx, k.method, target, body)
	if err != nil {
		return nil, withoutURL(err)
	}
	request.Header.Set("User-Agent", c.agent)
	request.Header.Set("Accept", mediaJSON+", "+mediaProblem+", */*;q=0.1")
	if c.token != "" {
		request.Header.Set("Authorization", "Bearer "+c.token)
	}
	if body != nil {
		request.Header.Set("Content-Type", mediaJSON+"; charset=utf-8")
	}
	for name, value := range k.header {
		if value != "" {
			request.Header[name] = []string{value} // not Set: it would change the spelling
		}
	}
	return request, nil
}
