package fault

// Reset resets the connection before anything is done.
type Reset struct{}

// Kind implements Effect.
func (*Reset) Kind() Kind {
	return Kind{
		Name: "reset", Of: Wire,
		Does:    "Nothing is done, and the connection is reset.",
		Teaches: "An error of the network is not a refusal; the request may be sent again.",
		Example: `{"name":"reset","when":{"call":"generate"},"does":{"kind":"reset"},"often":{"next":1}}`,
	}
}

func (*Reset) check(*report) {}
