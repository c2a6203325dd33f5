package fault

// GSP answers as a GSP (GST Suvidha Provider) does that does not reach NIC.
type GSP struct{}

// Kind implements Effect.
func (*GSP) Kind() Kind {
	return Kind{
		Name: "gsp", Of: API,
		Does: "Nothing is done. The answer is not NIC's envelope but the error of a GSP (GST Suvidha Provider): HTTP 200, " +
			"`success` false, `message` `GSPERR300 : GSPGSTDOWN`.",
		Teaches: "A GSP has an envelope of its own for its own errors, which has neither Status nor ErrorDetails.",
		Example: `{"name":"gsp-down","when":{"gstin":"29ABCCD1234E1Z1"},"does":{"kind":"gsp"},"often":{"next":1}}`,
	}
}

func (*GSP) check(*report) {}

// Answer implements Answering.
func (*GSP) Answer() Answer {
	return Answer{Code: 200, ContentType: "application/json; charset=utf-8",
		Body: `{"success":false,"message":"GSPERR300 : GSPGSTDOWN"}` + "\n"}
}
