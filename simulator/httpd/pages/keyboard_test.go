package pages_test

import (
	"testing"

	"github.com/nicsim/nicsim/internal/browsertest"
)

// A second Enter on Send OTP reaches the field of the OTP on the next page. It does not send the empty form: none of
// the three attempts is lost.
func TestEnterTwiceCountsOnce(t *testing.T) {
	t.Parallel()
	p := newPerson(t, "/w/enter")
	p.page.StopTime(1)
	p.goTo(p.sandbox + "/register").typeIn(asDakshin...).press("Validate").reach("Send OTP")
	p.page.Press(browsertest.Enter, browsertest.Enter)
	p.on("registration-otp OTP_SENT")
	if left, n := p.value("attemptsLeft"), p.messages(); left != "3" || n != 1 {
		t.Errorf("%s attempts are left, and %d SMS were sent", left, n)
	}
	p.keys("000000")
	p.page.Press(browsertest.Enter, browsertest.Enter)
	p.on("registration-otp OTP_SENT otp-mismatch")
	if left := p.value("attemptsLeft"); left != "2" {
		t.Errorf("after a wrong OTP and Enter twice, %s attempts are left", left)
	}
	p.keys(p.otp()).enter().on("registration-api-user OTP_VERIFIED") // at once: something was typed
}

// Enter in a field sends the form once the page has been shown for a second, even if nothing was typed.
func TestEnterAloneSendsAFormLater(t *testing.T) {
	t.Parallel()
	p := newPerson(t, "/w/enterlater")
	p.page.StopTime(1)
	p.goTo(p.sandbox + "/register").reach("GSTIN").enter().on("registration-form")
	browsertest.Eval[any](p.page, `performance.now = () => 1002, 0`)
	p.enter().on("registration-form gstin-invalid")
}

// A wrong captcha and a wrong OTP can be corrected with the keyboard alone.
func TestRefusalsByKeyboard(t *testing.T) {
	t.Parallel()
	p := newPerson(t, "/w/refusedkeys")
	p.goTo(p.sandbox + "/register").reach("GSTIN").keys("29ABCCD1234E1Z1").reach("Phone number").keys("9876543210")
	p.reach("Email address").keys("accounts@dakshin.example").reach("Captcha").keys("wrong!").enter()
	p.on("registration-form captcha-mismatch")
	if name := p.page.FocusedName(); name != "Captcha" {
		t.Errorf("after a wrong captcha the cursor is in %q", name)
	}
	p.keys(p.captcha()).enter().on("registration VALIDATED").reach("Send OTP").enter()
	p.on("registration-otp OTP_SENT").keys("000000").enter().on("registration-otp OTP_SENT otp-mismatch")
	if name := p.page.FocusedName(); name != "OTP" {
		t.Errorf("after a wrong OTP the cursor is in %q", name)
	}
	p.keys(p.otp()).enter().on("registration-api-user OTP_VERIFIED")
}
