package portal_test

import (
	"fmt"
	"sync"
	"testing"

	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/portal"
	"github.com/nicsim/nicsim/simulator/settings"
	"github.com/nicsim/nicsim/simulator/store"
	"github.com/nicsim/nicsim/simulator/world"
)

// together performs all acts at the same time and counts the answers.
func together(t *testing.T, things ...func() error) map[portal.Code]int {
	t.Helper()
	var mu sync.Mutex
	var errs []error
	begin := make(chan struct{})
	var all sync.WaitGroup
	for _, do := range things {
		all.Go(func() {
			<-begin
			err := do()
			mu.Lock()
			defer mu.Unlock()
			errs = append(errs, err)
		})
	}
	close(begin)
	all.Wait()
	answers := map[portal.Code]int{}
	for _, err := range errs {
		answers[codeOf(t, err)]++
	}
	return answers
}

// crowd returns many copies of an act.
func crowd(do func() error) []func() error {
	things := make([]func() error, 12)
	for i := range things {
		things[i] = do
	}
	return things
}

// scene is a world and its sandbox portal.
type scene struct {
	world   *world.World
	sandbox portal.Portal
}

func TestAtTheSameTime(t *testing.T) {
	for _, c := range []struct {
		name string
		play func(t *testing.T, s scene) map[portal.Code]int
		want map[portal.Code]int
		made int // API users of the sandbox
	}{
		{"many Creates of one registration", func(t *testing.T, s scene) map[portal.Code]int {
			id := verified(t, s.world, asha)
			n := 0
			return together(t, crowdOf(func() func() error {
				n++
				in := form(konkan, fmt.Sprintf("user_%d", n))
				return func() error { _, err := s.sandbox.Create(t.Context(), id, in); return err }
			})...)
		}, map[portal.Code]int{"": 1, portal.WrongState: 11}, 1},
		{"two registrations of one taxpayer with one GSP", func(t *testing.T, s scene) map[portal.Code]int {
			first, second := verified(t, s.world, asha), verified(t, s.world, asha)
			return together(t,
				func() error { _, err := s.sandbox.Create(t.Context(), first, form(konkan, "first_user")); return err },
				func() error { _, err := s.sandbox.Create(t.Context(), second, form(konkan, "second_user")); return err })
		}, map[portal.Code]int{"": 1, portal.AlreadyRegistered: 1}, 1},
		{"two taxpayers want one username", func(t *testing.T, s scene) map[portal.Code]int {
			first, second := verified(t, s.world, asha), verified(t, s.world, deepak)
			return together(t,
				func() error { _, err := s.sandbox.Create(t.Context(), first, form(konkan, "wanted_name")); return err },
				func() error { _, err := s.sandbox.Create(t.Context(), second, form(konkan, "Wanted_Name")); return err })
		}, map[portal.Code]int{"": 1, portal.UsernameTaken: 1}, 1},
		{"many Validates with one captcha", func(t *testing.T, s scene) map[portal.Code]int {
			in := registrant(asha, solved(t, s.sandbox))
			return together(t, crowd(func() error { _, err := s.sandbox.Validate(t.Context(), in); return err })...)
		}, map[portal.Code]int{"": 1, portal.CaptchaExpired: 11}, 0},
		{"many Submits of one OTP", func(t *testing.T, s scene) map[portal.Code]int {
			id := challenged(t, s.world, asha)
			otp := lastOTP(s.world, nic.Sandbox, asha)
			return together(t, crowd(func() error { _, err := s.sandbox.VerifyOTP(t.Context(), id, otp); return err })...)
		}, map[portal.Code]int{"": 1, portal.WrongState: 11}, 0},
		{"many Verifies of the OTP of one login", func(t *testing.T, s scene) map[portal.Code]int {
			always := s.world.Settings()
			always.TwoFactor = settings.TwoFactorAlways
			if err := s.world.SetSettings(t.Context(), always); err != nil {
				t.Fatal(err)
			}
			p := portal.In(s.world, nic.Production)
			_, f, err := p.Login(t.Context(), portal.Credentials{Username: asha.username, Password: goodPassword,
				Captcha: solved(t, p)})
			if err != nil {
				t.Fatal(err)
			}
			otp := lastOTP(s.world, nic.Production, asha)
			return together(t, crowd(func() error { _, err := p.FinishLogin(t.Context(), f.ID, otp); return err })...)
		}, map[portal.Code]int{"": 1, portal.WrongState: 11}, 0},
		{"many guesses of one OTP", func(t *testing.T, s scene) map[portal.Code]int {
			id := challenged(t, s.world, asha)
			return together(t, crowd(func() error { _, err := s.sandbox.VerifyOTP(t.Context(), id, "wrong"); return err })...)
		}, map[portal.Code]int{portal.OTPMismatch: 2, portal.OTPExhausted: 1, portal.Expired: 9}, 0},
		{"many clicks on Send OTP", func(t *testing.T, s scene) map[portal.Code]int {
			f, err := s.sandbox.Validate(t.Context(), registrant(asha, solved(t, s.sandbox)))
			if err != nil {
				t.Fatal(err)
			}
			return together(t, crowd(func() error { _, err := s.sandbox.SendOTP(t.Context(), f.ID); return err })...)
		}, map[portal.Code]int{"": 1, portal.OTPTooSoon: 11}, 0},
		{"many wrong passwords for one login", func(t *testing.T, s scene) map[portal.Code]int {
			production := portal.In(s.world, nic.Production)
			return together(t, crowdOf(func() func() error {
				in := portal.Credentials{Username: asha.username, Password: "wrong", Captcha: solved(t, production)}
				return func() error { _, _, err := production.Login(t.Context(), in); return err }
			})...)
		}, map[portal.Code]int{portal.LoginFailed: 4, portal.AccountLocked: 8}, 0},
		{"many freeze one API user", func(t *testing.T, s scene) map[portal.Code]int {
			production := portal.In(s.world, nic.Production)
			owner := store.Session{GSTIN: asha.gstin}
			err := s.world.Store.Update(t.Context(), func(tx store.Tx) error {
				return tx.AddAPIUser(store.APIUser{Environment: nic.Production, Username: "API_asha", GSTIN: asha.gstin})
			})
			if err != nil {
				t.Fatal(err)
			}
			return together(t, crowd(func() error { return production.Freeze(t.Context(), owner, "API_asha") })...)
		}, map[portal.Code]int{"": 1, portal.AlreadyFrozen: 11}, 0},
		{"many change one password", func(t *testing.T, s scene) map[portal.Code]int {
			production := portal.In(s.world, nic.Production)
			owner := store.Session{GSTIN: asha.gstin}
			hash, err := hashedOnce()
			if err != nil {
				t.Fatal(err)
			}
			err = s.world.Store.Update(t.Context(), func(tx store.Tx) error {
				return tx.AddAPIUser(store.APIUser{Environment: nic.Production, Username: "API_asha", GSTIN: asha.gstin,
					PasswordHash: hash})
			})
			if err != nil {
				t.Fatal(err)
			}
			n := 0
			return together(t, crowdOf(func() func() error {
				n++
				next := fmt.Sprintf("Other@%d", 1000+n)
				return func() error {
					return production.ChangePassword(t.Context(), owner, "API_asha", goodPassword, next, nil)
				}
			})...)
		}, map[portal.Code]int{"": 1, portal.PasswordMismatch: 11}, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := enter(t, stage(), "w")
			got := c.play(t, scene{w, portal.In(w, nic.Sandbox)})
			if fmt.Sprint(got) != fmt.Sprint(c.want) {
				t.Errorf("answers %v; want %v", got, c.want)
			}
			made := len(usersOf(t, w, nic.Sandbox, asha.gstin)) + len(usersOf(t, w, nic.Sandbox, deepak.gstin))
			if made != c.made {
				t.Errorf("made %d API users; want %d", made, c.made)
			}
		})
	}
}

// Worlds are independent, also when many registrations run at the same time.
func TestWorldsAtTheSameTime(t *testing.T) {
	ws := stage()
	var all sync.WaitGroup
	for i := range 8 {
		w := enter(t, ws, fmt.Sprintf("w%d", i))
		all.Go(func() {
			p := portal.In(w, nic.Sandbox)
			c, err := p.DrawCaptcha(t.Context())
			if err != nil {
				t.Error(err)
				return
			}
			f, err := p.Validate(t.Context(), registrant(asha, portal.CaptchaAnswer{ID: c.ID, Answer: c.Answer}))
			if err == nil {
				_, err = p.SendOTP(t.Context(), f.ID)
			}
			if err == nil {
				_, err = p.VerifyOTP(t.Context(), f.ID, lastOTP(w, nic.Sandbox, asha))
			}
			if err == nil {
				_, err = p.Create(t.Context(), f.ID, form(konkan, "same_name"))
			}
			if err != nil {
				t.Errorf("world %s: %v", w.Name, err)
			}
		})
	}
	all.Wait()
}

// crowdOf returns acts that each use a value of their own, which was prepared before.
func crowdOf(prepare func() func() error) []func() error {
	things := make([]func() error, 12)
	for i := range things {
		things[i] = prepare()
	}
	return things
}
