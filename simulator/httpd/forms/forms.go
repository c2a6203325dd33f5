// Package forms sees to it that a form of a web page has its effect once, and only when a person
// sent it from a page of ours: one-time tokens, and a memory of what came of each.
//
// No page is the answer to a form. Whoever sends one is led on by 303: to the next page, or back
// to the form with what was refused. So a double click, a reload and a step back are all safe.
package forms

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/url"

	"github.com/nicsim/nicsim/simulator/dice"
	"github.com/nicsim/nicsim/simulator/httpd"
)

// Desk gives out the tokens of one listener's forms and remembers what came of them. It is safe
// for concurrent use.
type Desk struct {
	tokens  tokens
	ledger  *ledger
	expired *ledger // of forms that are not ours: whoever sends many drives no other out of memory
}

// NewDesk returns a desk. The purpose keeps its chance apart from other desks'.
func NewDesk(chance *dice.Dice, purpose string) *Desk {
	return &Desk{tokens: newTokens(chance, purpose), ledger: newLedger(remembered), expired: newLedger(rememberedExpired)}
}

// Browser is the browser that sent a request. Use Desk.Browser.
type Browser struct {
	// Cookies are to be set with the answer.
	Cookies []*http.Cookie
	// Session is that of a page for somebody who is logged in: no other session is shown what came of
	// its forms.
	Session string

	desk   *Desk
	r      *http.Request
	call   *httpd.Call
	name   string   // what the tokens of this request are bound to; see Token
	issued []string // its tokens
}

// Browser returns who sent a request.
func (d *Desk) Browser(r *http.Request, call *httpd.Call) *Browser {
	return &Browser{desk: d, r: r, call: call}
}

// Form is the name of the field with the token.
const Form = "form"

// again is the parameter that names the form whose outcome a page shows.
const again = "again"

// errLost is what came of a form whose handler broke.
var errLost = errors.New("the form was lost")

// ErrExpired refuses a form that was not made here for this browser.
var ErrExpired error = &httpd.Fail{
	Status: http.StatusForbidden, Code: "form-expired", Title: "This form is out of date",
	Detail: "Nothing was done. The form was opened before the simulator was started anew, or in another browser. Here " +
		"is a new one: send it again.",
}

// ErrNoCookie refuses a form from a browser that keeps no cookies: it could be shown no outcome.
var ErrNoCookie error = &httpd.Fail{
	Status: http.StatusForbidden, Code: "cookie-required", Title: "This site needs cookies",
	Detail: "Nothing was done: the browser sent no cookie with the form. Let it keep this site's cookies, and open " +
		"the page again.",
}

// LeadTo sends the browser to another page of the world.
func (b *Browser) LeadTo(path string) httpd.Reply {
	return httpd.Reply{Status: http.StatusSeeOther, Location: path, Cookies: b.Cookies}
}

// Came returns the page that came of a form, if that is what is asked for. Open says that the
// form stands on it and could be sent: whether it still can, the caller knows.
func (b *Browser) Came() (page httpd.Reply, open, ok bool) {
	number := b.r.URL.Query().Get(again)
	if number == "" {
		return httpd.Reply{}, false, false
	}
	for _, l := range []*ledger{b.desk.ledger, b.desk.expired} {
		if came, ok := l.page(b.key(number), b.owners()); ok {
			return b.anew(came), came.open, true
		}
	}
	return httpd.Reply{}, false, false
}

// anew gives the forms of a page that is shown again tokens of their own: who sends one means it, be
// it with the same in it.
func (b *Browser) anew(came outcome) httpd.Reply {
	page := *came.page
	for _, token := range came.tokens {
		page.Raw = bytes.ReplaceAll(page.Raw, []byte(token), []byte(b.Token()))
	}
	return page
}

// owners are who may see what came of a form: this session of the browser, under each of its names.
func (b *Browser) owners() []string {
	owners := b.names()
	for i := range owners {
		owners[i] += " " + b.Session
	}
	return owners
}

// key names a form that was sent: its number, in this place.
func (b *Browser) key(number string) string { return b.call.Asked + " " + number }

// Back is the page that is shown instead of the next one: the form as it was filled in, and why
// it was refused. A nil problem is no refusal. Open says whether the form could be sent again.
type Back func(p *httpd.Problem) (page httpd.Reply, open bool, err error)

// Submit does what a form is for, once, however often it comes, and leads the browser on: to the
// path that do returns, or to the page that back makes of its error. Do is not given up when the
// browser gives the request up, as it does with the first of two clicks.
func (b *Browser) Submit(typed url.Values, do func(context.Context) (next string, err error), back Back) (httpd.Reply,
	error) {
	if len(b.names()) == 0 {
		return httpd.Reply{}, ErrNoCookie
	}
	number, ours := b.number(typed.Get(Form))
	ledger := b.desk.ledger
	if !ours {
		number, ledger = b.desk.tokens.numbers.Alphanumeric(numberLength), b.desk.expired
	}
	return ledger.once(b.r.Context(), b.key(number), func() (outcome, error) {
		next, err := "", ErrExpired
		if ours {
			next, err = do(context.WithoutCancel(b.r.Context()))
		}
		if err == nil && next != "" {
			return outcome{answer: b.LeadTo(next)}, nil
		}
		return b.comeBack(number, back, err)
	})
}

// comeBack keeps the page that is shown instead of the next one, and leads the browser to it.
func (b *Browser) comeBack(number string, back Back, refused error) (outcome, error) {
	var problem *httpd.Problem
	if refused != nil {
		if problem = httpd.ProblemOf(refused); problem.Status == http.StatusInternalServerError {
			return outcome{}, refused
		}
	}
	page, open, err := back(problem)
	if err != nil {
		return outcome{}, err
	}
	b.Token() // the page belongs to this browser even when it has no form
	answer := b.LeadTo(b.r.URL.EscapedPath() + "?" + url.Values{again: {number}}.Encode())
	answer.Reason = problem
	return outcome{answer: answer, page: &page, tokens: b.issued, open: open, owner: b.name + " " + b.Session}, nil
}
