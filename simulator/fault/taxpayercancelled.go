package fault

// TaxpayerCancelled lets a taxpayer be cancelled between two calls.
type TaxpayerCancelled struct{}

// Kind implements Effect.
func (*TaxpayerCancelled) Kind() Kind {
	return Kind{
		Name: "taxpayer-cancelled", Of: Portal,
		Calls: []string{callValidate, callSendOTP, callCreateUser, callCreate, callLogin, callRemind, callForgotPass},
		Does: "For this call, the taxpayer's registration is cancelled: `gstin-cancelled` in a form, 3034 at the login. The " +
			"record itself stays.",
		Teaches: "What was accepted at one step can be refused at the next.",
		Example: `{"name":"cancelled","when":{"call":"create"},"does":{"kind":"taxpayer-cancelled"}}`,
	}
}

func (*TaxpayerCancelled) check(*report) {}
