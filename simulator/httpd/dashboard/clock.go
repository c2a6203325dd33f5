package dashboard

import (
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/nicsim/nicsim/simulator/clock"
	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/httpd/control"
	"github.com/nicsim/nicsim/simulator/httpd/look"
	"github.com/nicsim/nicsim/simulator/nic"
)

// clockView is the time in the world.
type clockView struct {
	Now    time.Time
	Frozen bool
}

// steps are how far the clock is advanced by a button: past a resend, an OTP, a session, a flow, a
// day.
var steps = []string{"30s", "1m", "10m", "15m", "1h", "24h"}

// localTime is how a browser writes a date and a time of day.
const localTime = "2006-01-02T15:04:05"

func clockPage(v *visit) (look.Page, error) {
	now := clockView{v.world.Clock.Now(), v.world.Clock.Mode() == clock.Frozen}
	var advance []look.Button
	for _, step := range steps {
		advance = append(advance, look.Button{Text: "Advance " + step, Name: step, Quiet: true})
	}
	freeze := look.Button{Text: "Freeze", Name: "freeze"}
	if now.Frozen {
		freeze = look.Button{Text: "Let it run on", Name: "run"}
	}
	return look.Page{
		Title: "Clock", Name: "clock", Data: now,
		More: []*look.Form{
			v.form("/clock", "mode", []look.Button{freeze, {Text: "Back to real time", Name: "real", Quiet: true}}),
			v.form("/clock", "step", advance),
			v.form("/clock", "by", []look.Button{{Text: "Advance"}}, look.Field{
				Name: "by", Label: "Advance by", Kind: look.Text, Autocomplete: "off", Hint: `As in "90s", "10m" or "25h30m"; a clock never goes back`,
			}),
			v.form("/clock", "now", []look.Button{{Text: "Set"}}, look.Field{
				Name: "now", Label: "Date and time in India", Kind: "datetime-local", Value: now.Now.Format("2006-01-02T15:04"),
				Hint: "The clock runs or stands as before",
			}),
		},
	}, nil
}

func changeClock(v *visit, typed url.Values) (string, error) {
	const here = "/clock"
	mode := v.world.Clock.Mode()
	now := v.world.Clock.Now()
	switch {
	case typed.Has("freeze"):
		return here, control.SetClock(v.world, clock.Frozen, nil)
	case typed.Has("run"):
		return here, control.SetClock(v.world, clock.Real, &now)
	case typed.Has("real"):
		return here, control.SetClock(v.world, clock.Real, nil)
	case typed.Has("now"):
		at, err := readLocal(typed.Get("now"))
		if err != nil {
			return "", fieldFail("now", "must be a date and a time, such as 2026-04-01T09:30")
		}
		return here, control.SetClock(v.world, mode, &at)
	}
	by := strings.TrimSpace(typed.Get("by"))
	for _, step := range steps {
		if typed.Has(step) {
			by = step
		}
	}
	d, err := time.ParseDuration(by)
	if err != nil {
		return "", fieldFail("by", `must be a duration, such as "10m"`)
	}
	return here, control.AdvanceClock(v.world, d)
}

func readLocal(s string) (time.Time, error) {
	if at, err := time.ParseInLocation(localTime, s, nic.IST); err == nil {
		return at, nil
	}
	return time.ParseInLocation("2006-01-02T15:04", s, nic.IST)
}

// fieldFail refuses a form because of one field.
func fieldFail(name, rule string) error {
	return &httpd.Fail{
		Status: http.StatusUnprocessableEntity, Code: "value-invalid", Title: "Invalid value", Detail: name + ": " + rule,
		Fields: []httpd.FieldError{{Field: name, Code: "value-invalid", Message: strings.ToUpper(rule[:1]) + rule[1:]}},
	}
}
