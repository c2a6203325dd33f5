package pages

import (
	"context"
	"errors"
	"net/http"
	"net/url"

	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/httpd/look"
)

// submit does what a form is for and returns the path of the page that comes next.
type submit func(*visit, url.Values) (next string, err error)

// newCaptcha is the name of the button that draws another picture.
const newCaptcha = "newCaptcha"

// errLost is what came of a submission whose handler broke.
var errLost = errors.New("the form was lost")

// errForm refuses a form that was not made here for this browser.
var errForm = &httpd.Fail{
	Status: http.StatusForbidden, Code: "form-expired", Title: "This form is out of date",
	Detail: "Nothing was done. The form was opened before the simulator was started anew, or in another browser. Here is a new one: send it again.",
}

// form registers a page with a form that anybody may fill in.
func (r *routes) form(path string, show show, do submit) {
	r.on(http.MethodGet, path, func(v *visit) (httpd.Reply, error) { return v.formPage(show) })
	r.on(http.MethodPost, path, func(v *visit) (httpd.Reply, error) { return v.submitted(show, do) })
}

// formInSession registers a page with a form for somebody who is logged in.
func (r *routes) formInSession(path string, show show, do submit) {
	r.on(http.MethodGet, path, func(v *visit) (httpd.Reply, error) {
		if err := v.logIn(); err != nil {
			return v.askToLogIn(err)
		}
		return v.formPage(show)
	})
	r.on(http.MethodPost, path, func(v *visit) (httpd.Reply, error) {
		if err := v.logIn(); err != nil {
			return v.refusedElsewhere(err) // the page there asks to log in
		}
		return v.submitted(show, do)
	})
}

// again is the parameter that names the submission whose outcome a page shows.
const again = "again"

// formPage answers a page with a form: anew, or as it was refused.
func (v *visit) formPage(show show) (httpd.Reply, error) {
	if number := v.r.URL.Query().Get(again); number != "" {
		came, ok := v.site.done.page(v.key(number), v.browsers())
		if ok && came.open {
			_, err := show(v)
			ok = err == nil // else the flow has gone on since, or has ended
		}
		if ok {
			return *came.page, nil
		}
	}
	return v.answer(show)
}

// key names a submission: the form's number, in this place.
func (v *visit) key(number string) string { return v.call.Asked + " " + number }

// submitted does what a posted form is for, once, however often it comes, and sends the browser
// on to a page that it can go back to and reload.
func (v *visit) submitted(show show, do submit) (httpd.Reply, error) {
	typed, err := httpd.Form(v.r, v.call)
	if err != nil {
		return httpd.Reply{}, err
	}
	number, ours := v.site.tokens.number(v.r, typed.Get("form"))
	if !ours {
		number = v.site.tokens.numbers.Alphanumeric(numberLength)
	}
	return v.site.done.once(v.ctx, v.key(number), func() (outcome, error) {
		v.ctx = context.WithoutCancel(v.ctx) // who clicks twice gives the first request up
		refused := error(errForm)
		switch {
		case ours && typed.Has(newCaptcha):
			refused = nil
		case ours:
			next, err := do(v, typed)
			if err == nil {
				return outcome{answer: v.leadTo(next)}, nil
			}
			refused = err
		}
		return v.comeBack(number, show, typed, refused)
	})
}

// comeBack makes the page with the form as it was filled in, and sends the browser to it. A nil
// error is no refusal, but a wish for another captcha.
func (v *visit) comeBack(number string, show show, typed url.Values, refused error) (outcome, error) {
	var problem *httpd.Problem
	if refused != nil {
		problem = httpd.ProblemOf(refused)
		if problem.Status == http.StatusInternalServerError {
			return outcome{}, refused
		}
	}
	page, open, err := v.refusedPage(show, typed, problem)
	if err != nil {
		return outcome{}, err
	}
	answer := v.leadTo(v.path() + "?" + url.Values{again: {number}}.Encode())
	answer.Reason = problem
	return outcome{answer: answer, page: &page, open: open, browser: v.browser}, nil
}

// refusedPage is a form as it was filled in, and why it was refused; or that alone, when the
// form is not the one to show any more. It says whether the form is.
func (v *visit) refusedPage(show show, typed url.Values, problem *httpd.Problem) (reply httpd.Reply, open bool, err error) {
	p, err := show(v)
	open = err == nil
	v.token() // the page belongs to this browser even without a form
	to, moved := errors.AsType[elsewhere](err)
	other, replaced := errors.AsType[instead](err)
	switch {
	case problem == nil && err != nil:
		return httpd.Reply{}, false, err
	case moved:
		p = look.Page{Title: problem.Title, Name: "problem", Next: &look.Link{Text: "Go on where you are", Path: to.path}}
	case replaced:
		p = other.page
	case err != nil: // the page is gone, and the refusal says why
		p = look.Page{Title: problem.Title, Name: "problem", Next: beginAgain(v.path(), problem)}
	}
	p.Problem, p.Same = problem, false
	if p.Form != nil {
		p.Form.Fill(typed)
		if problem != nil {
			p.Form.Refuse(problem)
		}
	}
	reply, err = v.render(p)
	return reply, open, err
}

// refusedElsewhere sends a refused form back to its page, which tells of the refusal by itself.
func (v *visit) refusedElsewhere(refused error) (httpd.Reply, error) {
	problem := httpd.ProblemOf(refused)
	if problem.Status == http.StatusInternalServerError {
		return httpd.Reply{}, refused
	}
	answer := v.leadTo(v.path())
	answer.Reason = problem
	return answer, nil
}
