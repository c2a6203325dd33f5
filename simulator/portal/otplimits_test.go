package portal_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/portal"
	"github.com/nicsim/nicsim/simulator/settings"
	"github.com/nicsim/nicsim/simulator/store"
	"github.com/nicsim/nicsim/simulator/world"
)

// begun takes a registration to Send OTP, which is not sent yet.
func begun(t *testing.T, w *world.World, who person) (p portal.Portal, id string) {
	t.Helper()
	p = portal.In(w, nic.Sandbox)
	f, err := p.Validate(t.Context(), registrant(who, solved(t, p)))
	if err != nil {
		t.Fatal(err)
	}
	return p, f.ID
}

// set changes the settings of a world.
func set(t *testing.T, w *world.World, change func(*settings.Settings)) {
	t.Helper()
	s := w.Settings()
	change(&s)
	if err := w.SetSettings(t.Context(), s); err != nil {
		t.Fatal(err)
	}
}

// limited checks a refusal for a limit, and that the setting is named.
func limited(t *testing.T, err error, setting string) {
	t.Helper()
	refusal, ok := errors.AsType[*portal.Refusal](err)
	if !ok || refusal.Code() != portal.OTPSendLimit || !strings.Contains(refusal.Cause.Text, setting) ||
		refusal.RetryAfter <= 0 {
		t.Fatalf("%v; want %s for %s", err, portal.OTPSendLimit, setting)
	}
}

// A fresh world does not send OTPs without end: new flows give no new OTPs.
func TestOTPsOfATaxpayerAreLimitedByDefault(t *testing.T) {
	w := enter(t, stage(), "otps")
	for range w.Settings().OTPSendLimit {
		challenged(t, w, asha)
	}
	p, id := begun(t, w, asha)
	_, err := p.SendOTP(t.Context(), id)
	limited(t, err, "otpSendLimit")
	challenged(t, w, deepak)
}

// share changes a taxpayer.
func share(t *testing.T, w *world.World, of person, change func(*store.Taxpayer)) {
	t.Helper()
	err := w.Store.Update(t.Context(), func(tx store.Tx) error {
		shared, err := tx.Taxpayer(of.gstin)
		change(&shared)
		return errors.Join(err, tx.PutTaxpayer(shared))
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Taxpayers with one mobile or one mail box share its OTPs.
func TestOTPsOfAContactAreLimited(t *testing.T) {
	for name, change := range map[string]func(*store.Taxpayer){
		"mobile": func(t *store.Taxpayer) { t.Mobile = asha.mobile },
		"e-mail": func(t *store.Taxpayer) { t.Email = asha.email },
	} {
		t.Run(name, func(t *testing.T) {
			w := enter(t, stage(), "otps")
			set(t, w, func(s *settings.Settings) { s.OTPSendLimit = 2 })
			share(t, w, deepak, change)
			both := deepak
			if name == "mobile" {
				both.mobile = asha.mobile
			} else {
				both.email = asha.email
			}
			challenged(t, w, asha)
			challenged(t, w, both)
			p, id := begun(t, w, both)
			_, err := p.SendOTP(t.Context(), id)
			limited(t, err, "otpSendLimit")
		})
	}
}

// New flows give no attempts without end: a right OTP is refused too once the wrong ones are too many, and so is that
// of another taxpayer with the same mobile.
func TestWrongOTPsOfATaxpayerAreLimited(t *testing.T) {
	w := enter(t, stage(), "otps")
	if most := w.Settings().OTPFailureLimit; most < 1 {
		t.Errorf("a fresh world limits wrong OTPs to %d", most)
	}
	set(t, w, func(s *settings.Settings) { s.OTPFailureLimit = 4 })
	p := portal.In(w, nic.Sandbox)
	verified(t, w, asha) // a right OTP does not count
	for range 2 {
		id := challenged(t, w, asha)
		for range 2 {
			if _, err := p.VerifyOTP(t.Context(), id, "x"); codeOf(t, err) != portal.OTPMismatch {
				t.Fatal(err)
			}
		}
	}
	id := challenged(t, w, asha)
	_, err := p.VerifyOTP(t.Context(), id, lastOTP(w, nic.Sandbox, asha))
	limited(t, err, "otpFailureLimit")
	share(t, w, deepak, func(t *store.Taxpayer) { t.Mobile = asha.mobile })
	both := deepak
	both.mobile = asha.mobile
	shared := challenged(t, w, both)
	_, err = p.VerifyOTP(t.Context(), shared, lastOTP(w, nic.Sandbox, both))
	limited(t, err, "otpFailureLimit")
	share(t, w, deepak, func(t *store.Taxpayer) { t.Mobile = deepak.mobile })
	other := challenged(t, w, deepak)
	if _, err := p.VerifyOTP(t.Context(), other, lastOTP(w, nic.Sandbox, deepak)); err != nil {
		t.Fatal(err)
	}
}
