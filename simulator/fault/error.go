package fault

import (
	"strings"

	"github.com/nicsim/nicsim/simulator/nic"
)

// mostCodes is how many codes a refusal has at most [SIM].
const mostCodes = 20

// Error refuses a call of the API with codes of NIC's.
type Error struct {
	Codes []string `json:"codes,omitempty" says:"one or more of NIC's codes, which are answered with NIC's words; required"`
}

// Kind implements Effect.
func (*Error) Kind() Kind {
	return Kind{
		Name: "error", Of: API, Calls: callsWithEnvelope(),
		Does: "Nothing is done, and the call is refused with these codes, in the envelope of the call.",
		Teaches: "Which codes to try again (5001, 3043), which never to (2150), and what a screen shows of a code that was " +
			"never met.",
		Example: `{"name":"down","when":{"call":"generate"},"does":{"kind":"error","codes":["5001"]},"often":{"next":2}}`,
	}
}

func (e *Error) check(r *report) {
	if len(e.Codes) == 0 || len(e.Codes) > mostCodes {
		r.add("does.codes", "must have 1 to %d of NIC's codes", mostCodes)
		return
	}
	var unknown []string
	for _, code := range e.Codes {
		if _, known := nic.ErrorCodeOf(code); !known {
			unknown = append(unknown, code[:min(len(code), longestMember)])
		}
	}
	if len(unknown) > 0 {
		r.add("does.codes", "has %s, of which NIC publishes no words; the codes are %s", strings.Join(unknown, ", "),
			strings.Join(codes(), ", "))
	}
}

// codes are NIC's codes.
func codes() []string {
	var list []string
	for _, c := range nic.ErrorCodes() {
		list = append(list, c.Code)
	}
	return list
}
