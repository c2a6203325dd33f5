package fault

// Hang never answers a request.
type Hang struct{}

// Kind implements Effect.
func (*Hang) Kind() Kind {
	return Kind{
		Name: "hang", Of: Wire,
		Does: "Nothing is done and nothing is answered until the client gives up. The connection is dropped when the fault " +
			"is removed, the world is reset or ends, or the server stops.",
		Teaches: "A client without a time-out waits for ever.",
		Example: `{"name":"silent","when":{"call":"auth"},"does":{"kind":"hang"},"often":{"next":1}}`,
	}
}

func (*Hang) check(*report) {}
