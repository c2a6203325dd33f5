package pages

import (
	"net/http"
	"slices"
	"time"

	"github.com/nicsim/nicsim/simulator/httpd/layout"
	"github.com/nicsim/nicsim/simulator/portal"
	"github.com/nicsim/nicsim/simulator/store"
)

// journey is a flow as a row of pages, one for each state.
type journey struct {
	begin  string // path of the page that it begins on
	path   string // of all others, with the id after it
	stages []stage
	find   func(*visit) (store.Flow, error)
}

// stage is the page of a state.
type stage struct {
	state string
	page  string // below the journey's path and the id
	label string
}

// stepView is a step of a journey, to show how far it has come.
type stepView struct {
	Label string
	Here  bool
}

// flowView is what the pages of a flow show of it.
type flowView struct {
	Flow      store.Flow
	Challenge portal.Challenge // once an OTP was sent
	ValidFor  time.Duration    // of the OTP; 0 once it is too old
	ResendIn  time.Duration    // until another may be sent; 0 is now
	Resent    bool             // another was just sent
	Steps     []stepView
	Companies []store.Provider
	Users     []store.APIUser
	Message   string
}

// instead is the error of a page that another is shown for.
type instead struct{ page layout.Page }

func (instead) Error() string { return "another page is shown instead" }

// at returns the flow for the page of a state. If the flow has not come so far, the page of where
// it is is to be shown; if it has gone past it, one that says so.
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
	shown := flowView{Flow: f, Message: portal.Message(f)}
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

// resent is the parameter by which the page of an OTP says that another was sent.
const resent = "resent"

// again leads to where a flow is after a resend.
func (j journey) again(f store.Flow) string { return j.of(f) + "?" + resent + "=1" }

// until is how long it takes until a time, as a person counts: in minutes, and in seconds at the end.
func (v *visit) until(then time.Time) time.Duration {
	left := then.Sub(v.call.World.Clock.Now())
	unit := time.Minute
	if left <= time.Minute {
		unit = time.Second
	}
	return max(0, (left + unit - 1).Truncate(unit))
}

// of is the path of the page that a flow is at.
func (j journey) of(f store.Flow) string {
	return j.path + "/" + f.ID + j.stages[j.index(f.State, f)].page
}

func (j journey) index(state string, f store.Flow) int {
	return max(0, slices.IndexFunc(j.stages, func(s stage) bool { return s.state == state && belongsTo(s, f) }))
}

// belongsTo reports whether a stage is one of a flow: firms get client credentials where taxpayers
// make a user.
func belongsTo(s stage, f store.Flow) bool {
	firm := f.Category != portal.TaxpayerCategory
	return s.page != clientCredentials && s.page != apiUser || firm == (s.page == clientCredentials)
}
