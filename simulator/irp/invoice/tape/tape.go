// Package tape reads JSON that strangers sent, and keeps every digit of it.
//
// encoding/json turns numbers into binary floating point or leaves them to reflection, mends broken
// surrogates silently, and hides which of two equal members it took. Here a text becomes one flat
// list of values, a tape, in one pass: time and memory grow with the length of the text and with
// nothing else, whatever it holds. Numbers stay the characters that were sent; strings are
// unescaped when somebody asks.
package tape

import (
	"fmt"
	"iter"
	"strings"
	"unicode/utf8"
)

// Kind is what a value is.
type Kind uint8

// The kinds of JSON values; true and false are Bool.
const (
	Null Kind = iota
	Bool
	Number
	String
	Object
	Array
)

// MaxDepth is how deep objects and arrays may nest. An invoice needs five.
const MaxDepth = 64

// SyntaxError is the refusal of a text that is not JSON.
type SyntaxError struct {
	Offset int    // of the byte that does not fit, from 0
	Want   string // what would
}

func (e *SyntaxError) Error() string {
	return fmt.Sprintf("not JSON at byte %d: want %s", e.Offset, e.Want)
}

// node is one value, or one member's name (a String before the member's value).
type node struct {
	kind    Kind
	escaped bool   // the string has a backslash
	start   uint32 // in the text; strings without their quotes
	end     uint32
	next    uint32 // index of the first node that is no part of this value
}

// Value is one value of a text. Its zero value is null.
type Value struct {
	tape *tape
	at   uint32
}

type tape struct {
	text  string
	nodes []node
}

// Parse reads one JSON text, at most 4 GiB, with blanks or a byte order mark around it. The error
// is a [*SyntaxError]. Beyond RFC 8259 it refuses lone surrogates and bytes that are not UTF-8,
// since neither can be signed as it stands, and nesting beyond [MaxDepth].
func Parse(text string) (Value, error) {
	if !utf8.ValidString(text) {
		return Value{}, &SyntaxError{invalidAt(text), "UTF-8"}
	}
	r := reader{tape: &tape{text: text, nodes: make([]node, 0, len(text)/7+8)}}
	r.pos = len(text) - len(strings.TrimPrefix(text, "\ufeff"))
	if err := r.document(); err != nil {
		return Value{}, err
	}
	return Value{r.tape, 0}, nil
}

func invalidAt(text string) int {
	for i, c := range text {
		if c == utf8.RuneError {
			if _, size := utf8.DecodeRuneInString(text[i:]); size == 1 {
				return i
			}
		}
	}
	return len(text)
}

func (v Value) node() node {
	if v.tape == nil {
		return node{}
	}
	return v.tape.nodes[v.at]
}

// Kind tells what the value is.
func (v Value) Kind() Kind { return v.node().kind }

// Raw is the value as it was sent; a string comes without its quotes, and with its escapes.
func (v Value) Raw() string {
	n := v.node()
	if v.tape == nil {
		return "null"
	}
	return v.tape.text[n.start:n.end]
}

// Text is a string's characters. Of other kinds it is [Value.Raw].
func (v Value) Text() string {
	if n := v.node(); n.escaped {
		return unescape(v.tape.text[n.start:n.end])
	}
	return v.Raw()
}

// Members goes through an object's members in their order, repeated names included. Other kinds
// have none.
func (v Value) Members() iter.Seq2[string, Value] {
	return func(yield func(string, Value) bool) {
		n := v.node()
		if n.kind != Object {
			return
		}
		for at := v.at + 1; at < n.next; {
			name, value := Value{v.tape, at}, Value{v.tape, at + 1}
			if !yield(name.Text(), value) {
				return
			}
			at = value.node().next
		}
	}
}

// Elements goes through an array. Other kinds have none.
func (v Value) Elements() iter.Seq[Value] {
	return func(yield func(Value) bool) {
		n := v.node()
		if n.kind != Array {
			return
		}
		for at := v.at + 1; at < n.next; {
			value := Value{v.tape, at}
			if !yield(value) {
				return
			}
			at = value.node().next
		}
	}
}
