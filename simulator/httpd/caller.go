package httpd

import (
	"cmp"
	"encoding/json"
	"mime"
	"net/http"
	"net/url"

	"github.com/nicsim/nicsim/simulator/fault"
	"github.com/nicsim/nicsim/simulator/store"
)

// newCaptcha is the name of the button of a form that asks for another captcha.
const newCaptcha = "newCaptcha"

// callName names the call that a request is: that of its route, but for a form whose button for another captcha was
// pressed.
func callName(r *http.Request, call *Call, body []byte) string {
	if formOf(r, body).Has(newCaptcha) {
		return fault.Captcha
	}
	return call.Route
}

// formOf reads a sent form, or returns nil.
func formOf(r *http.Request, body []byte) url.Values {
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")) // an invalid one is another
	if kind != FormType || len(body) > MaxBody {
		return nil
	}
	form, _ := url.ParseQuery(string(body)) // the form is refused later
	return form
}

// callerOf finds out who sends a request: by its headers, by what it sends, by its flow, or by its session. It changes
// nothing.
func (l Listener) callerOf(r *http.Request, call *Call, body []byte) fault.Caller {
	var c fault.Caller
	add := func(more fault.Caller) {
		c = fault.Caller{GSTIN: cmp.Or(c.GSTIN, more.GSTIN), User: cmp.Or(c.User, more.User),
			ClientID: cmp.Or(c.ClientID, more.ClientID)}
	}
	if l.Caller != nil {
		add(l.Caller(r))
	}
	form := formOf(r, body)
	add(fault.Caller{GSTIN: form.Get("gstin"), User: form.Get("username"), ClientID: form.Get("clientId")})
	var sent struct{ GSTIN, Username, ClientID string }
	if len(body) <= MaxBody && json.Unmarshal(body, &sent) == nil {
		add(fault.Caller{GSTIN: sent.GSTIN, User: sent.Username, ClientID: sent.ClientID})
	}
	_ = call.World.Store.View(r.Context(), func(reader store.Reader) error { // without a store the call fails later
		if flow, err := reader.Flow(call.vars["id"]); err == nil && flow.Environment == l.Environment {
			user := cmp.Or(flow.Username, flow.Result.Username)
			add(fault.Caller{GSTIN: flow.GSTIN, User: user, ClientID: flow.Result.ClientID})
		}
		for _, cookie := range r.CookiesNamed(CookieName(l.Environment)) {
			if s, err := reader.Session(l.Environment, cookie.Value); err == nil {
				add(fault.Caller{GSTIN: s.GSTIN, User: s.Username, ClientID: s.ClientID})
			}
		}
		return nil
	})
	return c
}
