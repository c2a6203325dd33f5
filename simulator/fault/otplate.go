package fault

import (
	"time"

	"github.com/nicsim/nicsim/simulator/settings"
)

// OTPLate delays the messages with an OTP.
type OTPLate struct {
	By settings.Duration `json:"by,omitzero" says:"how much later they arrive, by the world's clock; at most 24h; required"`
}

// Kind implements Effect.
func (*OTPLate) Kind() Kind {
	return Kind{
		Name: "otp-late", Of: Portal, Calls: sendsOTP,
		Does:    "The SMS and the e-mail with the OTP arrive later.",
		Teaches: "An OTP that arrives after its lifetime is refused, and so is one that a later OTP has replaced.",
		Example: `{"name":"late-sms","when":{"call":"send-otp"},"does":{"kind":"otp-late","by":"11m"},"often":{"next":1}}`,
	}
}

func (o *OTPLate) check(r *report) {
	if o.By <= 0 || time.Duration(o.By) > widestSkew {
		r.add("does.by", `must be given, above 0 and at most 24h, as text such as "11m"`)
	}
}
