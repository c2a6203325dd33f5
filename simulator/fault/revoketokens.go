package fault

// RevokeTokens ends the token of a caller before its time.
type RevokeTokens struct{}

// Kind implements Effect.
func (*RevokeTokens) Kind() Kind {
	return Kind{
		Name: "revoke-tokens", Of: API, Calls: callsWithToken(),
		Does: "The token of the call ends before the call is performed, which is refused with 1005 (105 by the e-way bill " +
			"system). The next login gets another token.",
		Teaches: "A token can end before its TokenExpiry: log in again, and send the call once more.",
		Example: `{"name":"early-end","when":{"call":"generate"},"does":{"kind":"revoke-tokens"},"often":{"next":1}}`,
	}
}

func (*RevokeTokens) check(*report) {}
