package portal_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/portal"
	"github.com/nicsim/nicsim/simulator/store"
)

const (
	lower  = "abcdefghijklmnopqrstuvwxyz"
	upper  = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	digits = "0123456789"
)

// A username consists of letters, digits and _, and begins with a letter.
func TestCharactersOfAUsername(t *testing.T) {
	for c := range rune(256) {
		letter := strings.ContainsRune(lower+upper, c)
		if got := portal.IsUsername(string(c)); got != letter {
			t.Errorf("%q: %t", c, got)
		}
		if got, want := portal.IsUsername("a"+string(c)), letter || strings.ContainsRune(digits+"_", c); got != want {
			t.Errorf("%q after a letter: %t", c, got)
		}
	}
	for name, want := range map[string]bool{
		"": false, strings.Repeat("a", portal.LongestUsername): true, strings.Repeat("a", portal.LongestUsername+1): false,
	} {
		if portal.IsUsername(name) != want {
			t.Errorf("%d characters: %t", len(name), !want)
		}
	}
}

// A password has a character of each of NIC's four classes: 3003 lists the special characters.
func TestCharactersOfAPassword(t *testing.T) {
	classes := map[string]string{"upper case": upper, "lower case": lower, "digit": digits, "special": "%$#@_!*"}
	others := map[string]string{"upper case": "a1@", "lower case": "A1@", "digit": "Aa@", "special": "Aa1"}
	c := ruleCase{t, enter(t, stage(), "passwords")}
	for class, members := range classes {
		for r := range rune(128) {
			password := strings.Repeat(others[class], 3) + string(r)
			want := portal.Code("")
			if !strings.ContainsRune(members, r) {
				want = portal.PasswordPolicy
			}
			if got := newPassword(c, password); got != want {
				t.Errorf("%s: %q: %q", class, password, got)
			}
		}
	}
}

// The shortest and the longest name and password that the settings allow are good, one character less or more is not.
func TestLengthsOfAForm(t *testing.T) {
	c := ruleCase{t, enter(t, stage(), "lengths")}
	s := c.w.Settings()
	for length, good := range around(s.PasswordMin, s.PasswordMax) {
		if code := newPassword(c, "Aa1@"+strings.Repeat("ü", length-4)); code == "" != good {
			t.Errorf("a password of %d characters: %q", length, code)
		}
	}
	for length, good := range around(s.UsernameMin, s.UsernameMax) {
		w := ruleCase{t, enter(t, stage(), "lengths")}
		err := w.create(func(in *portal.NewAPIUser) { in.Username = strings.Repeat("a", length) })
		if code := codeOf(t, err); code == "" != good || !good && code != portal.UsernameInvalid {
			t.Errorf("a username of %d characters: %q", length, code)
		}
	}
}

// around returns the lengths at the ends of a range and beside them, and which of them are in the range.
func around(from, to int) map[int]bool {
	return map[int]bool{from - 1: false, from: true, to: true, to + 1: false}
}

// newPassword changes the password of an API user to next and back, and returns the code of a refusal.
func newPassword(c ruleCase, next string) portal.Code {
	c.Helper()
	p, own := c.sandbox(), store.Session{GSTIN: asha.gstin}
	if len(usersOf(c, c.w, nic.Sandbox, own.GSTIN)) == 0 {
		if err := c.create(func(*portal.NewAPIUser) {}); err != nil {
			c.Fatal(err)
		}
	}
	code := codeOf(c, p.ChangePassword(c.Context(), own, "dakshin_api", goodPassword, next, &next))
	if code == "" {
		if err := p.ChangePassword(c.Context(), own, "dakshin_api", next, goodPassword, nil); err != nil {
			c.Fatal(err)
		}
	}
	return code
}

// Direct integration needs the turnover of the setting, and not a rupee more.
func TestTurnoverOfDirectIntegration(t *testing.T) {
	for _, c := range []struct {
		more float64
		want portal.Code
	}{{-0.01, portal.DirectTurnover}, {0, ""}} {
		w := ruleCase{t, enter(t, stage(), "direct")}
		w.taxpayer(func(t *store.Taxpayer) { t.AATOCrore = w.w.Settings().DirectThresholdCrore + c.more })
		if got := codeOf(t, w.direct("")); got != c.want {
			t.Errorf("%+v crore: %q; want %q", c.more, got, c.want)
		}
	}
}

// A second user for one client id is refused at the member of the form that chose the client.
func TestFieldOfASecondUser(t *testing.T) {
	for field, in := range map[string]portal.NewAPIUser{
		"companyName": form(konkan, "second_api"), "clientId": direct("second_api"),
	} {
		c := ruleCase{t, enter(t, stage(), "second")}
		first := in
		first.Username = "first_api"
		c.requested("")
		c.taxpayer(func(t *store.Taxpayer) { t.AATOCrore = c.w.Settings().DirectThresholdCrore })
		if err := c.submit(first); err != nil {
			t.Fatal(err)
		}
		refusal, _ := errors.AsType[*portal.Refusal](c.submit(in))
		if refusal == nil || refusal.Code() != portal.AlreadyRegistered || refusal.Violations[0].Field != field {
			t.Errorf("%s: %+v", field, refusal)
		}
	}
}

// All spellings of a name have one lock. A name of any length is kept in few bytes, and has a lock of its own.
func TestNamesOfLocks(t *testing.T) {
	longest := strings.Repeat("n", 200)
	if got := portal.UserLock(strings.ToUpper(longest)); got != "user "+longest {
		t.Errorf("200 characters: %s", got)
	}
	one, other := portal.UserLock(longest+"1"), portal.UserLock(longest+"2")
	if len(one) > 100 || one == other || one != portal.UserLock(strings.ToUpper(longest)+"1") {
		t.Errorf("201 characters: %s and %s", one, other)
	}
}

// A form that is closed takes its captcha with it. A captcha of the other portal stays, and an unknown one is no error.
func TestEndOfACaptcha(t *testing.T) {
	c := ruleCase{t, enter(t, stage(), "captchas")}
	own := solved(t, c.sandbox())
	for _, end := range []struct {
		portal portal.Portal
		id     string
		left   bool
	}{{c.production(), own.ID, true}, {c.sandbox(), "unknown", true}, {c.sandbox(), own.ID, false}} {
		if err := end.portal.EndCaptcha(t.Context(), end.id); err != nil {
			t.Fatal(err)
		}
		if _, err := c.sandbox().CaptchaPicture(t.Context(), own.ID); err == nil != end.left {
			t.Errorf("after the end of %s: %v", end.id, err)
		}
	}
}

// A flow that is complete says what it made.
func TestMessageOfAFlow(t *testing.T) {
	const user, client = "API user created successfully.",
		"Client credentials created. The client secret was sent to the registered mobile by SMS."
	for want, flows := range map[string][]store.Flow{
		user: {{Kind: "registration", Category: portal.TaxpayerCategory}, {Kind: "api-registration", Category: "TAXPAYER"},
			{Kind: "api-registration"}},
		client: {{Kind: "registration", Category: "GSP"}, {Kind: "registration", Category: "ECO"}},
	} {
		for _, f := range flows {
			if got := portal.Message(f); got != want {
				t.Errorf("%s of %s: %s", f.Kind, f.Category, got)
			}
		}
	}
}
