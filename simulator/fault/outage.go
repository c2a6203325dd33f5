package fault

// Outage puts a portal out of service.
type Outage struct{}

// Kind implements Effect.
func (*Outage) Kind() Kind {
	return Kind{
		Name: "outage", Of: Portal,
		Does: "Nothing is done, and the portal answers 503 with NIC's 3020 and Retry-After, pages as well as JSON. The " +
			"setting `outage` does the same for all calls of both portals.",
		Teaches: "Waiting, and beginning again where one was: nothing that was acknowledged is lost.",
		Example: `{"name":"portal-down","when":{"environment":"production"},"does":{"kind":"outage"}}`,
	}
}

func (*Outage) check(*report) {}
