package fault

// Truncate cuts an answer off.
type Truncate struct {
	Bytes int `json:"bytes,omitzero" says:"how many bytes of the body arrive; half of them unless given"`
}

// Kind implements Effect.
func (*Truncate) Kind() Kind {
	return Kind{
		Name: "truncate", Of: Wire,
		Does:    "The request is performed, and the connection is dropped in the middle of the answer's body.",
		Teaches: "Half an answer is not an answer: what was asked for may have been done.",
		Example: `{"name":"cut-off","when":{"call":"read-irn"},"does":{"kind":"truncate","bytes":100},"often":{"next":1}}`,
	}
}

func (t *Truncate) check(r *report) { r.count("does.bytes", t.Bytes) }

// Keep returns how many bytes of a body arrive.
func (t *Truncate) Keep(size int) int {
	if t.Bytes == 0 {
		return size / 2
	}
	return min(t.Bytes, size)
}
