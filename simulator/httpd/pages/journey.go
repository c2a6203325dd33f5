package pages

import (
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/nicsim/nicsim/simulator/httpd/layout"
	"github.com/nicsim/nicsim/simulator/portal"
	"github.com/nicsim/nicsim/simulator/store"
)

// journey is a flow as a sequence of pages, one for each state.
type journey struct {
	begin  string // path of the page that it begins on, without an id
	path   string // before the id in the paths of the other pages
	stages []stage
	find   func(*visit) (store.Flow, error)
}

// stage is the page of a state.
type stage struct {
	state string
	page  string // below the journey's path and the id
	label string
}

// stepView is a step of a journey, in the list of steps on each page.
type stepView struct {
	Label string
	Here  bool
}

// flowView is the data of the pages of a flow.
type flowView struct {
	Flow      store.Flow
	Challenge portal.Challenge // zero before an OTP was sent
	ValidFor  time.Duration    // the OTP; 0 if it has expired
	ResendIn  time.Duration    // until another OTP may be sent; 0 for now
	Resent    bool             // another OTP was just sent
	Steps     []stepView
	Companies []store.Provider
	Users     []store.APIUser
	Message   string
	Enter     string // address of the GSP's page on which the API user is entered; empty for none
}

// instead is the error of a page in whose place another is shown.
type instead struct{ page layout.Page }

func (instead) Error() string { return "another page is shown instead" }

// at returns the flow for the page of a state. If the flow is at an earlier state, the error leads to that state's
// page; if it is at a later one, the error has a page that says so.
func (j journey) at(v *visit, state string) (flowView, error) {
	f, err := j.find(v)
	if err != nil {
		return flowView{}, err
	}
	asked, is := j.index(state, f), j.index(f.State, f)
	next := j.of(f)
	switch {
	case is < asked:
		return flowView{}, elsewhere{next}
	case is > asked:
		return flowView{}, instead{layout.Page{
			Title: "This step is done", Name: "done", State: f.State,
			Next: &layout.Link{Text: "Go on: " + j.stages[is].label, Path: next},
		}}
	}
	shown := flowView{Flow: f, Message: portal.Message(f), Enter: v.enter(f.Result)}
	if f.OTP.Sends > 0 {
		shown.Challenge = v.portal.ChallengeOf(f)
		shown.ValidFor, shown.ResendIn = v.until(shown.Challenge.ExpiresAt), v.until(shown.Challenge.ResendAfter)
		shown.Resent = v.r.Method == http.MethodGet && v.r.URL.Query().Has(resent)
	}
	for i, s := range j.stages {
		if belongsTo(s, f) {
			shown.Steps = append(shown.Steps, stepView{s.label, i == is})
		}
	}
	return shown, nil
}

// enter returns the address of the page on which the GSP of a new API user takes it.
func (v *visit) enter(result store.Acknowledgement) string {
	if result.Username == "" || result.RegistrationThrough != "GSP" || v.site.gsp == nil {
		return ""
	}
	base := v.site.gsp(v.call.WorldPath())
	if base == "" {
		return ""
	}
	return base + "companies/" + result.ClientID + "/connect?environment=" + string(v.site.env)
}

// page is the page of a state.
func (j journey) page(v *visit, state, title, name string, form *layout.Form) (layout.Page, error) {
	shown, err := j.at(v, state)
	return layout.Page{Title: title, Name: name, State: state, Data: shown, Form: form}, err
}

// next is the result of a submit that is a step of the flow: the path of the page of its state.
func (j journey) next(f store.Flow, err error) (string, error) { return j.of(f), err }

// otpPage registers the page for an OTP of a flow. It has the guide's button and one to resend the OTP.
func (j journey) otpPage(form func(call, path string, show show, do submit), name, button string,
	verify func(v *visit, otp string) (next string, err error), resend func(*visit) (store.Flow, error)) {
	show := func(v *visit) (layout.Page, error) {
		path := j.path + "/" + v.id() + "/otp"
		p, err := j.page(v, portal.OTPSent, "Enter OTP", name,
			v.form(v.keepNext(path), otpFields, layout.Button{Text: button}))
		p.More = []*layout.Form{v.form(v.keepNext(path+"/resend"), nil, layout.Button{Text: "Resend OTP", Quiet: true})}
		return p, err
	}
	form("verify-otp", j.path+"/{id}/otp", show, func(v *visit, typed url.Values) (string, error) {
		return verify(v, typed.Get("otp"))
	})
	form("send-otp", j.path+"/{id}/otp/resend", show, func(v *visit, _ url.Values) (string, error) {
		f, err := resend(v)
		return v.keepNext(j.of(f) + "?" + resent + "=1"), err
	})
}

// resent is the parameter by which the page for an OTP says that another was sent.
const resent = "resent"

// until returns the time left, rounded up to minutes, and to seconds in the last minute.
func (v *visit) until(then time.Time) time.Duration {
	left := then.Sub(v.call.World.Clock.Now())
	unit := time.Minute
	if left <= time.Minute {
		unit = time.Second
	}
	return max(0, (left + unit - 1).Truncate(unit))
}

// of returns the path of the page of a flow's state.
func (j journey) of(f store.Flow) string {
	return j.path + "/" + f.ID + j.stages[j.index(f.State, f)].page
}

func (j journey) index(state string, f store.Flow) int {
	return max(0, slices.IndexFunc(j.stages, func(s stage) bool { return s.state == state && belongsTo(s, f) }))
}

// belongsTo reports whether a flow has a stage: firms get client credentials, and taxpayers create a user.
func belongsTo(s stage, f store.Flow) bool {
	firm := f.Category != portal.TaxpayerCategory
	return s.page != clientCredentials && s.page != apiUser || firm == (s.page == clientCredentials)
}
