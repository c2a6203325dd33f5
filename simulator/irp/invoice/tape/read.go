package tape

// reader goes over the text once. Objects and arrays that are open lie on a stack of its own, so
// that nesting costs no goroutine stack.
type reader struct {
	*tape
	pos  int
	open []uint32 // nodes of the objects and arrays around the current position
}

func (r *reader) fail(want string) error { return &SyntaxError{r.pos, want} }

// peek is the byte at the current position; 0, which JSON has nowhere, at the end.
func (r *reader) peek() byte {
	if r.pos < len(r.text) {
		return r.text[r.pos]
	}
	return 0
}

func (r *reader) blanks() {
	for r.pos < len(r.text) {
		switch r.text[r.pos] {
		case ' ', '\t', '\r', '\n':
			r.pos++
		default:
			return
		}
	}
}

func (r *reader) add(kind Kind, start, end int, escaped bool) {
	i := len(r.nodes)
	r.nodes = append(r.nodes, node{kind, escaped, uint32(start), uint32(end), uint32(i + 1)})
}

func (r *reader) document() error {
	for {
		opened, err := r.value()
		if err != nil {
			return err
		}
		if opened {
			continue // the first element or member's value is next
		}
		if done, err := r.after(); done || err != nil {
			return err
		}
	}
}

// value reads one value, or the opening of an object or array up to where its first value starts;
// in that case opened is true. An empty one is a value.
func (r *reader) value() (opened bool, err error) {
	r.blanks()
	start := r.pos
	switch c := r.peek(); {
	case c == '"':
		return false, r.str()
	case c == '-' || '0' <= c && c <= '9':
		return false, r.number()
	case c == '{' || c == '[':
		return r.begin(c)
	case c == 't':
		return false, r.word("true", Bool, start)
	case c == 'f':
		return false, r.word("false", Bool, start)
	case c == 'n':
		return false, r.word("null", Null, start)
	}
	return false, r.fail("a value")
}

func (r *reader) word(word string, kind Kind, start int) error {
	end := start + len(word)
	if end > len(r.text) || r.text[start:end] != word {
		return r.fail("a value")
	}
	r.pos = end
	r.add(kind, start, end, false)
	return nil
}

func (r *reader) begin(bracket byte) (opened bool, err error) {
	if len(r.open) == MaxDepth {
		return false, r.fail("less nesting")
	}
	kind, closing := Object, byte('}')
	if bracket == '[' {
		kind, closing = Array, ']'
	}
	r.open = append(r.open, uint32(len(r.nodes)))
	r.add(kind, r.pos, r.pos, false)
	r.pos++
	r.blanks()
	if r.peek() == closing {
		r.end()
		return false, nil
	}
	if kind == Object {
		return true, r.name()
	}
	return true, nil
}

// end closes the innermost object or array at the current position.
func (r *reader) end() {
	r.pos++
	n := &r.nodes[r.open[len(r.open)-1]]
	n.end, n.next = uint32(r.pos), uint32(len(r.nodes))
	r.open = r.open[:len(r.open)-1]
}

// after goes from the end of a value to the start of the next one. It is done at the end of the
// text.
func (r *reader) after() (done bool, err error) {
	for len(r.open) > 0 {
		r.blanks()
		kind := r.nodes[r.open[len(r.open)-1]].kind
		switch c := r.peek(); {
		case c == ',' && kind == Object:
			r.pos++
			r.blanks()
			return false, r.name()
		case c == ',':
			r.pos++
			return false, nil
		case c == '}' && kind == Object, c == ']' && kind == Array:
			r.end()
		case kind == Object:
			return false, r.fail("a comma or }")
		default:
			return false, r.fail("a comma or ]")
		}
	}
	r.blanks()
	if r.pos < len(r.text) {
		return false, r.fail("the end")
	}
	return true, nil
}

// name reads a member's name and its colon.
func (r *reader) name() error {
	if r.peek() != '"' {
		return r.fail("a member's name")
	}
	if err := r.str(); err != nil {
		return err
	}
	r.blanks()
	if r.peek() != ':' {
		return r.fail("a colon")
	}
	r.pos++
	return nil
}

// number reads a number in JSON's notation, which knows no NaN, no leading zeros and no bare point.
func (r *reader) number() error {
	start := r.pos
	if r.peek() == '-' {
		r.pos++
	}
	switch {
	case r.peek() == '0':
		r.pos++
	case !r.digits():
		return r.fail("a digit")
	}
	if r.peek() == '.' {
		r.pos++
		if !r.digits() {
			return r.fail("a digit")
		}
	}
	if c := r.peek(); c == 'e' || c == 'E' {
		r.pos++
		if c := r.peek(); c == '+' || c == '-' {
			r.pos++
		}
		if !r.digits() {
			return r.fail("a digit")
		}
	}
	r.add(Number, start, r.pos, false)
	return nil
}

// digits passes over digits and tells whether there was one.
func (r *reader) digits() bool {
	start := r.pos
	for c := r.peek(); '0' <= c && c <= '9'; c = r.peek() {
		r.pos++
	}
	return r.pos > start
}
