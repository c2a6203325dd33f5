package control

import (
	"net/http"
	"time"

	"github.com/nicsim/nicsim/simulator/clock"
	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/settings"
	"github.com/nicsim/nicsim/simulator/world"
)

type clockDoc struct {
	Mode clock.Mode `json:"mode"`
	Now  time.Time  `json:"now"`
}

func showClock(_ *http.Request, call *httpd.Call) (httpd.Reply, error) {
	c := call.World.Clock
	return httpd.Reply{Body: clockDoc{c.Mode(), c.Now()}}, nil
}

type clockBody struct {
	Mode clock.Mode `json:"mode"`
	Now  *time.Time `json:"now"`
}

func setClock(r *http.Request, call *httpd.Call) (httpd.Reply, error) {
	in, err := httpd.Decode[clockBody](r, call)
	if err != nil {
		return httpd.Reply{}, err
	}
	if err := SetClock(call.World, in.Mode, in.Now); err != nil {
		return httpd.Reply{}, err
	}
	return showClock(r, call)
}

// SetClock lets a world's clock run or stand, from an instant or, with nil, from where it is. What
// cannot be done is a *httpd.Fail that names the field.
func SetClock(w *world.World, mode clock.Mode, from *time.Time) error {
	var at time.Time
	if from != nil {
		at = *from
		if year := at.Year(); year < 2017 || year > 2999 {
			return invalid(field("now", "clock-invalid", "must lie between 2017, when GST began, and 2999"))
		}
	}
	switch mode {
	case clock.Real:
		w.Clock.Run(at)
	case clock.Frozen:
		w.Clock.Freeze(at)
	default:
		return invalid(field("mode", "clock-invalid", "must be real or frozen"))
	}
	return nil
}

// AdvanceClock moves a world's clock forwards; a *httpd.Fail says why it cannot.
func AdvanceClock(w *world.World, by time.Duration) error {
	if err := w.Clock.Advance(by); err != nil { // backwards, or too far
		return invalid(field("by", "clock-invalid", err.Error()))
	}
	return nil
}

type advanceBody struct {
	By *settings.Duration `json:"by"`
}

func advanceClock(r *http.Request, call *httpd.Call) (httpd.Reply, error) {
	in, err := httpd.Decode[advanceBody](r, call)
	if err != nil {
		return httpd.Reply{}, err
	}
	if in.By == nil {
		return httpd.Reply{}, invalid(field("by", "clock-invalid", `must be given, such as "10m"`))
	}
	if err := AdvanceClock(call.World, time.Duration(*in.By)); err != nil {
		return httpd.Reply{}, err
	}
	return showClock(r, call)
}
