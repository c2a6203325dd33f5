package fault

// AccountFrozen refuses a login as that of a frozen account.
type AccountFrozen struct{}

// Kind implements Effect.
func (*AccountFrozen) Kind() Kind {
	return Kind{
		Name: "account-frozen", Of: Portal, Calls: []string{callLogin},
		Does:    "A login whose password is right is refused as that of a frozen account (3033). The account itself stays.",
		Teaches: "A right password is not enough: returns that were not filed, or a change of status, freeze an account.",
		Example: `{"name":"frozen","when":{"user":"dakshin29"},"does":{"kind":"account-frozen"}}`,
	}
}

func (*AccountFrozen) check(*report) {}
