package portal_test

import (
	"testing"
	"time"

	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/portal"
	"github.com/nicsim/nicsim/simulator/store"
	"github.com/nicsim/nicsim/simulator/world"
)

// ruleCase has the steps that violate one rule, in a world of their own.
type ruleCase struct {
	*testing.T
	w *world.World
}

func (c ruleCase) change(f func(store.Tx) error) {
	c.Helper()
	if err := c.w.Store.Update(c.Context(), f); err != nil {
		c.Fatal(err)
	}
}

// taxpayer changes the record of Asha's taxpayer.
func (c ruleCase) taxpayer(change func(*store.Taxpayer)) {
	c.change(func(tx store.Tx) error {
		t, err := tx.Taxpayer(asha.gstin)
		change(&t)
		if err != nil {
			return err
		}
		return tx.PutTaxpayer(t)
	})
}

func (c ruleCase) advance(by time.Duration) {
	if err := c.w.Clock.Advance(by); err != nil {
		c.Fatal(err)
	}
}

func (c ruleCase) sandbox() portal.Portal    { return portal.In(c.w, nic.Sandbox) }
func (c ruleCase) production() portal.Portal { return portal.In(c.w, nic.Production) }

func (c ruleCase) validate(change func(*portal.Registrant)) error {
	in := registrant(asha, solved(c.T, c.sandbox()))
	change(&in)
	_, err := c.sandbox().Validate(c.Context(), in)
	return err
}

func (c ruleCase) create(change func(*portal.NewAPIUser)) error {
	in := form(sahyadri, "dakshin_api")
	change(&in)
	_, err := c.sandbox().Create(c.Context(), verified(c.T, c.w, asha), in)
	return err
}

func (c ruleCase) login(password string) (store.Session, error) {
	s, _, err := c.production().Login(c.Context(), portal.Credentials{
		Username: asha.username, Password: password, Captcha: solved(c.T, c.production()),
	})
	return s, err
}

// directClient is the client id of a request for direct integration.
const directClient = "ABCCD29DIR00001"

// requested records a request for direct integration of Asha's PAN, in a state.
func (c ruleCase) requested(state string) {
	pan := string(nic.GSTIN(asha.gstin).PAN())
	c.change(func(tx store.Tx) error {
		if err := tx.PutDirectAccess(store.DirectAccess{PAN: pan, Status: state}); err != nil {
			return err
		}
		return tx.AddProvider(store.Provider{
			ClientID: directClient, ClientSecret: "s", CompanyName: "Dakshin", Type: portal.ThroughDirect, PAN: pan,
		})
	})
}

// submit fills in the last form of the production portal.
func (c ruleCase) submit(in portal.NewAPIUser) error {
	p, s := c.production(), store.Session{GSTIN: asha.gstin}
	f, err := p.StartAPIRegistration(c.Context(), s)
	if err == nil {
		_, err = p.VerifyAPIRegistration(c.Context(), s, f.ID, lastOTP(c.w, nic.Production, asha))
	}
	if err != nil {
		c.Fatal(err)
	}
	_, err = p.Submit(c.Context(), s, f.ID, in)
	return err
}

// direct returns the last form of production for direct integration, filled in correctly.
func direct(username string) portal.NewAPIUser {
	return portal.NewAPIUser{
		RegistrationThrough: portal.ThroughDirect, ClientID: directClient, ClientSecret: "s", Username: username,
		Password: goodPassword,
	}
}

// direct submits the form for direct integration. The PAN has a request in the given state.
func (c ruleCase) direct(state string) error {
	c.requested(state)
	return c.submit(direct("dakshin_api"))
}

func withStatus(status string) func(ruleCase) error {
	return func(c ruleCase) error {
		c.taxpayer(func(t *store.Taxpayer) { t.Status = status })
		return c.validate(func(*portal.Registrant) {})
	}
}

func loginOf(change func(*store.Taxpayer)) func(ruleCase) error {
	return func(c ruleCase) error {
		c.taxpayer(change)
		_, err := c.login(goodPassword)
		return err
	}
}

func createWith(change func(*portal.NewAPIUser)) func(ruleCase) error {
	return func(c ruleCase) error { return c.create(change) }
}

// send sends n OTPs, with a time between them, after the first.
func send(n int, between time.Duration) func(ruleCase) error {
	return func(c ruleCase) (err error) {
		id := challenged(c.T, c.w, asha)
		for range n {
			c.advance(between)
			_, err = c.sandbox().SendOTP(c.Context(), id)
		}
		return err
	}
}

// guess enters n wrong OTPs after a time.
func guess(n int, otp func(ruleCase) string, after time.Duration) func(ruleCase) error {
	return func(c ruleCase) (err error) {
		id := challenged(c.T, c.w, asha)
		c.advance(after)
		for range n {
			_, err = c.sandbox().VerifyOTP(c.Context(), id, otp(c))
		}
		return err
	}
}

func wrongOTP(ruleCase) string   { return "wrong" }
func rightOTP(c ruleCase) string { return lastOTP(c.w, nic.Sandbox, asha) }

var ruleCases = map[portal.Code]func(ruleCase) error{
	portal.CaptchaMismatch: func(c ruleCase) error {
		return c.validate(func(in *portal.Registrant) { in.Captcha.Answer = "?" })
	},
	portal.CaptchaExpired: func(c ruleCase) error {
		return c.validate(func(*portal.Registrant) { c.advance(5 * time.Minute) })
	},
	portal.GSTINCancelled:   withStatus(nic.Cancelled),
	portal.GSTINInactive:    withStatus(nic.Inactive),
	portal.GSTINProvisional: withStatus(nic.Provisional),
	portal.GSTINSuspended:   withStatus(nic.Suspended),
	portal.ContactMismatch: func(c ruleCase) error {
		return c.validate(func(in *portal.Registrant) { in.Mobile, in.Email = deepak.mobile, deepak.email })
	},
	portal.MobileBlank: func(c ruleCase) error {
		c.taxpayer(func(t *store.Taxpayer) { t.Mobile = "" })
		return c.validate(func(*portal.Registrant) {})
	},
	portal.OTPMismatch:      guess(1, wrongOTP, 0),
	portal.OTPExhausted:     guess(3, wrongOTP, 0),
	portal.OTPExpired:       guess(1, rightOTP, 10*time.Minute),
	portal.OTPTooSoon:       send(1, time.Second),
	portal.OTPLimit:         send(5, time.Minute),
	portal.ClientIDMismatch: createWith(func(in *portal.NewAPIUser) { in.ClientID = konkan.clientID }),
	portal.UsernameInvalid:  createWith(func(in *portal.NewAPIUser) { in.Username = "9" }),
	portal.PasswordPolicy:   createWith(func(in *portal.NewAPIUser) { in.Password = "short" }),
	portal.PasswordConfirm:  createWith(func(in *portal.NewAPIUser) { in.ConfirmPassword = new(string) }),
	portal.AlreadyRegistered: func(c ruleCase) error {
		if err := c.create(func(*portal.NewAPIUser) {}); err != nil {
			c.Fatal(err)
		}
		return c.create(func(in *portal.NewAPIUser) { in.Username = "another_api" })
	},
	portal.PasswordReused: func(c ruleCase) error {
		if err := c.create(func(*portal.NewAPIUser) {}); err != nil {
			c.Fatal(err)
		}
		return c.sandbox().ChangePassword(c.Context(), store.Session{GSTIN: asha.gstin}, "dakshin_api", goodPassword,
			goodPassword, nil)
	},
	portal.UsernameMismatch: func(c ruleCase) error {
		_, err := c.production().StartPasswordReset(c.Context(), portal.Forgotten{
			Username: deepak.username, GSTIN: asha.gstin, Mobile: asha.mobile, Captcha: solved(c.T, c.production()),
		})
		return err
	},
	portal.AccountLocked: func(c ruleCase) (err error) {
		for range 5 {
			_, err = c.login("wrong")
		}
		return err
	},
	portal.NotEnabled:       loginOf(func(t *store.Taxpayer) { t.EInvoiceEnabled = false }),
	portal.AccountFrozen:    loginOf(func(t *store.Taxpayer) { t.Status = nic.Inactive }),
	portal.AccountCancelled: loginOf(func(t *store.Taxpayer) { t.Status = nic.Cancelled }),
	portal.AccountSuspended: loginOf(func(t *store.Taxpayer) { t.Status = nic.Suspended }),
	portal.AccountInactive:  loginOf(func(t *store.Taxpayer) { t.Status = nic.Provisional }),
	portal.TransporterOnly:  loginOf(func(t *store.Taxpayer) { t.TransporterOnly = true }),
	portal.SessionExpired: func(c ruleCase) error {
		s, err := c.login(goodPassword)
		if err != nil {
			c.Fatal(err)
		}
		c.advance(15 * time.Minute)
		_, err = c.production().Session(c.Context(), []string{s.Token})
		return err
	},
	portal.DirectAwaitsIP:      func(c ruleCase) error { return c.direct("AWAITING_IP") },
	portal.DirectAwaitsOfficer: func(c ruleCase) error { return c.direct("AWAITING_OFFICER") },
	portal.DirectRejected:      func(c ruleCase) error { return c.direct("REJECTED") },
	portal.DirectTurnover:      func(c ruleCase) error { return c.direct("") },
}

// Each rule refuses with its code, and does not refuse when it is switched off.
func TestRulesCanBeSwitchedOff(t *testing.T) {
	for _, rule := range portal.Rules() {
		if rule.Name == "two-factor-login" {
			continue // it refuses nothing: see the tests of the setting twoFactor
		}
		t.Run(rule.Name, func(t *testing.T) {
			code := portal.Code(rule.Name)
			if (rule.Source == "SIM") != (rule.Code == "") {
				t.Errorf("the source is %s, and NIC's code %q", rule.Source, rule.Code)
			}
			breaks, known := ruleCases[code]
			if !known || rule.Says == "" || rule.Source == "" {
				t.Fatalf("the rule lacks a case, a sentence or a source: %+v", rule)
			}
			worlds := stage()
			if got := codeOf(t, breaks(ruleCase{t, enter(t, worlds, "in-force")})); got != code {
				t.Errorf("in force: %q", got)
			}
			w := enter(t, worlds, "off")
			s := w.Defaults()
			s.Rules[rule.Name] = false
			if err := w.SetSettings(t.Context(), s); err != nil {
				t.Fatal(err)
			}
			if got := codeOf(t, breaks(ruleCase{t, w})); got == code {
				t.Errorf("switched off: %q", got)
			}
		})
	}
}
