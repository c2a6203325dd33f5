package httpd

import (
	"net/http"

	"github.com/nicsim/nicsim/simulator/defect"
)

// wrong reports whether the world of the call has a defect, which is one of the constants of package defect.
func (call *Call) wrong(name string) bool { return call.World != nil && call.World.Defects().Has(name) }

// deviate returns a problem as a world with defects answers it.
func (call *Call) deviate(p *Problem) *Problem {
	switch {
	case p.NICCode != "" && call.wrong(defect.NICCodeMissing):
		changed := *p
		changed.NICCode = ""
		return &changed
	case malformedStatus[p.Status] && call.wrong(defect.MalformedUnprocessable):
		changed := *p
		changed.Status = http.StatusUnprocessableEntity
		return &changed
	case p.NICCode == "" && call.wrong(defect.ProblemTitleOnly):
		changed := *p
		changed.Detail = ""
		return &changed
	}
	return p
}

// malformedStatus are the statuses of requests that cannot be read.
var malformedStatus = map[int]bool{
	http.StatusBadRequest: true, http.StatusMethodNotAllowed: true, http.StatusUnsupportedMediaType: true,
	http.StatusRequestEntityTooLarge: true,
}

// deviateHeaders changes the headers of every answer of a world with defects.
func (call *Call) deviateHeaders(h http.Header) {
	if call.wrong(defect.AnswersStored) {
		h.Set("Cache-Control", "max-age=60")
	}
	if call.wrong(defect.RequestIDMissing) {
		h.Del("X-Request-Id")
	}
}
