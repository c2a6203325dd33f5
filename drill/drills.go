package drill

import (
	"time"

	"github.com/nicsim/nicsim/client"
)

// retryAfter is what the drill too-many-requests asks a client to wait.
const retryAfter = 2 * time.Second

// next is a fault that happens to the next request of a call.
func next(name, call string, does client.FaultEffect) client.Fault {
	return client.Fault{Name: name, When: client.FaultWhen{Call: call}, Does: does, Often: client.FaultOften{Next: 1}}
}

// lostAnswer drops the answer to a registration.
func lostAnswer() client.Fault {
	return next("lost-answer", generate, client.FaultEffect{"kind": "drop-answer"})
}

// Each fault happens once, so that a client with a single repeat can pass. Only the clock is wrong at every login, as
// it does not become right by itself.
var drills = []Drill{
	{
		Name:    "lost-answer",
		Title:   "the answer is lost after registering",
		Happens: "The invoice is registered, and the connection is dropped before the answer arrives.",
		Must: "Send the same document again and, when it is refused with 2150, read the invoice by the IRN in DUPIRN; or " +
			"read it by its document.",
		Fails:  "A client that takes 2150 for a failure, or sends the invoice under another number: a second IRN.",
		Faults: []client.Fault{lostAnswer()},
	},
	{
		Name:    "token-revoked",
		Title:   "the token ends before its expiry",
		Happens: "The token of the first registration is no longer valid, and the call is refused with 1005.",
		Must:    "Log in again, and send the same document once more with the new token.",
		Fails:   "A client that trusts TokenExpiry, and gives up or sends the old token again and again.",
		Faults:  []client.Fault{next("early-end", generate, client.FaultEffect{"kind": "revoke-tokens"})},
	},
	{
		Name:  "sek-changed",
		Title: "the session key (SEK) is another one",
		Happens: "The first login is answered with a SEK that its token does not have, as after a login of another " +
			"instance. NIC cannot decrypt what is sent, and refuses it with 1020.",
		Must:   "Log in again, and encrypt the same document under the SEK of that login.",
		Fails:  "A client that takes 1020 for a mistake in the invoice, or sends the same bytes again and again.",
		Faults: []client.Fault{next("other-sek", auth, client.FaultEffect{"kind": "wrong-sek"})},
	},
	{
		Name:    "html-502",
		Title:   "a gateway answers with a page",
		Happens: "The first registration is answered with an HTML page and the status 502. Nothing is done.",
		Must:    "Read the status and the content type before the JSON, and send the same document again.",
		Fails:   "A client that parses the page as JSON, and ends with an error of its parser.",
		Faults:  []client.Fault{next("gateway", generate, client.FaultEffect{"kind": "html"})},
	},
	{
		Name:    "too-many-requests",
		Title:   "429 with Retry-After",
		Happens: "The first registration is answered with 429 and Retry-After. Nothing is done.",
		Must:    "Wait for as long as Retry-After says before the next call, and send the same document again.",
		Fails:   "A client that calls again at once, or takes 429 for a refusal of the invoice.",
		Faults: []client.Fault{next("too-many", generate, client.FaultEffect{
			"kind": "status", "code": 429, "body": "Too many requests", "retryAfter": retryAfter.String(),
		})},
	},
	{
		Name:    "time-out",
		Title:   "no answer at all",
		Happens: "The first registration is never answered. Nothing is done.",
		Must:    "End the call after a time of your own, and send the same document again.",
		Fails:   "A client that waits for ever: many HTTP libraries have no time-out unless one is set.",
		Faults:  []client.Fault{next("silent", generate, client.FaultEffect{"kind": "hang"})},
	},
	{
		Name:  "clock-skew",
		Title: "NIC's clock is behind",
		Happens: "NIC's clock is two hours behind the client's, so that the TokenExpiry of every login is in the past when " +
			"it arrives.",
		Must:  "Use the token of a login that succeeded until NIC refuses it (1005).",
		Fails: "A client that compares TokenExpiry with its own clock, and logs in again and again or gives up.",
		Faults: []client.Fault{{
			Name: "clock-behind", When: client.FaultWhen{Call: auth},
			Does: client.FaultEffect{"kind": "clock-skew", "by": "-2h"},
		}},
	},
	{
		Name:  "not-synchronised",
		Title: "the portal does not have the IRN yet",
		Happens: "The answer to the registration is lost, and the portal that is asked for the invoice has not received it " +
			"from the other one: the first read by IRN is refused with 2148, and the first by document with 2154.",
		Must: "Wait a moment and read again, or read at the portal that registered the document, by the header irp: NIC1 " +
			"where AckNo begins with 1. The document is registered, as 2150 says.",
		Fails: "A client that takes 2148 or 2154 for the truth, and reports that there is no invoice or sends it under " +
			"another number.",
		Faults: []client.Fault{
			lostAnswer(),
			next("irn-not-there", readIRN, client.FaultEffect{"kind": "error", "codes": []string{"2148"}}),
			next("document-not-there", readDocument, client.FaultEffect{"kind": "error", "codes": []string{"2154"}}),
		},
	},
}
