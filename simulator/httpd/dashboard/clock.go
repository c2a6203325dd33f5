package dashboard

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/nicsim/nicsim/simulator/admin"
	"github.com/nicsim/nicsim/simulator/clock"
	"github.com/nicsim/nicsim/simulator/httpd/layout"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/settings"
)

// clockView is the data of the page Clock.
type clockView struct {
	Now    time.Time // in whole seconds
	Frozen bool
}

// step is a button that advances the clock.
type step struct {
	name  string // for time.ParseDuration
	label string
	words string
}

// steps are the lifetimes that tests wait for: of a resend, a captcha, an OTP, a session, a flow; and a day.
var steps = []step{
	{"30s", "30 s", "30 seconds"}, {"1m", "1 min", "1 minute"}, {"10m", "10 min", "10 minutes"},
	{"15m", "15 min", "15 minutes"}, {"1h", "1 h", "1 hour"}, {"24h", "1 day", "1 day"},
}

func stepNamed(name string) (step, bool) {
	at := slices.IndexFunc(steps, func(s step) bool { return s.name == name })
	if at < 0 {
		return step{}, false
	}
	return steps[at], true
}

// localTime is the layout in which a browser sends a date and a time of day.
const localTime = "2006-01-02T15:04:05"

func clockPage(v *visit) (layout.Page, error) {
	c := v.world.Clock
	now := clockView{c.Now().Truncate(time.Second), c.Mode() == clock.Frozen}
	var advance []layout.Button
	for _, s := range steps {
		advance = append(advance, layout.Button{Text: s.label, Name: s.name, Quiet: true})
	}
	mode := []layout.Button{{Text: "Freeze", Name: "freeze"}}
	if now.Frozen {
		mode[0] = layout.Button{Text: "Let it run", Name: "run"}
	}
	if c.Shifted() {
		mode = append(mode, layout.Button{Text: "Back to real time", Name: "real", Quiet: true})
	}
	return layout.Page{
		Title: "Clock", Name: "clock", Data: now,
		More: []*layout.Form{
			v.form("/clock", "mode", mode),
			v.form("/clock", "step", advance, layout.Field{Kind: layout.Part, Label: "Advance the clock"}),
			v.form("/clock", "by", []layout.Button{{Text: "Advance"}}, layout.Field{
				Name: "by", Label: "Advance by", Kind: layout.Text, Autocomplete: "off",
				Hint: "Another time, such as 90s, 10m or 25h30m",
			}),
			v.form("/clock", "now", []layout.Button{{Text: "Set"}}, layout.Field{Kind: layout.Part, Label: "Set the clock"},
				layout.Field{
					Name: "now", Label: "Date and time in India", Kind: "datetime-local", Value: now.Now.Format("2006-01-02T15:04"),
					Hint: setHint(now.Frozen),
				}),
		},
	}, nil
}

// setHint returns the hint of the field for a time. A time, unlike a step, may lie in the past.
func setHint(frozen bool) string {
	if frozen {
		return "Earlier or later than now. The clock stands still at that time."
	}
	return "Earlier or later than now. The clock runs on from that time."
}

func changeClock(v *visit, typed url.Values) (string, error) {
	const here = "/clock"
	set := func(what string, mode clock.Mode, at *time.Time) (string, error) {
		_, err := admin.SetClock(v.ctx, v.world, admin.ClockChange{Mode: mode, Now: at})
		return did(here, what), err
	}
	switch {
	case typed.Has("freeze"):
		return set("frozen", clock.Frozen, nil)
	case typed.Has("run"):
		now := v.world.Clock.Now()
		return set("run", clock.Real, &now)
	case typed.Has("real"):
		return set("real", clock.Real, nil)
	case typed.Has("now"):
		at, err := readLocal(typed.Get("now"))
		if err != nil {
			return "", fieldFail("now", "must be a date and a time, such as 2026-04-01T09:30")
		}
		return set("set", v.world.Clock.Mode(), &at)
	}
	by, what := strings.TrimSpace(typed.Get("by")), "advanced"
	for _, s := range steps {
		if typed.Has(s.name) {
			by, what = s.name, s.name
		}
	}
	d, err := time.ParseDuration(by)
	if err != nil {
		return "", fieldFail("by", `must be a duration, such as "10m"`)
	}
	_, err = admin.AdvanceClock(v.ctx, v.world, admin.ClockAdvance{By: new(settings.Duration(d))})
	return did(here, what), err
}

func readLocal(s string) (time.Time, error) {
	if at, err := time.ParseInLocation(localTime, s, nic.IST); err == nil {
		return at, nil
	}
	return time.ParseInLocation("2006-01-02T15:04", s, nic.IST)
}

// fieldFail returns the refusal of one field of a form.
func fieldFail(name, rule string) error {
	return admin.Refuse(admin.Violation{
		Field: name, Code: "value-invalid", Message: strings.ToUpper(rule[:1]) + rule[1:],
	})
}
