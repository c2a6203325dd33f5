package portal_test

import (
	"slices"
	"strings"
	"time"

	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/portal"
)

// The figures of the contract, repeated here.
const (
	captchaLife  = 5 * time.Minute
	otpLife      = 10 * time.Minute
	resendAfter  = 30 * time.Second
	maxSends     = 5
	maxWrongOTPs = 3
	flowLife     = time.Hour
	idle         = 15 * time.Minute
	maxWrong     = 5
	wrongWindow  = 15 * time.Minute
	lockLife     = 15 * time.Minute
)

// place is a portal of a world. The two portals of a world share only the time.
type place struct {
	world string
	env   nic.Environment
}

// model holds the records that the portals should have. Its methods return the expected answer of a call: a code, or ""
// for success.
type model struct {
	now      map[string]time.Time // by world
	captchas map[string]*drawn
	walks    map[string]*walk
	visits   map[string]*visit
	users    map[place][]*user
	tries    map[place]map[string]*tries
}

type drawn struct {
	place
	answer string
	ends   time.Time
	spent  bool
}

// walk is a registration in the sandbox, or an API registration in production.
type walk struct {
	place
	who      person
	state    string
	ends     time.Time
	otp      string
	void     []string
	sent     time.Time
	sends    int
	failures int
}

type visit struct {
	place
	who  person
	ends time.Time
	gone bool
}

type user struct {
	name, gstin, clientID string
	frozen                bool
}

type tries struct {
	wrong  []time.Time
	locked time.Time
}

func newModel() *model {
	return &model{
		now: map[string]time.Time{"a": noon, "b": noon}, captchas: map[string]*drawn{}, walks: map[string]*walk{},
		visits: map[string]*visit{}, users: map[place][]*user{}, tries: map[place]map[string]*tries{},
	}
}

// spend uses a captcha.
func (m *model) spend(at place, id, answer string) portal.Code {
	c, ok := m.captchas[id]
	if !ok || c.place != at || c.spent {
		return portal.CaptchaExpired
	}
	c.spent = true
	switch {
	case !m.now[at.world].Before(c.ends):
		return portal.CaptchaExpired
	case answer != c.answer:
		return portal.CaptchaMismatch
	}
	return ""
}

// find returns a walk if the caller may see it.
func (m *model) find(at place, who person, id string) (*walk, portal.Code) {
	w, ok := m.walks[id]
	if !ok || w.place != at || at.env == nic.Production && w.who != who {
		return nil, portal.NotFound
	}
	if w.state == "DEAD" || w.state != "COMPLETED" && !m.now[at.world].Before(w.ends) {
		return nil, portal.Expired
	}
	return w, ""
}

// send is Send OTP, and sending it again.
func (m *model) send(at place, who person, id string) portal.Code {
	w, code := m.find(at, who, id)
	now := m.now[at.world]
	switch {
	case code != "":
		return code
	case w.state != "VALIDATED" && w.state != "OTP_SENT":
		return portal.WrongState
	case w.sends == maxSends:
		return portal.OTPLimit
	case w.sends > 0 && now.Sub(w.sent) < resendAfter:
		return portal.OTPTooSoon
	}
	if w.otp != "" {
		w.void = append(w.void, w.otp)
	}
	w.state, w.sent, w.otp = "OTP_SENT", now, "" // the caller reads the new OTP from the message
	w.sends++
	return ""
}

// verify is Submit under the OTP, and Verify OTP.
func (m *model) verify(at place, who person, id, otp string) portal.Code {
	w, code := m.find(at, who, id)
	switch {
	case code != "":
		return code
	case w.state != "OTP_SENT":
		return portal.WrongState
	case m.now[at.world].Sub(w.sent) >= otpLife, slices.Contains(w.void, otp):
		return portal.OTPExpired
	case otp == w.otp:
		w.state = "OTP_VERIFIED"
		return ""
	}
	if w.failures++; w.failures == maxWrongOTPs {
		w.state = "DEAD"
		return portal.OTPExhausted
	}
	return portal.OTPMismatch
}

// create is Create, and the last Submit.
func (m *model) create(at place, who person, id string, in portal.NewAPIUser) portal.Code {
	w, code := m.find(at, who, id)
	switch {
	case code != "":
		return code
	case w.state != "OTP_VERIFIED":
		return portal.WrongState
	}
	chosen := companies[slices.IndexFunc(companies, func(c company) bool { return c.name == in.CompanyName })]
	name := in.Username
	if at.env == nic.Production {
		name = "API_" + name
	}
	switch {
	case at.env == nic.Sandbox && in.ClientID != chosen.clientID:
		return portal.ClientIDMismatch
	case in.Password != goodPassword:
		return portal.PasswordPolicy
	}
	for _, u := range m.users[at] {
		if u.gstin == w.who.gstin && u.clientID == chosen.clientID && !u.frozen {
			return portal.AlreadyRegistered
		}
	}
	for _, u := range m.users[at] {
		if strings.EqualFold(u.name, name) {
			return portal.UsernameTaken
		}
	}
	w.state = "COMPLETED"
	m.users[at] = append(m.users[at], &user{name, w.who.gstin, chosen.clientID, false})
	return ""
}

// login returns the answer for a username after the captcha was accepted.
func (m *model) login(at place, name string, right bool) portal.Code {
	if m.tries[at] == nil {
		m.tries[at] = map[string]*tries{}
	}
	t := m.tries[at][name]
	if t == nil {
		t = &tries{}
		m.tries[at][name] = t
	}
	now := m.now[at.world]
	switch {
	case now.Before(t.locked):
		return portal.AccountLocked
	case right:
		t.wrong = nil
		return ""
	}
	t.wrong = append(slices.DeleteFunc(t.wrong, func(at time.Time) bool { return now.Sub(at) >= wrongWindow }), now)
	if len(t.wrong) == maxWrong {
		t.wrong, t.locked = nil, now.Add(lockLife)
		return portal.AccountLocked
	}
	return portal.LoginFailed
}

// session returns the answer for a token, and restarts its idle time.
func (m *model) session(at place, token string) (person, portal.Code) {
	v, ok := m.visits[token]
	now := m.now[at.world]
	switch {
	case !ok || v.place != at || v.gone:
		return person{}, portal.SessionRequired
	case !now.Before(v.ends):
		return person{}, portal.SessionExpired
	}
	v.ends = now.Add(idle)
	return v.who, ""
}

// freeze freezes an API user of the taxpayer.
func (m *model) freeze(at place, who person, name string) portal.Code {
	for _, u := range m.users[at] {
		switch {
		case u.name != name || u.gstin != who.gstin:
		case u.frozen:
			return portal.AlreadyFrozen
		default:
			u.frozen = true
			return ""
		}
	}
	return portal.NotFound
}
