package httpd_test

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nicsim/nicsim/simulator"
	"github.com/nicsim/nicsim/simulator/simtest"
)

// object is a JSON object.
type object = map[string]any

// site is a simulator for the tests of one function, which use worlds of their own.
type site struct {
	*simtest.Server
	client *http.Client
	worlds atomic.Int64
}

func open(t *testing.T) *site {
	t.Helper()
	s := &site{Server: simtest.Start(t, simulator.Options{Log: slog.New(slog.DiscardHandler)})}
	s.client = s.Client()
	t.Cleanup(s.client.CloseIdleConnections)
	return s
}

// visitor is a client with a world of its own.
type visitor struct {
	t      *testing.T
	client *http.Client
	prefix string // "/w/{world}", or empty in the world default

	sandbox, production, control string // base URLs in the world
	cookie                       string // sent with every request to a portal; empty before the login
}

// visit returns a visitor with a new world.
func (s *site) visit(t *testing.T) *visitor {
	t.Helper()
	return s.in(t, "/w/w"+strconv.FormatInt(s.worlds.Add(1), 10))
}

func (s *site) in(t *testing.T, prefix string) *visitor {
	t.Helper()
	return &visitor{
		t: t, client: s.client, prefix: prefix,
		sandbox: s.Sandbox + prefix, production: s.Production + prefix, control: s.Control + prefix,
	}
}

// answer is the answer to a request.
type answer struct {
	t      *testing.T
	status int
	header http.Header
	body   []byte
	doc    object // when the body is a JSON object
}

// ask sends a request and checks the conventions for every answer. A
// string is sent as it is, anything else as JSON, and nil means no body.
func (v *visitor) ask(method, url string, body any, headers ...string) answer {
	v.t.Helper()
	var reader io.Reader
	kind := "application/json"
	switch body := body.(type) {
	case nil:
		kind = ""
	case string:
		reader = strings.NewReader(body)
	default:
		encoded, err := json.Marshal(body)
		if err != nil {
			v.t.Fatal(err)
		}
		reader = bytes.NewReader(encoded)
	}
	r, err := http.NewRequestWithContext(v.t.Context(), method, url, reader)
	if err != nil {
		v.t.Fatal(err)
	}
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	if v.cookie != "" {
		r.Header.Set("Cookie", v.cookie)
	}
	for i := 0; i < len(headers); i += 2 {
		if r.Header.Set(headers[i], headers[i+1]); headers[i+1] == "" {
			r.Header.Del(headers[i])
		}
	}
	resp, err := v.client.Do(r)
	if err != nil {
		v.t.Fatalf("%s %s: %v", method, url, err)
	}
	defer resp.Body.Close()
	a := answer{t: v.t, status: resp.StatusCode, header: resp.Header}
	if a.body, err = io.ReadAll(resp.Body); err != nil {
		v.t.Fatalf("%s %s: reading the answer: %v", method, url, err)
	}
	_ = json.Unmarshal(a.body, &a.doc) // doc stays nil for a picture, a key or an empty body
	if r.Method != http.MethodHead {
		a.conventions(method + " " + strings.TrimPrefix(r.URL.Path, v.prefix))
	}
	return a
}

// conventions checks the rules of the contract for every answer.
func (a answer) conventions(what string) {
	a.t.Helper()
	if a.header.Get("Cache-Control") != "no-store" || a.header.Get("X-Request-Id") == "" {
		a.t.Errorf("%s: Cache-Control %q, X-Request-Id %q", what, a.header.Get("Cache-Control"), a.header.Get("X-Request-Id"))
	}
	kind := a.header.Get("Content-Type")
	switch {
	case a.status >= 500:
		a.t.Logf("%s: %d %s", what, a.status, a.body)
		a.problem(what)
	case a.status >= 400:
		a.problem(what)
	case a.status == http.StatusNoContent && len(a.body) == 0:
	case kind == "image/png", kind == "application/x-pem-file":
	case kind != "application/json; charset=utf-8" || a.doc == nil:
		a.t.Errorf("%s: an answer of type %q: %s", what, kind, a.body)
	}
}

// problemMembers are the members of every problem document, and those that some have.
var (
	problemMembers = []string{"code", "detail", "errors", "instance", "status", "title", "type"}
	someHave       = []string{"attemptsLeft", "expected", "nicCode", "requestId", "state"}
)

func (a answer) problem(what string) {
	a.t.Helper()
	if kind := a.header.Get("Content-Type"); kind != "application/problem+json" {
		a.t.Errorf("%s: a problem of type %q", what, kind)
	}
	members := slices.DeleteFunc(slices.Sorted(maps.Keys(a.doc)),
		func(m string) bool { return slices.Contains(someHave, m) })
	if diff := cmp.Diff(problemMembers, members); diff != "" {
		a.t.Errorf("%s: members of the problem %s: %s", what, a.body, diff)
	}
	if a.doc["status"] != float64(a.status) || a.doc["type"] != "urn:nicsim:problem:"+a.text("code") ||
		a.text("title") == "" || a.text("detail") == "" {
		a.t.Errorf("%s: answered %d with %s", what, a.status, a.body)
	}
	for _, row := range a.rows("errors") {
		if diff := cmp.Diff([]string{"code", "field", "message"}, slices.Sorted(maps.Keys(row))); diff != "" {
			a.t.Errorf("%s: members of an error: %s", what, diff)
		}
	}
}

// text returns a member that is a string, or "".
func (a answer) text(member string) string {
	s, _ := a.doc[member].(string)
	return s
}

// rows returns a member that is a list of objects.
func (a answer) rows(member string) []object {
	list, _ := a.doc[member].([]any)
	var rows []object
	for _, v := range list {
		row, ok := v.(object)
		if !ok {
			a.t.Fatalf("%s has %v in its %s", a.body, v, member)
		}
		rows = append(rows, row)
	}
	return rows
}

// is checks the status and returns the answer.
func (a answer) is(status int) answer {
	a.t.Helper()
	if a.status != status {
		a.t.Fatalf("answered %d, want %d: %s", a.status, status, a.body)
	}
	return a
}

// refused checks a refusal: its status, its code, NIC's number for it, and every
// refused field with its code, as "field code".
func (a answer) refused(status int, code, nicCode string, fields ...string) answer {
	a.t.Helper()
	var got []string
	for _, row := range a.rows("errors") {
		got = append(got, row["field"].(string)+" "+row["code"].(string))
	}
	if a.status != status || a.text("code") != code || a.text("nicCode") != nicCode || !slices.Equal(got, fields) {
		a.t.Errorf("answered %s\nwant %d %s, nicCode %q, fields %q", a.body, status, code, nicCode, fields)
	}
	return a
}

// has checks members of the answer.
func (a answer) has(want object) answer {
	a.t.Helper()
	got := object{}
	for member := range want {
		if v, ok := a.doc[member]; ok {
			got[member] = v
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		a.t.Errorf("%s\n%s", a.body, diff)
	}
	return a
}

// only checks that the answer has these members and no others.
func (a answer) only(members ...string) answer {
	a.t.Helper()
	slices.Sort(members)
	if diff := cmp.Diff(members, slices.Sorted(maps.Keys(a.doc))); diff != "" {
		a.t.Errorf("members of %s: %s", a.body, diff)
	}
	return a
}
