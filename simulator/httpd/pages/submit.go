package pages

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/nicsim/nicsim/simulator/fault"
	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/httpd/forms"
	"github.com/nicsim/nicsim/simulator/httpd/layout"
	"github.com/nicsim/nicsim/simulator/portal"
)

// submit does what a form is for and returns the path of the page that comes next.
type submit func(*visit, url.Values) (next string, err error)

// newCaptcha is the name of the button for another captcha.
const newCaptcha = "newCaptcha"

// form registers a page with a form that needs no session. The name is that of the call that the form makes.
func (r *routes) form(name, path string, show show, do submit) {
	r.on(fault.Page, http.MethodGet, path, func(v *visit) (httpd.Reply, error) { return v.formPage(show) })
	r.on(name, http.MethodPost, path, func(v *visit) (httpd.Reply, error) { return v.submitted(do) })
}

// formInSession registers a page with a form that needs a session.
func (r *routes) formInSession(name, path string, show show, do submit) {
	r.on(fault.Page, http.MethodGet, path, func(v *visit) (httpd.Reply, error) {
		if err := v.logIn(); err != nil {
			return v.askToLogIn(err)
		}
		return v.formPage(show)
	})
	r.on(name, http.MethodPost, path, func(v *visit) (httpd.Reply, error) {
		if err := v.logIn(); err != nil {
			return v.refusedElsewhere(err) // the GET answers with the Login page
		}
		return v.submitted(do)
	})
}

// formPage answers a page with a form: a new one, or one that was sent and did not lead to another page.
func (v *visit) formPage(show show) (httpd.Reply, error) {
	v.kept = v.browser.Kept()
	if v.kept == nil {
		return v.answer(show(v))
	}
	v.kept.Lock()
	defer v.kept.Unlock()
	p, err := show(v)
	problem := v.kept.Problem
	if err != nil && (v.kept.Shown || problem == nil) { // the flow has advanced or ended since the form was shown
		return v.answer(p, err)
	}
	to, moved := errors.AsType[elsewhere](err)
	other, replaced := errors.AsType[instead](err)
	switch {
	case moved:
		p = layout.Page{Title: problem.Title, Name: "problem", Next: &layout.Link{Text: "Go on where you are", Path: to.path}}
	case replaced:
		p = other.page
	case err != nil: // the form's page no longer exists, and the refusal says why
		p = layout.Page{Title: problem.Title, Name: "problem"}
	default:
		v.kept.Shown = true
	}
	if v.kept.Result != nil {
		p.Data = v.kept.Result
	}
	if problem != nil {
		p.Problem = inPageWords(problem, v.kept.Typed)
		p.Next = cmp.Or(p.Next, beginAgain(v.path(), problem), v.existingUser(problem))
	}
	if p.Form != nil {
		p.Form.Fill(v.kept.Typed)
		if problem != nil {
			p.Form.Refuse(p.Problem)
		} else {
			p.Form.FocusOn(layout.Captcha) // New captcha was pressed
		}
	}
	return v.render(p)
}

// keptFields are the fields that a form shows again after a refusal: all except secrets.
var keptFields = strings.Fields(`captchaId captcha.answer category gstin pan mobile email registrationThrough
	companyName companyNameERP clientId username stateCode sealedSek plain data signed`)

// keep returns the part of a sent form that is kept.
func keep(typed url.Values) *forms.Kept {
	kept := &forms.Kept{Typed: url.Values{}, Captcha: typed.Get("captchaId")}
	for _, name := range keptFields {
		if typed.Has(name) {
			kept.Typed.Set(name, typed.Get(name))
		}
	}
	return kept
}

// submitted does what a posted form is for.
func (v *visit) submitted(do submit) (httpd.Reply, error) {
	typed, err := httpd.Form(v.r, v.call)
	if err != nil {
		return httpd.Reply{}, err
	}
	return v.browser.Submit(typed.Get(forms.TokenField), keep(typed), func(ctx context.Context) (string, error) {
		v.ctx = ctx
		if err := v.sameLogin(typed); err != nil {
			return "", err
		}
		if typed.Has(newCaptcha) {
			return "", v.portal.EndCaptcha(ctx, typed.Get("captchaId"))
		}
		if err := v.portal.RefusedByFault(ctx); err != nil {
			return "", err
		}
		return do(v, typed)
	})
}

// compute computes the result of a tool from what was typed and from files. It changes no state. The form shows the
// fields that it sets in typed.
type compute func(v *visit, typed url.Values, files map[string]httpd.File) (result any, err error)

// tool registers a page with a form that leads back to the page, with a result. It needs no session; with one, the
// page has the menu.
func (r *routes) tool(path string, show show, do compute) {
	r.toolOn(fault.Page, http.MethodGet, path, func(v *visit) (httpd.Reply, error) { return v.formPage(show) })
	r.toolOn("tool", http.MethodPost, path, func(v *visit) (httpd.Reply, error) { return v.computed(do) })
}

// toolPage registers a page of the tools without a form.
func (r *routes) toolPage(path string, show show) {
	r.toolOn(fault.Page, http.MethodGet, path, func(v *visit) (httpd.Reply, error) { return v.answer(show(v)) })
}

// toolOn registers an action of the tools. It finds the session if there is one.
func (r *routes) toolOn(name, method, path string, do func(*visit) (httpd.Reply, error)) {
	r.on(name, method, path, func(v *visit) (httpd.Reply, error) {
		if err := v.knowSession(); err != nil {
			return httpd.Reply{}, err
		}
		return do(v)
	})
}

// computed computes the result of a posted form. With a result the whole form is kept, including keys: the next step
// needs them.
func (v *visit) computed(do compute) (httpd.Reply, error) {
	typed, files, err := httpd.Upload(v.r, v.call)
	if err != nil {
		return httpd.Reply{}, err
	}
	kept := keep(typed)
	// A tool changes nothing, so it ends with its request, and a second click computes once more.
	return v.browser.Submit(typed.Get(forms.TokenField), kept, func(context.Context) (_ string, err error) {
		if kept.Result, err = do(v, typed, files); err == nil {
			kept.Typed = typed
		}
		return "", err
	})
}

// inPageWords replaces words that fit the JSON and not a page: the page shows a new captcha already, and has a list to
// select a company from. NIC's own words stay.
func inPageWords(p *httpd.Problem, typed url.Values) *httpd.Problem {
	told := *p
	told.Detail, told.Errors = cmp.Or(pageWords(p.Code, typed), p.Detail), slices.Clone(p.Errors)
	for i, e := range told.Errors {
		told.Errors[i].Message = cmp.Or(pageWords(e.Code, typed), e.Message)
	}
	return &told
}

// pageWords returns the words for a code on a page; empty for those of the JSON.
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

// unsent is the parameter by which a Login page says that a form was sent without a session.
const unsent = "unsent"

// refusedElsewhere leads back to the page of a form, which is refused for the same reason and shows it.
func (v *visit) refusedElsewhere(refused error) (httpd.Reply, error) {
	problem := httpd.ProblemOf(refused)
	if problem.Status == http.StatusInternalServerError {
		return httpd.Reply{}, refused
	}
	answer := v.browser.LeadTo(v.path() + "?" + unsent + "=1")
	answer.Reason = problem
	return answer, nil
}
