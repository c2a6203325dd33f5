package fault

// OTPTwice delivers the messages with an OTP twice.
type OTPTwice struct{}

// Kind implements Effect.
func (*OTPTwice) Kind() Kind {
	return Kind{
		Name: "otp-twice", Of: Portal, Calls: sendsOTP,
		Does:    "The SMS and the e-mail with the OTP arrive twice, with the same OTP.",
		Teaches: "A program that reads the inbox must not take the second message for another OTP.",
		Example: `{"name":"two-sms","when":{"call":"send-otp"},"does":{"kind":"otp-twice"}}`,
	}
}

func (*OTPTwice) check(*report) {}
