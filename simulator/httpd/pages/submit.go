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
	Detail: "Nothing was done. The form was opened before the simulator was started anew, or in another browser. Here is a new one: fill it in and send it again.",
}

// form registers a page with a form that anybody may fill in.
func (r *routes) form(path string, show show, do submit) {
	r.page(path, show)
	r.on(http.MethodPost, path, func(v *visit) (httpd.Reply, error) { return v.submitted(show, do) })
}

// formInSession registers a page with a form for somebody who is logged in.
func (r *routes) formInSession(path string, show show, do submit) {
	r.inSession(path, show)
	r.on(http.MethodPost, path, func(v *visit) (httpd.Reply, error) {
		if err := v.logIn(); err != nil {
			return v.askToLogIn(err)
		}
		return v.submitted(show, do)
	})
}

// submitted answers a posted form: once, however often it comes.
func (v *visit) submitted(show show, do submit) (httpd.Reply, error) {
	typed, err := v.read()
	if err != nil {
		return httpd.Reply{}, err
	}
	number, ours := v.site.tokens.number(v.r, typed.Get("form"))
	switch {
	case !ours:
		return v.refuse(show, typed, errForm)
	case typed.Has(newCaptcha):
		return v.again(show, typed)
	}
	return v.site.done.once(v.ctx, v.call.Asked+" "+number, func() (httpd.Reply, error) {
		v.ctx = context.WithoutCancel(v.ctx) // who clicks twice gives the first request up
		next, err := do(v, typed)
		if err != nil {
			return v.refuse(show, typed, err)
		}
		return v.leadTo(next), nil
	})
}

// again shows a form as it was filled in, with another captcha.
func (v *visit) again(show show, typed url.Values) (httpd.Reply, error) {
	return v.answer(func(v *visit) (look.Page, error) {
		p, err := show(v)
		if err == nil && p.Form != nil {
			p.Form.Fill(typed)
		}
		return p, err
	})
}

// refuse shows a form as it was filled in, and why it was refused.
func (v *visit) refuse(show show, typed url.Values, refused error) (httpd.Reply, error) {
	problem := httpd.ProblemOf(refused)
	if problem.Status == http.StatusInternalServerError {
		return httpd.Reply{}, refused
	}
	p, err := show(v)
	if to, ok := errors.AsType[elsewhere](err); ok {
		p, err = look.Page{Title: problem.Title, Name: "problem", Next: &look.Link{Text: "Go on where you are", Path: to.path}}, nil
	}
	if other, ok := errors.AsType[instead](err); ok {
		p, err = other.page, nil
	}
	if err != nil {
		return httpd.Reply{}, refused // the page is gone, and that is why
	}
	p.Problem = problem
	if p.Form != nil {
		p.Form.Fill(typed)
		p.Form.Refuse(problem)
	}
	return v.render(p)
}
