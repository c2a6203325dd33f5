package control

import (
	"net/http"
	"time"

	"github.com/nicsim/nicsim/simulator/clock"
	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/settings"
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
	var at time.Time
	if in.Now != nil {
		at = *in.Now
		if year := at.Year(); year < 2017 || year > 2999 {
			return httpd.Reply{}, invalid(field("now", "clock-invalid", "must lie between 2017, when GST began, and 2999"))
		}
	}
	switch in.Mode {
	case clock.Real:
		call.World.Clock.Run(at)
	case clock.Frozen:
		call.World.Clock.Freeze(at)
	default:
		return httpd.Reply{}, invalid(field("mode", "clock-invalid", "must be real or frozen"))
	}
	return showClock(r, call)
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
	if err := call.World.Clock.Advance(time.Duration(*in.By)); err != nil { // backwards, or too far
		return httpd.Reply{}, invalid(field("by", "clock-invalid", err.Error()))
	}
	return showClock(r, call)
}
