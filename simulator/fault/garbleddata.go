package fault

// GarbledData damages the sealed part of an answer.
type GarbledData struct{}

// Kind implements Effect.
func (*GarbledData) Kind() Kind {
	return Kind{
		Name: "garbled-data", Of: API, Calls: callsWithEnvelope(),
		Does: "The call is performed. In the middle of the answer's Data, or of the Sek of a login, are question marks, so " +
			"that it is not base64.",
		Teaches: "An answer with Status 1 can be unreadable, and what was asked for is done all the same.",
		Example: `{"name":"garbled","when":{"call":"generate"},"does":{"kind":"garbled-data"},"often":{"next":1}}`,
	}
}

func (*GarbledData) check(*report) {}
