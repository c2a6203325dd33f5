package fault

import "github.com/nicsim/nicsim/simulator/nic"

// Refusal refuses what is sent to a portal with a code of NIC's.
type Refusal struct {
	Code string `json:"code,omitempty" says:"one of NIC's codes, which is answered with NIC's words; required"`
}

// Kind implements Effect.
func (*Refusal) Kind() Kind {
	return Kind{
		Name: "refusal", Of: Portal,
		Calls: []string{callLogin, callSendOTP, callVerifyOTP, callCreate, callValidate, callCreateUser, callChangePass,
			callFreeze, callRemind, callForgotPass, callResetPass},
		Does: "Nothing is done, and the portal refuses what was sent with this code: in a problem document, or beside the " +
			"form. Its `code` is that of the contract for NIC's code, or `refused` if the portals have none.",
		Teaches: "A person must see NIC's words and what to do next, also for a code that the program does not know.",
		Example: `{"name":"on-eway-bill","when":{"call":"create"},"does":{"kind":"refusal","code":"3027"},"often":{"next":1}}`,
	}
}

func (f *Refusal) check(r *report) {
	if _, known := nic.ErrorCodeOf(f.Code); !known {
		r.add("does.code", "must be one of NIC's codes, as in 3027; nicsim codes lists them")
	}
}
