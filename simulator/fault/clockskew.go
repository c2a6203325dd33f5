package fault

import (
	"time"

	"github.com/nicsim/nicsim/simulator/settings"
)

// widestSkew is how far NIC's clock can be wrong [SIM].
const widestSkew = 24 * time.Hour

// ClockSkew puts NIC's clock wrong.
type ClockSkew struct {
	By settings.Duration `json:"by,omitzero" says:"how far NIC's clock is ahead, or behind as in \"-2h\"; at most 24h; required"`
}

// Kind implements Effect.
func (*ClockSkew) Kind() Kind {
	return Kind{
		Name: "clock-skew", Of: API, Calls: []string{callAuth, callGenerate, callCancel, callMakeEWB},
		Does: "The call is performed by a clock that is wrong: the TokenExpiry of a login, and the AckDt, CancelDate or " +
			"EwbDt that is answered, signed and kept. The world's clock and the token's true end stay.",
		Teaches: "Comparing NIC's times with each other and not with the client's clock, and using a token until it is " +
			"refused.",
		Example: `{"name":"clock-ahead","when":{"call":"auth"},"does":{"kind":"clock-skew","by":"2h"}}`,
	}
}

func (c *ClockSkew) check(r *report) {
	if c.By == 0 || time.Duration(c.By).Abs() > widestSkew {
		r.add("does.by", `must be given, from -24h to 24h, as text such as "2h"`)
	}
}
