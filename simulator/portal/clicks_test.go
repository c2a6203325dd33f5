package portal_test

import (
	"slices"
	"strings"

	"pgregory.net/rapid"

	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/portal"
	"github.com/nicsim/nicsim/simulator/store"
)

// The actions of a person: with valid and invalid values, in order and out of order.

func (m *machine) draw(t *rapid.T, at place) string {
	c, err := m.at(at).DrawCaptcha(t.Context())
	if err != nil {
		t.Fatalf("drawing a captcha: %v", err)
	}
	if m.model.captchas[c.ID] != nil {
		t.Fatalf("captcha %s was drawn before", c.ID)
	}
	m.model.captchas[c.ID] = &drawn{place: at, answer: c.Answer, ends: m.model.now[at.world].Add(captchaLife)}
	m.captchas = append(m.captchas, c.ID)
	return c.ID
}

// answer answers a captcha: in most cases a new one, on the portal that drew it, and correctly.
func (m *machine) answer(t *rapid.T, env nic.Environment) (place, portal.CaptchaAnswer) {
	at := place{rapid.SampledFrom([]string{"a", "b"}).Draw(t, "world"), env}
	if often(t, "captcha", true, false) {
		id := m.draw(t, at)
		return at, portal.CaptchaAnswer{ID: id, Answer: often(t, "answer", m.model.captchas[id].answer, "wrong!")}
	}
	id := some(t, "known captcha", m.captchas)
	c := m.model.captchas[id]
	if c == nil {
		return at, portal.CaptchaAnswer{ID: id, Answer: "AAAAAA"}
	}
	at.world = often(t, "in the world of the captcha", c.world, at.world)
	return at, portal.CaptchaAnswer{ID: id, Answer: often(t, "answer", c.answer, "wrong!")}
}

// flow returns a walk, in most cases one that can continue.
func (m *machine) flow(t *rapid.T, states ...string) (string, *walk) {
	var alive []string
	for _, id := range m.walks {
		if w := m.model.walks[id]; slices.Contains(states, w.state) && m.model.now[w.world].Before(w.ends) {
			alive = append(alive, id)
		}
	}
	id := some(t, "flow", m.walks)
	if len(alive) > 0 {
		id = often(t, "flow that goes on", rapid.SampledFrom(alive).Draw(t, "which"), id)
	}
	return id, m.model.walks[id]
}

func (m *machine) validate(t *rapid.T) portal.Code {
	at, captcha := m.answer(t, nic.Sandbox)
	who := rapid.SampledFrom(people).Draw(t, "taxpayer")
	in := registrant(who, captcha)
	in.Mobile = often(t, "mobile", who.mobile, "9000000000")
	want := m.model.spend(at, captcha.ID, captcha.Answer)
	if want == "" && in.Mobile != who.mobile {
		want = portal.ContactMismatch
	}
	f, err := m.at(at).Validate(t.Context(), in)
	code := same(t, "Validate", codeOf(t, err), want)
	if code == "" {
		m.spendOnce(t, captcha.ID)
		m.begin(t, f.ID, &walk{place: at, who: who, state: "VALIDATED"})
		m.ledger.proved[f.ID] = []string{"captcha"}
	}
	return code
}

func (m *machine) spendOnce(t *rapid.T, id string) {
	if m.ledger.spent[id] {
		t.Fatalf("captcha %s opened something twice", id)
	}
	m.ledger.spent[id] = true
}

func (m *machine) begin(t *rapid.T, id string, w *walk) {
	if m.model.walks[id] != nil {
		t.Fatalf("flow %s began before", id)
	}
	w.ends = m.model.now[w.world].Add(flowLife)
	m.model.walks[id] = w
	m.walks = append(m.walks, id)
}

// caller returns the portal on which a walk continues, in most cases its own, and the user that is logged in there. In
// production a call needs a session, which may be another user's or unknown.
func (m *machine) caller(t *rapid.T, w *walk) (place, store.Session, person, portal.Code) {
	at := anyPlace(t)
	token := some(t, "session", m.tokens)
	switch v := m.model.visits[token]; {
	case w != nil:
		at = often(t, "in the place of the walk", w.place, at)
		token = often(t, "with a session of", m.tokenOf(w), token)
	case v != nil:
		at = often(t, "in the place of the session", v.place, at)
	}
	if at.env == nic.Sandbox {
		return at, store.Session{}, person{}, ""
	}
	who, want := m.model.session(at, token)
	s, err := m.at(at).Session(t.Context(), []string{token})
	code := same(t, "session", codeOf(t, err), want)
	if code == "" && (s.GSTIN != who.gstin || s.Username != who.username) {
		t.Fatalf("the session is %s's; want %s", s.Username, who.username)
	}
	return at, s, who, code
}

// tokenOf returns the last session of the taxpayer of a walk.
func (m *machine) tokenOf(w *walk) string {
	for _, token := range slices.Backward(m.tokens) {
		if v := m.model.visits[token]; v.place == w.place && v.who == w.who {
			return token
		}
	}
	return "nobody"
}

func (m *machine) send(t *rapid.T) portal.Code {
	id, w := m.flow(t, "VALIDATED", "OTP_SENT")
	return m.sendTo(t, id, w)
}

func (m *machine) sendTo(t *rapid.T, id string, w *walk) portal.Code {
	at, s, who, code := m.caller(t, w)
	if code != "" {
		return code
	}
	var err error
	if at.env == nic.Sandbox {
		_, err = m.at(at).SendOTP(t.Context(), id)
	} else {
		_, err = m.at(at).ResendOTP(t.Context(), s, id)
	}
	code = same(t, "Send OTP", codeOf(t, err), m.model.send(at, who, id))
	if code == "" {
		m.sent(t, id, w)
	}
	return code
}

// sent returns the OTP that was sent by SMS.
func (m *machine) sent(t *rapid.T, id string, w *walk) {
	w.otp = lastOTP(m.worlds[w.world], w.env, w.who)
	if len(w.otp) != 6 || slices.Contains(w.void, w.otp) {
		t.Fatalf("the phone shows %q; void are %v", w.otp, w.void)
	}
	m.ledger.messages[w.world]++
	m.ledger.proved[id] = append(m.ledger.proved[id], "sent")
}

func (m *machine) verify(t *rapid.T) portal.Code {
	id, w := m.flow(t, "OTP_SENT")
	otp := "12345"
	if w != nil {
		others := append([]string{"wrong", ""}, w.void...)
		if other := m.model.walks[some(t, "OTP of another", m.walks)]; other != nil && other.otp != "" {
			others = append(others, other.otp)
		}
		otp = often(t, "OTP", w.otp, others...)
	}
	return m.verifyWith(t, id, w, otp)
}

func (m *machine) verifyWith(t *rapid.T, id string, w *walk, otp string) portal.Code {
	at, s, who, code := m.caller(t, w)
	if code != "" {
		return code
	}
	var err error
	if at.env == nic.Sandbox {
		_, err = m.at(at).VerifyOTP(t.Context(), id, otp)
	} else {
		_, err = m.at(at).VerifyAPIRegistration(t.Context(), s, id, otp)
	}
	code = same(t, "Verify OTP", codeOf(t, err), m.model.verify(at, who, id, otp))
	switch code {
	case "":
		if m.ledger.opened[id+otp] {
			t.Fatalf("OTP %s opened %s twice", otp, id)
		}
		m.ledger.opened[id+otp] = true
		m.ledger.proved[id] = append(m.ledger.proved[id], "otp")
	case portal.OTPMismatch, portal.OTPExhausted:
		if m.ledger.wrong[id]++; m.ledger.wrong[id] > maxWrongOTPs {
			t.Fatalf("%s took a wrong OTP %d times", id, m.ledger.wrong[id])
		}
	}
	return code
}

func (m *machine) create(t *rapid.T) portal.Code {
	id, w := m.flow(t, "OTP_VERIFIED")
	chosen := rapid.SampledFrom(companies).Draw(t, "company")
	in := form(chosen, rapid.SampledFrom([]string{"first_user", "First_User", "second_user", "third_user"}).Draw(t,
		"username"))
	in.ClientID = often(t, "client id", chosen.clientID, "AACCM23GSP9R2TB", sahyadri.clientID)
	in.Password = often(t, "password", goodPassword, "weak")
	at, s, who, code := m.caller(t, w)
	if code != "" {
		return code
	}
	var err error
	if at.env == nic.Sandbox {
		_, err = m.at(at).Create(t.Context(), id, in)
	} else {
		_, err = m.at(at).Submit(t.Context(), s, id, in)
	}
	code = same(t, "Create", codeOf(t, err), m.model.create(at, who, id, in))
	if code == "" {
		steps := slices.Compact(m.ledger.proved[id])
		if got := strings.Join(steps, ", "); got != "captcha, sent, otp" {
			t.Fatalf("an API user was made after no more than: %s", got)
		}
		m.ledger.proved[id] = append(m.ledger.proved[id], "made")
		m.ledger.made[at]++
	}
	return code
}

func (m *machine) login(t *rapid.T) portal.Code {
	at, captcha := m.answer(t, nic.Production)
	who := rapid.SampledFrom(people).Draw(t, "taxpayer")
	return m.loginAs(t, at, captcha, who, often(t, "password", goodPassword, "wrong"))
}

func (m *machine) loginAs(t *rapid.T, at place, captcha portal.CaptchaAnswer, who person, typed string) portal.Code {
	in := portal.Credentials{Username: who.username, Password: typed, Captcha: captcha}
	want := m.model.spend(at, captcha.ID, captcha.Answer)
	if want == "" {
		want = m.model.login(at, who.username, in.Password == goodPassword)
	}
	s, _, err := m.at(at).Login(t.Context(), in)
	code := same(t, "Login", codeOf(t, err), want)
	if code == "" {
		m.spendOnce(t, captcha.ID)
		if m.model.visits[s.Token] != nil {
			t.Fatalf("session %s began before", s.Token)
		}
		m.model.visits[s.Token] = &visit{place: at, who: who, ends: m.model.now[at.world].Add(idle)}
		m.tokens = append(m.tokens, s.Token)
	}
	return code
}

func (m *machine) logout(t *rapid.T) {
	if len(m.tokens) == 0 {
		t.Skip("no login has been made yet")
	}
	token := some(t, "session", m.tokens)
	at, s, _, code := m.caller(t, nil)
	if code != "" || at.env != nic.Production || m.model.visits[token] == nil {
		return
	}
	if err := m.at(at).Logout(t.Context(), s); err != nil {
		t.Fatalf("Logout: %v", err)
	}
	m.model.visits[s.Token].gone = true
}

// start is Create API User, which sends the OTP by itself.
func (m *machine) start(t *rapid.T) portal.Code {
	token := some(t, "session", m.tokens)
	v := m.model.visits[token]
	if v == nil {
		t.Skip("no login has been made yet")
	}
	w := &walk{place: v.place, who: v.who, state: "VALIDATED"}
	at, s, _, code := m.caller(t, w)
	if code != "" || at.env != nic.Production {
		return code
	}
	f, err := m.at(at).StartAPIRegistration(t.Context(), s)
	code = same(t, "Create API User", codeOf(t, err), "")
	w.place, w.who = at, m.model.visits[s.Token].who
	m.begin(t, f.ID, w)
	m.ledger.proved[f.ID] = []string{"captcha"} // of the login
	same(t, "Create API User", code, m.model.send(at, w.who, f.ID))
	m.sent(t, f.ID, w)
	return code
}

func (m *machine) freeze(t *rapid.T) portal.Code {
	if len(m.tokens) == 0 {
		t.Skip("no login has been made yet")
	}
	at, s, who, code := m.caller(t, nil)
	if code != "" || at.env != nic.Production {
		return code
	}
	names := []string{"API_first_user", "API_First_User"} // free or taken
	for _, u := range m.model.users[at] {
		names = append([]string{u.name}, names...)
	}
	name := rapid.SampledFrom(names).Draw(t, "username")
	return same(t, "Freeze", codeOf(t, m.at(at).Freeze(t.Context(), s, name)), m.model.freeze(at, who, name))
}
