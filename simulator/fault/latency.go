package fault

import (
	"time"

	"github.com/nicsim/nicsim/simulator/settings"
)

// Latency lets a request wait before it is performed.
type Latency struct {
	Delay  settings.Duration `json:"delay,omitzero" says:"how long the request waits, at most 10m"`
	Jitter settings.Duration `json:"jitter,omitzero" says:"at most so much longer, from the world's dice"`
}

// Kind implements Effect.
func (*Latency) Kind() Kind {
	return Kind{
		Name: "latency", Of: Wire,
		Does:    "The request waits before it is performed.",
		Teaches: "Time-outs that are too short, and calls that block a screen.",
		Example: `{"name":"slow","when":{"call":"generate"},"does":{"kind":"latency","delay":"700ms","jitter":"300ms"}}`,
	}
}

func (l *Latency) check(r *report) {
	r.wait("does.delay", l.Delay)
	r.wait("does.jitter", l.Jitter)
	if l.Delay == 0 && l.Jitter == 0 {
		r.add("does.delay", `must be given, as text such as "700ms", or jitter`)
	}
}

// Wait returns how long a request waits; chance is from 0 up to 1.
func (l *Latency) Wait(chance float64) time.Duration {
	return time.Duration(l.Delay) + time.Duration(chance*float64(l.Jitter))
}
