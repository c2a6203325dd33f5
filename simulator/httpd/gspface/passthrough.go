package gspface

import (
	"context"
	"errors"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/httpd/irpapi"
	"github.com/nicsim/nicsim/simulator/httpd/upstream"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/subscription"
)

// passThrough makes a face whose paths are NIC's with other beginnings, which are given by the first part of NIC's.
func passThrough(name string, identify func(*ask) error, refuse func(*ask, *Refusal) httpd.Reply,
	beginnings map[string]string) Face {
	f := Face{Name: name, Names: []string{name}, Refuse: refuse}
	for _, e := range irpapi.Endpoints(nic.Sandbox) { // it has the calls of both environments
		service, rest, _ := strings.Cut(e.Path[1:], "/")
		if begin, has := beginnings[service]; has {
			f.Calls = append(f.Calls, Call{Name: e.Name, Method: e.Method, Path: begin + "/" + rest, NIC: e.Path,
				Do: forwards(identify)})
		}
	}
	return f
}

// forwards sends a request on to NIC unchanged, with the client id and secret of the GSP.
func forwards(identify func(*ask) error) func(*ask) (httpd.Reply, error) {
	return func(a *ask) (httpd.Reply, error) {
		if err := identify(a); err != nil {
			return httpd.Reply{}, err
		}
		if a.call.Name == "auth" {
			a.in.Show(object("Data", "***"))
			a.in.ShowAnswer(object("Data", "***"))
		}
		path, err := a.nicPath()
		if err != nil {
			return httpd.Reply{}, err
		}
		said, err := a.ask(upstream.Request{
			Method: a.call.Method, Path: path, Header: a.forwarded(), Body: a.body,
		})
		if err != nil {
			return httpd.Reply{}, err
		}
		reply := httpd.Reply{Status: said.Status, Raw: said.Body, RawType: said.Header.Get("Content-Type")}
		if wait := said.Header.Get("Retry-After"); wait != "" {
			reply.Header = http.Header{"Retry-After": {wait}}
		}
		return reply, nil
	}
}

// ask sends a request to NIC as the company. Without an answer, the refusal says so.
func (a *ask) ask(r upstream.Request) (upstream.Answer, error) {
	r.Environment, r.Company = a.env, a.configured()
	said, err := a.NIC.Do(a.ctx, a.in, r)
	if err == nil {
		return said, a.afterwards()
	}
	return said, unanswered(err)
}

// unanswered is the refusal for an error of upstream.
func unanswered(err error) error {
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return &Refusal{Why: TimedOut}
	case errors.Is(err, upstream.ErrUnreachable):
		return &Refusal{Why: Down}
	}
	return err
}

// nicPath is the path of the call at NIC. Variables that the vendor has in the query are taken from there; the rest of
// the query stays.
func (a *ask) nicPath() (string, error) {
	path, query := a.call.NIC, maps.Clone(a.params.query)
	for name, value := range a.params.vars {
		path = strings.ReplaceAll(path, "{"+name+"}", url.PathEscape(value))
	}
	for name, value := range a.params.query {
		if variable := "{" + name + "}"; value != "" && strings.Contains(path, variable) {
			path = strings.ReplaceAll(path, variable, url.PathEscape(value))
			delete(query, name)
		}
	}
	if _, rest, found := strings.Cut(path, "{"); found {
		name, _, _ := strings.Cut(rest, "}")
		return "", &Refusal{Why: Missing, Names: []string{name}}
	}
	values := url.Values{}
	for name, value := range query {
		values.Set(name, value)
	}
	if len(values) > 0 {
		path += "?" + values.Encode()
	}
	return path, nil
}

// notForwarded are the headers that belong to the connection with the gateway, and the pair that the gateway adds.
var notForwarded = []string{"connection", "content-length", "host", "accept-encoding", "transfer-encoding",
	"client-id", "client-secret", "user-agent", "x-request-id"}

// forwarded are the headers of the request without those of the gateway. TaxPro alone sends on a client id of the
// caller's, which NIC then refuses.
func (a *ask) forwarded() http.Header {
	sent := http.Header{"Content-Type": {"application/json"}}
	own := slices.Concat(a.secretNames(), a.face.Own, notForwarded)
	for i, name := range own {
		own[i] = normal(name)
	}
	for name, value := range a.params.header {
		if !slices.Contains(own, name) {
			sent.Set(name, value)
		}
	}
	if _, named := a.params.header["user-name"]; !named && a.params.header["username"] != "" {
		sent.Set("user-name", a.params.header["username"])
	}
	if id := a.params.header["client-id"]; id != "" && a.face.Name == taxproName {
		sent["Client_id"] = []string{id}
		sent["Client_secret"] = []string{a.params.header["client-secret"]}
	}
	if portal := a.params.vars["irp"]; portal != "" && a.params.header["irp"] == "" {
		sent.Set("irp", "NIC"+portal[len(portal)-1:])
	}
	return sent
}

// secretNames are the secrets of the subscription's face; of an unknown subscription, those of the first.
func (a *ask) secretNames() []string {
	name := a.subscription.Face
	if name == "" {
		name = a.face.Names[0]
	}
	f, _ := subscription.Named(name)
	return f.Secrets
}

// byHeaders identifies a caller by the secrets of the face in headers.
func byHeaders(a *ask) error {
	var secrets, missing []string
	for _, name := range a.secretNames() {
		value := a.params.header[normal(name)]
		if secrets = append(secrets, value); value == "" {
			missing = append(missing, name)
		}
	}
	if len(missing) > 0 {
		return &Refusal{Why: Missing, Names: missing}
	}
	return a.subscribed(secrets...)
}
