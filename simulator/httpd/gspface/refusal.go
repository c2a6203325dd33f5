package gspface

import (
	"encoding/json"
	"net/http"
	"strings"

	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/journal"
)

// Why is the reason of a refusal of the gateway.
type Why string

// The reasons.
const (
	Missing         Why = "parameter-missing"    // Names are missing
	Unknown         Why = "subscription-unknown" // no subscription has the first secret
	WrongSecret     Why = "secret-wrong"
	WrongEnv        Why = "environment-wrong" // the subscription is for the other environment
	TokenMissing    Why = "token-missing"
	TokenInvalid    Why = "token-invalid"
	TokenExpired    Why = "token-expired"
	SecretReset     Why = "secret-reset" // after the token was issued
	CreditUsed      Why = "credit-used"
	Down            Why = "nic-unreachable"
	TimedOut        Why = "nic-timed-out" // NIC may have registered the document
	BadBody         Why = "body-invalid"
	NotSimulated    Why = "not-simulated"
	Repeated        Why = "request-repeated"    // its id was sent before
	NotConnected    Why = "gstin-not-connected" // no credentials are stored for the GSTIN
	PathUnknown     Why = "path-unknown"
	ClientIDInvalid Why = "client-id-wrong" // that is configured at the GSP
)

// Refusal is a refusal of the gateway itself, not of NIC.
type Refusal struct {
	Why    Why
	Names  []string // of parameters
	Detail string   // instead of the usual words
}

// Error returns the words.
func (r *Refusal) Error() string {
	if r.Detail != "" {
		return r.Detail
	}
	if len(r.Names) > 0 {
		return words[r.Why] + ": " + strings.Join(r.Names, ", ")
	}
	return words[r.Why]
}

// words are used where those of a vendor are not known [SIM].
var words = map[Why]string{
	Missing:         "Missing parameters",
	Unknown:         "The subscription is unknown",
	WrongSecret:     "The secret of the subscription is wrong",
	WrongEnv:        "The subscription is for the other environment",
	TokenMissing:    "The access token is missing",
	TokenInvalid:    "The access token is invalid",
	TokenExpired:    "The access token has expired",
	SecretReset:     "The secret was reset after the access token was issued",
	CreditUsed:      "The credit of the subscription is used up",
	Down:            "NIC cannot be reached",
	TimedOut:        "NIC did not answer in time",
	BadBody:         "The body must be plain JSON",
	NotSimulated:    "The call is not simulated",
	Repeated:        "The requestid was sent before",
	NotConnected:    "No credentials are stored for the GSTIN",
	PathUnknown:     "The gateway has no such call",
	ClientIDInvalid: "Invalid Client ID",
}

// remedies say what would have been right, for the journal.
var remedies = map[Why]string{
	Missing:  "Send the parameters that the face asks for; see docs/gsp-faces.md.",
	Unknown:  "Use the secrets of a subscription: GET /control/v1/subscriptions lists those of the world.",
	WrongEnv: "Use a subscription for this environment, or the path of the other one.",
	BadBody:  "Send the document itself: the gateway encrypts it for NIC.",
	Repeated: "Send another requestid with each call.",
	TimedOut: "Read the invoice by its document before it is sent again: NIC may have registered it.",
}

// reason is the refusal for the journal.
func (r *Refusal) reason(f Face) *journal.Reason {
	return &journal.Reason{Code: "gsp-" + string(r.Why), Detail: r.Error(),
		Cause:  "The gateway " + f.Name + " refused the call itself, and NIC was not asked for it or gave no answer.",
		Remedy: remedies[r.Why]}
}

// object writes a JSON object with its members in their order, without blanks.
func object(members ...any) json.RawMessage {
	text := []byte{'{'}
	separator := [...]byte{':', ','} // before a value, before a name
	for i, member := range members {
		if i > 0 {
			text = append(text, separator[(i+1)%2])
		}
		value, isRaw := member.(json.RawMessage)
		if !isRaw || value == nil {
			value = plainJSON(member)
		}
		text = append(text, value...)
	}
	return append(text, '}')
}

// plainJSON writes a value as JSON and leaves <, > and & as they are.
func plainJSON(v any) []byte {
	var text strings.Builder
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(v) // texts, numbers and lists of them always marshal
	return []byte(strings.TrimSuffix(text.String(), "\n"))
}

const jsonType = "application/json; charset=utf-8"

// replied is an answer of JSON.
func replied(status int, body json.RawMessage) httpd.Reply {
	return httpd.Reply{Status: status, Raw: body, RawType: jsonType}
}

// ok is replied with HTTP status 200, which nearly every refusal of a gateway has too.
func ok(body json.RawMessage) httpd.Reply { return replied(http.StatusOK, body) }
