package fault

// sendsOTP are the calls that send an OTP. A login does so under the setting that asks for one.
var sendsOTP = []string{callSendOTP, callCreateUser, callForgotPass, callLogin}

// OTPLost loses the messages with an OTP.
type OTPLost struct{}

// Kind implements Effect.
func (*OTPLost) Kind() Kind {
	return Kind{
		Name: "otp-lost", Of: Portal, Calls: sendsOTP,
		Does:    "The OTP is made, and neither the SMS nor the e-mail with it arrives.",
		Teaches: "Sending the OTP again, and no sooner than the portal allows.",
		Example: `{"name":"lost-sms","when":{"call":"send-otp"},"does":{"kind":"otp-lost"},"often":{"next":1}}`,
	}
}

func (*OTPLost) check(*report) {}
