package dashboard_test

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/nicsim/nicsim/simulator"
	"github.com/nicsim/nicsim/simulator/dice"
	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/httpd/dashboard"
	"github.com/nicsim/nicsim/simulator/simtest"
	"github.com/nicsim/nicsim/simulator/world"
)

// visitor is a client of the dashboard of a world.
type visitor struct {
	t                            *testing.T
	control, sandbox, production string
	client                       *http.Client
}

func visit(t *testing.T, prefix string) *visitor {
	t.Helper()
	s := simtest.Start(t, simulator.Options{Log: slog.New(slog.DiscardHandler)})
	jar, _ := cookiejar.New(nil) // never fails without options
	client := &http.Client{Jar: jar, Transport: &http.Transport{Proxy: nil}}
	t.Cleanup(client.CloseIdleConnections)
	return &visitor{t, s.Control + prefix, s.Sandbox + prefix, s.Production + prefix, client}
}

const dashboardToken = "a-token-of-the-dashboard"

// visitWithToken starts a simulator with a control token, and returns a visitor that is not logged in to its dashboard.
func visitWithToken(t *testing.T) *visitor {
	t.Helper()
	s := simtest.Start(t, simulator.Options{Log: slog.New(slog.DiscardHandler), ControlToken: dashboardToken})
	return &visitor{t: t, control: s.Control, client: s.Client()}
}

// visitWorld returns a visitor of a world that has only what populate adds.
func visitWorld(t *testing.T, populate func(context.Context, *world.World) error) *visitor {
	t.Helper()
	chance := dice.New("dashboard")
	worlds := world.NewWorlds(world.Options{Dice: chance, Populate: populate})
	board, err := dashboard.New(dashboard.Options{Worlds: worlds, Dice: chance})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(httpd.Listener{
		Worlds: worlds, RequestIDs: chance.Stream("request-id"), Log: slog.New(slog.DiscardHandler),
		Routes: board.Routes, ErrorPage: board.ErrorPage,
	}.Handler())
	t.Cleanup(func() {
		server.CloseClientConnections() // an open page keeps its event stream
		server.Close()
	})
	return &visitor{t: t, control: server.URL, client: server.Client()}
}

// page is an answer.
type page struct {
	*visitor
	status int
	header http.Header
	at     *url.URL
	text   string
	doc    *html.Node
}

func (v *visitor) send(r *http.Request) page {
	v.t.Helper()
	w, err := v.client.Do(r)
	if err != nil {
		v.t.Fatal(err)
	}
	defer w.Body.Close()
	body, err := io.ReadAll(w.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	p := page{visitor: v, status: w.StatusCode, header: w.Header, at: w.Request.URL, text: string(body)}
	if p.doc, err = html.Parse(strings.NewReader(p.text)); err != nil {
		v.t.Fatal(err)
	}
	return p
}

func (v *visitor) request(method, address, kind, body string) *http.Request {
	v.t.Helper()
	r, err := http.NewRequestWithContext(v.t.Context(), method, address, strings.NewReader(body))
	if err != nil {
		v.t.Fatal(err)
	}
	if body != "" {
		r.Header.Set("Content-Type", kind)
	}
	r.Header.Set("Accept", "text/html,*/*")
	return r
}

func (v *visitor) open(path string) page {
	v.t.Helper()
	return v.send(v.request(http.MethodGet, v.control+path, "", ""))
}

// json sends JSON and returns the JSON of the answer, or nil.
func (v *visitor) json(method, address, body string) map[string]any {
	v.t.Helper()
	r := v.request(method, address, "application/json", body)
	r.Header.Set("Accept", "application/json")
	p := v.send(r)
	var answer map[string]any
	_ = json.Unmarshal([]byte(p.text), &answer) // 204 has none
	return answer
}

// register validates Dakshin on the sandbox portal with a mobile number, and sends the OTP.
func (v *visitor) register(mobile string) {
	v.t.Helper()
	captcha := v.json("POST", v.sandbox+"/portal/v1/captchas", "")["captchaId"].(string)
	answer := v.json("GET", v.control+"/control/v1/captchas/"+captcha, "")["answer"].(string)
	id, ok := v.json("POST", v.sandbox+"/portal/v1/registrations",
		`{"category":"TAXPAYER","gstin":"29ABCCD1234E1Z1","mobile":"`+mobile+
			`","email":"accounts@dakshin.example","captcha":{"captchaId":"`+captcha+`","answer":"`+answer+`"}}`)["registrationId"].(string)
	if ok {
		v.json("POST", v.sandbox+"/portal/v1/registrations/"+id+"/otp", "")
	}
}

// press sends the form that has a button. The changes are names and values of fields in turns.
func (p page) press(button string, changes ...string) page {
	p.t.Helper()
	for f := range p.doc.Descendants() {
		if f.Data != "form" {
			continue
		}
		values, pressed := url.Values{}, false
		for n := range f.Descendants() {
			name := attribute(n, "name")
			switch {
			case n.Data == "button" && text(n) == button:
				pressed = true
				if name != "" {
					values.Set(name, "1")
				}
			case n.Data == "input":
				values.Set(name, attribute(n, "value"))
			case n.Data == "textarea":
				values.Set(name, text(n))
			case n.Data == "option" && has(n, "selected"):
				values.Set(attribute(n.Parent, "name"), attribute(n, "value"))
			}
		}
		if !pressed {
			continue
		}
		for i := 0; i+1 < len(changes); i += 2 {
			if !values.Has(changes[i]) {
				p.t.Fatalf("%s: the form has no field %q", p.at, changes[i])
			}
			values.Set(changes[i], changes[i+1])
		}
		to, err := p.at.Parse(attribute(f, "action"))
		if err != nil {
			p.t.Fatal(err)
		}
		return p.send(p.request(http.MethodPost, to.String(), "application/x-www-form-urlencoded", values.Encode()))
	}
	p.t.Fatalf("%s has no button %q", p.at, button)
	return page{}
}

// values returns the texts of the elements with a data-value.
func (p page) values(name string) []string { return p.marked("data-value", name) }

// marked returns the texts of the elements with an attribute.
func (p page) marked(attributeName, value string) []string {
	var found []string
	for n := range p.doc.Descendants() {
		if attribute(n, attributeName) == value {
			found = append(found, text(n))
		}
	}
	return found
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, name string) bool {
	for _, a := range n.Attr {
		if a.Key == name {
			return true
		}
	}
	return false
}

func text(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data + " ")
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}
