package fault

// WrongSEK seals an answer under another key.
type WrongSEK struct{}

// Kind implements Effect.
func (*WrongSEK) Kind() Kind {
	return Kind{
		Name: "wrong-sek", Of: API, Calls: callsWithEnvelope(),
		Does: "The call is performed. The answer is sealed under another SEK than that of the login; a login is answered " +
			"with a Sek that its token does not have.",
		Teaches: "Logging in again when an answer cannot be decrypted, as when another instance has replaced the login.",
		Example: `{"name":"other-sek","when":{"call":"auth"},"does":{"kind":"wrong-sek"},"often":{"next":1}}`,
	}
}

func (*WrongSEK) check(*report) {}
