package portal_test

import (
	"errors"
	"testing"
	"time"

	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/portal"
	"github.com/nicsim/nicsim/simulator/store"
	"github.com/nicsim/nicsim/simulator/world"
)

// causeOf returns the cause that a refusal gives to the journal.
func causeOf(t *testing.T, err error) string {
	t.Helper()
	var refused *portal.Refusal
	if !errors.As(err, &refused) {
		t.Fatalf("not a refusal: %v", err)
	}
	return refused.Cause.Text
}

// A login is refused with one code, whatever is wrong with it. The journal names the cause.
func TestCausesOfARefusedLogin(t *testing.T) {
	for name, c := range map[string]struct {
		env  nic.Environment
		in   portal.Credentials
		want string
	}{
		"no username": {nic.Production, portal.Credentials{Username: " ", Password: "x"}, "The username is empty."},
		"another password": {nic.Production, portal.Credentials{Username: asha.username, Password: "x12"},
			"The username is known, and the password, of 3 characters, is another."},
		"username in another case": {nic.Production, portal.Credentials{Username: "Dakshin29", Password: "x"},
			"The username is written dakshin29; Dakshin29 differs in case."},
		"an API user in production": {nic.Production, portal.Credentials{Username: "API_dakshin", Password: "x"},
			"API_dakshin is an API user, not a login of the production portal."},
		"unknown in production": {nic.Production, portal.Credentials{Username: "stranger", Password: "x"},
			"The username is stranger, which no login of the production portal has."},
		"not a name": {nic.Production, portal.Credentials{Username: "my secret", Password: "x"},
			"The username is a text of 9 characters, which no login of the production portal has."},
		"another password in the sandbox": {nic.Sandbox, portal.Credentials{Username: "dakshin_api", Password: "x"},
			"The username is known, and the password, of 1 character, is another."},
		"API user in another case": {nic.Sandbox, portal.Credentials{Username: "DAKSHIN_api", Password: "x"},
			"The username is written dakshin_api; DAKSHIN_api differs in case."},
		"a login of production in the sandbox": {nic.Sandbox, portal.Credentials{Username: asha.username, Password: "x"},
			"dakshin29 is a login of the production portal; the sandbox portal takes API users."},
		"unknown in the sandbox": {nic.Sandbox, portal.Credentials{Username: "stranger", Password: "x"},
			"The username is stranger, which no API user of the sandbox has."},
		"unknown client id": {nic.Sandbox, portal.Credentials{ClientID: "AAFCC29GSP00000", ClientSecret: "x"},
			"The client id is AAFCC29GSP00000, which no provider of this world has."},
		"another client secret": {nic.Sandbox, portal.Credentials{ClientID: konkan.clientID, ClientSecret: "x12"},
			"The client id is known, and the client secret, of 3 characters, is another."},
	} {
		t.Run(name, func(t *testing.T) {
			w := withAPIUsers(t)
			p := portal.In(w, c.env)
			login := func() error {
				c.in.Captcha = solved(t, p)
				_, _, err := p.Login(t.Context(), c.in)
				return err
			}
			err := login()
			if code, cause := codeOf(t, err), causeOf(t, err); code != portal.LoginFailed || cause != c.want {
				t.Errorf("%s because %q; want because %q", code, cause, c.want)
			}
		})
	}
}

// The cause of a locked login names what was typed first: the client id or the username.
func TestCauseOfALockedLogin(t *testing.T) {
	for shown, in := range map[string]portal.Credentials{
		asha.username:            {Username: asha.username, Password: "x"},
		konkan.clientID:          {ClientID: konkan.clientID, ClientSecret: "x"},
		"a text of 9 characters": {Username: "my secret", Password: "x"},
	} {
		p := portal.In(withAPIUsers(t), nic.Sandbox)
		var err error
		for range 5 {
			in.Captcha = solved(t, p)
			_, _, err = p.Login(t.Context(), in)
		}
		want := "The login " + shown + " is locked until 2026-11-22 12:15:00, after too many wrong secrets."
		if code, cause := codeOf(t, err), causeOf(t, err); code != portal.AccountLocked || cause != want {
			t.Errorf("%s because %q; want because %q", code, cause, want)
		}
	}
}

// An OTP is refused because of its length, its age, or another one that was sent later.
func TestCausesOfARefusedOTP(t *testing.T) {
	w := enter(t, stage(), "causes")
	p, id := portal.In(w, nic.Sandbox), challenged(t, w, asha)
	first := lastOTP(w, nic.Sandbox, asha)
	advance := func(by time.Duration) {
		if err := w.Clock.Advance(by); err != nil {
			t.Fatal(err)
		}
	}
	advance(time.Minute)
	if _, err := p.SendOTP(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	unsent := []byte(first)
	for string(unsent) == first || string(unsent) == lastOTP(w, nic.Sandbox, asha) {
		unsent[0] = '0' + (unsent[0]-'0'+1)%10
	}
	for _, c := range []struct {
		otp  string
		code portal.Code
		want string
	}{
		{string(unsent), portal.OTPMismatch, "The OTP, of 6 characters, was never sent for this flow."},
		{first[:5], portal.OTPMismatch, "The OTP has 5 characters; it has 6 digits."},
		{first, portal.OTPExpired, "A later OTP replaced this one."},
	} {
		_, err := p.VerifyOTP(t.Context(), id, c.otp)
		if code, cause := codeOf(t, err), causeOf(t, err); code != c.code || cause != c.want {
			t.Errorf("%s: %s because %q; want %s because %q", c.otp, code, cause, c.code, c.want)
		}
	}
	advance(10 * time.Minute)
	_, err := p.VerifyOTP(t.Context(), id, lastOTP(w, nic.Sandbox, asha))
	if cause := causeOf(t, err); cause != "The OTP expired at 2026-11-22 12:11:00." {
		t.Error(cause)
	}
}

// withAPIUsers returns a world in which Asha has an API user on each portal.
func withAPIUsers(t *testing.T) *world.World {
	t.Helper()
	w := enter(t, stage(), "api-users")
	hash, err := hashedOnce()
	if err != nil {
		t.Fatal(err)
	}
	err = w.Store.Update(t.Context(), func(tx store.Tx) error {
		u := store.APIUser{Environment: nic.Sandbox, Username: "dakshin_api", GSTIN: asha.gstin, PasswordHash: hash}
		api := u
		api.Environment, api.Username = nic.Production, "API_dakshin"
		return errors.Join(tx.AddAPIUser(u), tx.AddAPIUser(api))
	})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// A registration with another contact than the registered one names what differs, and what is registered, masked.
func TestCausesOfAnotherContact(t *testing.T) {
	const registered = " that the GST common portal has for it, "
	for name, c := range map[string]struct {
		typed person
		want  string
	}{
		"both": {deepak, "The mobile number and the e-mail address are not those" + registered +
			"XXXXXX3210 and a****@dakshin.example."},
		"mobile": {person{mobile: deepak.mobile, email: asha.email}, "The mobile number is not the one" + registered +
			"XXXXXX3210."},
		"e-mail": {person{mobile: asha.mobile, email: deepak.email}, "The e-mail address is not the one" + registered +
			"a****@dakshin.example."},
	} {
		w := ruleCase{t, enter(t, stage(), "contact")}
		err := w.validate(func(in *portal.Registrant) { in.Mobile, in.Email = c.typed.mobile, c.typed.email })
		if cause := causeOf(t, err); cause != c.want {
			t.Errorf("%s: %q; want %q", name, cause, c.want)
		}
	}
}
