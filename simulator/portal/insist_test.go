package portal_test

import (
	"strings"
	"time"

	"pgregory.net/rapid"

	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/portal"
)

// insist repeats an act as often as it is allowed, and one more time.
func (m *machine) insist(t *rapid.T) portal.Code {
	id, w := m.flow(t, "OTP_SENT")
	who := rapid.SampledFrom(people).Draw(t, "taxpayer")
	at := anyPlace(t)
	at.env = nic.Production
	what := rapid.SampledFrom([]string{"guess", "send", "guess and send", "log in", "log in late"}).Draw(t, "insist on")
	if w == nil && !strings.HasPrefix(what, "log in") {
		return portal.NotFound
	}
	var last portal.Code
	for range 6 {
		switch what {
		case "guess":
			last = m.verifyWith(t, id, w, "wrong")
		case "send":
			m.advanceBy(t, w.world, resendAfter)
			last = m.sendTo(t, id, w)
		case "guess and send":
			m.verifyWith(t, id, w, "wrong")
			m.advanceBy(t, w.world, resendAfter)
			last = m.sendTo(t, id, w)
		case "log in":
			last = m.loginAs(t, at, m.fresh(t, at), who, "wrong")
		case "log in late":
			captcha := m.fresh(t, at)
			m.advanceBy(t, at.world, captchaLife+time.Millisecond)
			return m.loginAs(t, at, captcha, who, goodPassword)
		}
	}
	return last
}

// fresh draws a captcha and answers it correctly.
func (m *machine) fresh(t *rapid.T, at place) portal.CaptchaAnswer {
	id := m.draw(t, at)
	return portal.CaptchaAnswer{ID: id, Answer: m.model.captchas[id].answer}
}

func (m *machine) advance(t *rapid.T) {
	name := rapid.SampledFrom([]string{"a", "b"}).Draw(t, "world")
	by := rapid.SampledFrom([]time.Duration{
		time.Second, time.Second, resendAfter - time.Second, resendAfter, resendAfter, resendAfter, time.Minute,
		captchaLife - time.Millisecond, captchaLife, otpLife - time.Millisecond, otpLife, idle, flowLife,
	}).Draw(t, "by")
	m.advanceBy(t, name, by)
}

func (m *machine) advanceBy(t *rapid.T, name string, by time.Duration) {
	if err := m.worlds[name].Clock.Advance(by); err != nil {
		t.Fatal(err)
	}
	m.model.now[name] = m.model.now[name].Add(by)
}
