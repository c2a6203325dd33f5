package fault

// DropAnswer performs a request and drops the connection in place of the answer.
type DropAnswer struct{}

// Kind implements Effect.
func (*DropAnswer) Kind() Kind {
	return Kind{
		Name: "drop-answer", Of: Wire,
		Does: "The request is performed and what it did is kept. Then the connection is dropped without an answer.",
		Teaches: "The classic duplicate: an invoice that is sent again is refused with 2150, and DUPIRN has the IRN to " +
			"read it by.",
		Example: `{"name":"lost-answer","when":{"call":"generate"},"does":{"kind":"drop-answer"},"often":{"next":1}}`,
	}
}

func (*DropAnswer) check(*report) {}
