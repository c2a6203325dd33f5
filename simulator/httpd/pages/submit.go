package pages

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"

	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/httpd/layout"
	"github.com/nicsim/nicsim/simulator/portal"
)

// submit does what a form is for and returns the path of the page that comes next.
type submit func(*visit, url.Values) (next string, err error)

// newCaptcha is the name of the button that draws another picture.
const newCaptcha = "newCaptcha"

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

// formPage answers a page with a form: anew, or as it was refused.
func (v *visit) formPage(show show) (httpd.Reply, error) {
	page, open, ok := v.browser.Came()
	if ok && open {
		_, err := show(v)
		ok = err == nil // else the flow has gone on since, or has ended
	}
	if ok {
		return page, nil
	}
	return v.answer(show)
}

// submitted does what a posted form is for.
func (v *visit) submitted(show show, do submit) (httpd.Reply, error) {
	typed, err := httpd.Form(v.r, v.call)
	if err != nil {
		return httpd.Reply{}, err
	}
	perform := func(ctx context.Context) (string, error) {
		v.ctx = ctx
		if err := v.sameLogin(typed); err != nil {
			return "", err
		}
		if typed.Has(newCaptcha) {
			return "", nil
		}
		return do(v, typed)
	}
	return v.browser.Submit(typed, perform, func(p *httpd.Problem) (httpd.Reply, bool, error) {
		return v.refusedPage(show, typed, p)
	})
}

// compute works something out from what was typed, and from files. Nothing changes by it. What it
// puts into typed, the form shows.
type compute func(v *visit, typed url.Values, files map[string]httpd.File) (result any, err error)

// tool registers a page with a form that anybody may fill in, and whose answer is the same page
// with a result. Who is logged in has the menu.
func (r *routes) tool(path string, show show, do compute) {
	r.on(http.MethodGet, path, func(v *visit) (httpd.Reply, error) {
		if err := v.knowSession(); err != nil {
			return httpd.Reply{}, err
		}
		return v.formPage(show)
	})
	r.on(http.MethodPost, path, func(v *visit) (httpd.Reply, error) {
		if err := v.knowSession(); err != nil {
			return httpd.Reply{}, err
		}
		return v.computed(show, do)
	})
}

// toolPage registers a page of the tools that only shows something.
func (r *routes) toolPage(path string, show show) {
	r.on(http.MethodGet, path, func(v *visit) (httpd.Reply, error) {
		if err := v.knowSession(); err != nil {
			return httpd.Reply{}, err
		}
		return v.answer(show)
	})
}

// computed works out what a posted form asks for, and leads to the page with the result.
func (v *visit) computed(show show, do compute) (httpd.Reply, error) {
	typed, files, err := httpd.Upload(v.r, v.call)
	if err != nil {
		return httpd.Reply{}, err
	}
	var result any
	perform := func(ctx context.Context) (_ string, err error) {
		v.ctx = ctx
		result, err = do(v, typed, files)
		return "", err
	}
	withResult := func(v *visit) (layout.Page, error) {
		p, err := show(v)
		p.Data = result
		return p, err
	}
	return v.browser.Submit(typed, perform, func(problem *httpd.Problem) (httpd.Reply, bool, error) {
		return v.refusedPage(withResult, typed, problem)
	})
}

// refusedPage is a form as it was filled in, and why it was refused; or that alone, when the
// form is not the one to show any more. It says whether the form is.
func (v *visit) refusedPage(show show, typed url.Values, problem *httpd.Problem) (reply httpd.Reply, open bool,
	err error) {
	p, err := show(v)
	open = err == nil
	to, moved := errors.AsType[elsewhere](err)
	other, replaced := errors.AsType[instead](err)
	switch {
	case moved && problem == nil:
		return v.leadTo(to.path), false, nil
	case moved:
		p = layout.Page{Title: problem.Title, Name: "problem", Next: &layout.Link{Text: "Go on where you are", Path: to.path}}
	case replaced:
		p = other.page
	case problem == nil && err != nil:
		return httpd.Reply{}, false, err
	case err != nil: // the page is gone, and the refusal says why
		p = layout.Page{Title: problem.Title, Name: "problem", Next: beginAgain(v.path(), problem)}
	}
	if problem != nil {
		problem = inPageWords(problem, typed)
		p.Next = cmp.Or(p.Next, beginAgain(v.path(), problem), v.userThere(problem))
	}
	p.Problem = problem
	if p.Form != nil {
		p.Form.Fill(typed)
		if problem != nil {
			p.Form.Refuse(problem)
		} else {
			p.Form.FocusOn(layout.Captcha) // another was asked for
		}
	}
	reply, err = v.render(p)
	return reply, open, err
}

// inPageWords says of a captcha and of a list what is so on a page: there is another captcha already, and
// nothing was selected. NIC's own words stay.
func inPageWords(p *httpd.Problem, typed url.Values) *httpd.Problem {
	told := *p
	told.Detail, told.Errors = cmp.Or(pageWords(p.Code, typed), p.Detail), slices.Clone(p.Errors)
	for i, e := range told.Errors {
		told.Errors[i].Message = cmp.Or(pageWords(e.Code, typed), e.Message)
	}
	return &told
}

// pageWords are those for a code on a page, or empty where it needs none of its own.
func pageWords(code string, typed url.Values) string {
	switch portal.Code(code) {
	case portal.CaptchaMismatch:
		if typed.Get("captcha.answer") == "" {
			return "Type the characters in the picture. Here is a new one."
		}
		return "The characters do not match the picture. Here is a new one."
	case portal.CaptchaExpired:
		return "This captcha was used before or is too old. Here is a new one."
	case portal.ProviderUnknown:
		if typed.Get(companyName(typed.Get("registrationThrough"))) == "" {
			return "Select one from the list."
		}
	}
	return ""
}

// unsent is the parameter by which a Login page knows that a form was sent without a session.
const unsent = "unsent"

// refusedElsewhere sends a refused form back to its page, which tells of the refusal by itself.
func (v *visit) refusedElsewhere(refused error) (httpd.Reply, error) {
	problem := httpd.ProblemOf(refused)
	if problem.Status == http.StatusInternalServerError {
		return httpd.Reply{}, refused
	}
	answer := v.leadTo(v.path() + "?" + unsent + "=1")
	answer.Reason = problem
	return answer, nil
}
