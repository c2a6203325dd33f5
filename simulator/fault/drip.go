package fault

import "github.com/nicsim/nicsim/simulator/settings"

// Drip sends an answer slowly.
type Drip struct {
	Over settings.Duration `json:"over,omitzero" says:"how long the body takes to arrive, at most 10m; required"`
}

// Kind implements Effect.
func (*Drip) Kind() Kind {
	return Kind{
		Name: "drip", Of: Wire,
		Does:    "The request is performed, and the body of the answer arrives in up to 20 pieces.",
		Teaches: "A time-out must bound the whole answer, not the time until its first byte.",
		Example: `{"name":"slow-answer","when":{"call":"generate"},"does":{"kind":"drip","over":"20s"}}`,
	}
}

func (d *Drip) check(r *report) {
	r.wait("does.over", d.Over)
	if d.Over == 0 {
		r.add("does.over", `must be given, as text such as "20s"`)
	}
}
