package portal_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	_ "github.com/nicsim/nicsim/internal/seeded"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/portal"
	"github.com/nicsim/nicsim/simulator/settings"
	"github.com/nicsim/nicsim/simulator/store"
	"github.com/nicsim/nicsim/simulator/world"
)

// pendingLogin is what the test knows of a login whose password was right.
type pendingLogin struct {
	who      person
	newest   string // the OTP that the phone shows
	begun    time.Time
	sent     time.Time
	sends    int
	failures int
	over     bool
}

// logins plays any sequence of clicks at Login with two factors, and compares each answer with what the clicks before
// it allow. It does not look into the portal.
type logins struct {
	world   *world.World
	now     time.Time
	ids     []string
	pending map[string]*pendingLogin
}

// No session begins without the right password first and then the newest OTP of that login, once.
func TestNoSessionWithoutPasswordAndOTP(t *testing.T) {
	met := map[portal.Code]int{}
	rapid.Check(t, func(t *rapid.T) {
		l := &logins{world: enter(t, stage(), "a"), now: noon, pending: map[string]*pendingLogin{}}
		always := settings.Default()
		always.TwoFactor, always.LoginMaxFailures = settings.TwoFactorAlways, 1000
		if err := l.world.SetSettings(t.Context(), always); err != nil {
			t.Fatal(err)
		}
		t.Repeat(map[string]func(*rapid.T){
			"login":   func(t *rapid.T) { met[l.login(t)]++ },
			"enter":   func(t *rapid.T) { met[l.enter(t)]++ },
			"again":   func(t *rapid.T) { met[l.again(t)]++ },
			"advance": l.advance,
		})
	})
	t.Logf("answers met: %v", met)
}

func (l *logins) portal() portal.Portal { return portal.In(l.world, nic.Production) }

func (l *logins) login(t *rapid.T) portal.Code {
	who := rapid.SampledFrom(people).Draw(t, "taxpayer")
	in := portal.Credentials{Username: who.username, Password: often(t, "password", goodPassword, "wrong")}
	c, err := l.portal().DrawCaptcha(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	in.Captcha = portal.CaptchaAnswer{ID: c.ID, Answer: often(t, "captcha", c.Answer, "wrong")}
	s, f, err := l.portal().Login(t.Context(), in)
	want := portal.Code("")
	switch {
	case in.Captcha.Answer != c.Answer:
		want = portal.CaptchaMismatch
	case in.Password != goodPassword:
		want = portal.LoginFailed
	}
	code := same(t, "Login", codeOf(t, err), want)
	if s.Token != "" || (code == "") != (f.ID != "") {
		t.Fatalf("Login answered %q, with the session %q and the flow %q", code, s.Token, f.ID)
	}
	if code == "" {
		l.ids = append(l.ids, f.ID)
		l.pending[f.ID] = &pendingLogin{who: who, newest: lastOTP(l.world, nic.Production, who), begun: l.now,
			sent: l.now, sends: 1}
	}
	return code
}

// one draws a login, or one that does not exist.
func (l *logins) one(t *rapid.T) (string, *pendingLogin) {
	id := some(t, "login", l.ids)
	return id, l.pending[id]
}

func (l *logins) enter(t *rapid.T) portal.Code {
	id, p := l.one(t)
	otps := []string{"wrong", ""}
	for _, other := range l.pending {
		otps = append(otps, other.newest)
	}
	slices.Sort(otps) // maps have no order
	otp := rapid.SampledFrom(otps).Draw(t, "OTP")
	if p != nil {
		otp = often(t, "right or not", p.newest, otp)
	}
	s, err := l.portal().FinishLogin(t.Context(), id, otp)
	code := codeOf(t, err)
	right := p != nil && !p.over && otp == p.newest && l.now.Sub(p.sent) < otpLife && l.now.Sub(p.begun) < flowLife
	if (code == "") != right || right != (s.Token != "") {
		t.Fatalf("%q of %+v was answered %q with the session %q", otp, p, code, s.Token)
	}
	switch code {
	case "":
		p.over = true
		if s.Username != p.who.username || s.GSTIN != p.who.gstin {
			t.Fatalf("the login of %s opened the session of %s", p.who.username, s.Username)
		}
	case portal.OTPMismatch, portal.OTPExhausted:
		if p.failures++; (p.failures == maxWrongOTPs) != (code == portal.OTPExhausted) {
			t.Fatalf("wrong OTP %d was answered %q", p.failures, code)
		}
		p.over = code == portal.OTPExhausted
	}
	return code
}

func (l *logins) again(t *rapid.T) portal.Code {
	id, p := l.one(t)
	_, err := l.portal().ResendLoginOTP(t.Context(), id)
	code := codeOf(t, err)
	if code == "" {
		if p == nil || p.over || p.sends == maxSends || l.now.Sub(p.sent) < resendAfter ||
			l.now.Sub(p.begun) >= flowLife {
			t.Fatalf("another OTP was sent for %+v", p)
		}
		p.newest, p.sent = lastOTP(l.world, nic.Production, p.who), l.now
		p.sends++
	}
	return code
}

func (l *logins) advance(t *rapid.T) {
	by := rapid.SampledFrom([]time.Duration{time.Second, resendAfter, otpLife, flowLife}).Draw(t, "by")
	if err := l.world.Clock.Advance(by); err != nil {
		t.Fatal(err)
	}
	l.now = l.now.Add(by)
}

// A login that waits for its OTP ends when the user gets another password: an OTP does not make up for the old one.
func TestPasswordChangedBeforeTheOTP(t *testing.T) {
	c := ruleCase{t, enter(t, stage(), "two-factor")}
	set(t, c.w, func(s *settings.Settings) { s.TwoFactor = settings.TwoFactorAlways })
	p := c.production()
	_, pending, err := p.Login(t.Context(), portal.Credentials{Username: asha.username, Password: goodPassword,
		Captcha: solved(t, p)})
	if err != nil || pending.ID == "" {
		t.Fatalf("%+v, %v", pending, err)
	}
	c.change(func(tx store.Tx) error {
		u, err := tx.PortalUser(asha.username)
		if err != nil {
			return err
		}
		u.PasswordHash = "another"
		return tx.PutPortalUser(u)
	})
	_, err = p.FinishLogin(t.Context(), pending.ID, lastOTP(c.w, nic.Production, asha))
	if code, cause := codeOf(t, err), causeOf(t, err); code != portal.LoginFailed ||
		cause != "The password of dakshin29 was changed after this login began." {
		t.Errorf("%s because %q", code, cause)
	}
}
