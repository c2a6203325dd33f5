package fault

import "github.com/nicsim/nicsim/simulator/nic"

// Gateway lets the gateway of a GSP (GST Suvidha Provider) fail.
type Gateway struct {
	Fails string `json:"fails,omitempty" says:"down, timed-out, credit-used, secret-reset, stale-expiry or wrong-client-id; required"`
}

// The ways in which a gateway fails.
const (
	GatewayDown          = "down"            // NIC is not asked
	GatewayTimedOut      = "timed-out"       // NIC has performed the call, and the gateway did not wait for its answer
	GatewayCreditUsed    = "credit-used"     // of the subscription
	GatewaySecretReset   = "secret-reset"    // of the subscription
	GatewayStaleExpiry   = "stale-expiry"    // a login is said to have ended, and its token is valid
	GatewayWrongClientID = "wrong-client-id" // that the GSP is configured with
)

var gatewayFailures = []string{GatewayDown, GatewayTimedOut, GatewayCreditUsed, GatewaySecretReset, GatewayStaleExpiry,
	GatewayWrongClientID}

// Kind implements Effect.
func (*Gateway) Kind() Kind {
	return Kind{
		Name: "gateway", Of: OfGateway,
		Does: "A gateway of a GSP (GST Suvidha Provider) fails, in the words of the vendor whose face it has. `down`: it does " +
			"not reach NIC, such as `GSPERR300 : Ei : GSPGSTDOWN`. `timed-out`: NIC has performed the call, and the answer is " +
			"lost. `credit-used`: the subscription has no credit left. `secret-reset`: the secret that is sent is an old one. " +
			"`stale-expiry`: a login of `whitebooks` or `taxpro-dec` has a TokenExpiry that is past, and its token works. " +
			"`wrong-client-id`: NIC refuses the GSP's own client id with 1010. A rule of this kind is of the environment `gsp`.",
		Teaches: "A failure between the client and NIC says nothing about the document: read it before it is sent again, " +
			"and do not ask the taxpayer to correct what the GSP must.",
		Example: `{"name":"answer-lost","when":{"environment":"gsp","call":"generate"},` +
			`"does":{"kind":"gateway","fails":"timed-out"},"often":{"next":1}}`,
	}
}

func (f *Gateway) check(r *report) { r.oneOf("does.fails", f.Fails, gatewayFailures) }

// atGateway puts a rule of a gateway into the environment of GSPs.
func (w *When) atGateway(r *report) {
	if w.Environment == "" {
		w.Environment = nic.GSP
	}
	if w.Environment != nic.GSP {
		r.add("when.environment", "must be gsp for the kind gateway")
	}
}
