package fault

import "regexp"

// OTPOldNumber sends an OTP to a number that the person no longer has.
type OTPOldNumber struct {
	Mobile string `json:"mobile,omitempty" says:"the former number, 10 digits from 6000000000 on; required"`
}

// Kind implements Effect.
func (*OTPOldNumber) Kind() Kind {
	return Kind{
		Name: "otp-old-number", Of: Portal, Calls: sendsOTP,
		Does: "The SMS with the OTP goes to a former number, and the portal shows that number, masked. The e-mail goes to " +
			"the right address.",
		Teaches: "Comparing the masked number with one's own before waiting for an SMS.",
		Example: `{"name":"old-sim","when":{"call":"send-otp"},"does":{"kind":"otp-old-number","mobile":"9000000001"}}`,
	}
}

var mobileForm = regexp.MustCompile(`^[6-9][0-9]{9}$`)

func (r *report) mobile(field, number string) {
	if !mobileForm.MatchString(number) {
		r.add(field, "must be a mobile number: 10 digits, the first of them 6 to 9")
	}
}

func (o *OTPOldNumber) check(r *report) { r.mobile("does.mobile", o.Mobile) }
