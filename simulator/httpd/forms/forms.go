// Package forms processes each form of a web page once, and only if it was sent from a page of this listener. Each form
// has a one-time token, and a ledger records the result of each submission.
//
// A form is never answered with a page. The browser is redirected with 303 to the next page, or back to the form, which
// shows the refusal. So a double click, a reload and a step back are all safe.
package forms

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"sync"

	"github.com/nicsim/nicsim/simulator/dice"
	"github.com/nicsim/nicsim/simulator/httpd"
)

// Desk issues the tokens of one listener's forms and remembers what each submission did. It is safe for
// concurrent use.
type Desk struct {
	tokens  tokens
	ledger  *ledger
	expired *ledger // of forms with a wrong token: many of them displace no others
}

// NewDesk returns a desk. The purpose separates its random numbers from those of other desks.
func NewDesk(chance *dice.Dice, purpose string) *Desk {
	return &Desk{tokens: newTokens(chance, purpose), ledger: newLedger(maxForms), expired: newLedger(maxExpired)}
}

// Browser is the browser that sent a request. Use Desk.Browser.
type Browser struct {
	// Cookies are to be set with the answer.
	Cookies []*http.Cookie
	// Session is the token of the session that the request is in. A kept form is shown to the same session only.
	Session string

	desk *Desk
	r    *http.Request
	call *httpd.Call
	name string // that the tokens of this request are bound to; see Token
}

// Browser returns the browser that sent a request.
func (d *Desk) Browser(r *http.Request, call *httpd.Call) *Browser {
	return &Browser{desk: d, r: r, call: call}
}

// TokenField is the name of the field with the token.
const TokenField = "form"

// again is the parameter that names the kept form that a page shows.
const again = "again"

// Kept is a form that led to no other page, as data: what its page needs to show it again. It is locked while a
// page is made of it.
type Kept struct {
	Typed   url.Values     // what was typed, without secrets
	Problem *httpd.Problem // why the form was refused; nil if it was not
	Result  any            // what a tool answered; nil for none

	sync.Mutex        // guards what follows
	Captcha    string // id of the captcha that the form shows
	Shown      bool   // the form was shown again
}

// perTyped is about what a typed field occupies besides its texts, in bytes.
const perTyped = 64

// size is about how many bytes the form occupies.
func (k *Kept) size() int {
	n := perSubmission + sizeOf(k.Problem)
	for name, values := range k.Typed {
		n += len(name) + perTyped
		for _, value := range values {
			n += len(value)
		}
	}
	if k.Result != nil {
		n += sizeOf(k.Result)
	}
	return n
}

// errLost is the error of a form whose handler panicked.
var errLost = errors.New("the form was lost")

// errExpired refuses a form whose token was not issued here to this browser.
var errExpired error = httpd.Refuse(http.StatusForbidden, "form-expired", "This form is out of date",
	"Nothing was done. The form was opened before the simulator was restarted, or in another browser. Here is a new one: "+
		"send it again.")

// errNoCookie refuses a form from a browser that keeps no cookies: no kept form could be shown to it.
var errNoCookie error = httpd.Refuse(http.StatusForbidden, "cookie-required", "This site needs cookies",
	"Nothing was done: the browser sent no cookie with the form. Let it keep this site's cookies, and open the "+
		"page again.")

// LeadTo sends the browser to another page of the world.
func (b *Browser) LeadTo(path string) httpd.Reply {
	return httpd.Reply{Status: http.StatusSeeOther, Location: path, Cookies: b.Cookies}
}

// Kept returns the form that the request asks to show again; nil for none.
func (b *Browser) Kept() *Kept {
	number := b.r.URL.Query().Get(again)
	if number == "" {
		return nil
	}
	for _, l := range []*ledger{b.desk.ledger, b.desk.expired} {
		for _, name := range b.names() {
			if kept := l.find(b.key(number), b.owner(name)); kept != nil {
				return kept
			}
		}
	}
	return nil
}

// owner identifies the session, in a browser of that name, that a form is shown to.
func (b *Browser) owner(name string) string { return name + " " + b.Session }

// key identifies a submission by its number and its path.
func (b *Browser) key(number string) key { return keyOf(b.call.Asked, number) }

// Submit does what a form is for, once, however often it is sent, and leads the browser on: to the path that do
// returns, or back to the page of the form if there is no path or an error. [Browser.Kept] returns the form there.
// A request that the browser cancels does not cancel do: of two clicks, browsers cancel the first request.
func (b *Browser) Submit(token string, form *Kept, do func(context.Context) (next string, err error)) (httpd.Reply,
	error) {
	names := b.names()
	if len(names) == 0 {
		return httpd.Reply{}, errNoCookie
	}
	ledger := b.desk.ledger
	number, ours := b.number(token)
	if !ours {
		number, ledger = b.desk.tokens.numbers.Alphanumeric(numberLength), b.desk.expired
		do = func(context.Context) (string, error) { return "", errExpired }
	}
	return ledger.once(b.r.Context(), b.key(number), func() (outcome, error) {
		next, err := do(context.WithoutCancel(b.r.Context()))
		if err == nil && next != "" {
			return outcome{answer: b.LeadTo(next)}, nil
		}
		if errors.Is(err, context.Canceled) {
			return outcome{}, err
		}
		if err != nil {
			form.Problem = httpd.ProblemOf(err)
			if form.Problem.Status == http.StatusInternalServerError {
				return outcome{}, err
			}
		}
		query := b.r.URL.Query()
		query.Set(again, number)
		answer := b.LeadTo(b.r.URL.EscapedPath() + "?" + query.Encode())
		answer.Reason = form.Problem
		return outcome{answer: answer, kept: form, owner: b.owner(names[0])}, nil
	})
}
