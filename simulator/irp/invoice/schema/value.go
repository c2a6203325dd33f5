package schema

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// maxDepth is how deep objects and arrays may nest. An invoice needs five levels.
const maxDepth = 64

// SyntaxError is the error of a text that is not one JSON value.
type SyntaxError struct {
	Line, Column int // where it was noticed, both from 1; columns count bytes
	Reason       error
}

func (e *SyntaxError) Error() string {
	return fmt.Sprintf("line %d, column %d: %v", e.Line, e.Column, e.Reason)
}

func newSyntaxError(text string, offset int64, err error) *SyntaxError {
	if syntactic, ok := errors.AsType[*jsontext.SyntacticError](err); ok {
		offset, err = syntactic.ByteOffset, syntactic.Err
	}
	before := text[:offset]
	return &SyntaxError{strings.Count(before, "\n") + 1, len(before) - strings.LastIndexByte(before, '\n'), err}
}

var (
	errDepth = errors.New("objects and arrays are nested more than 64 deep")
	errEmpty = errors.New("there is no JSON value")
	errMore  = errors.New("there is more than one JSON value")
	errShape = errors.New("the value is not a JSON object")
)

// Syntax returns a [*SyntaxError] for a text that is not one JSON object.
func Syntax(text string) error {
	_, err := parseObject(text)
	return err
}

// Objects returns the JSON objects in a text: the text itself, or the elements of an array. The error is a
// [*SyntaxError] with the place in the text.
func Objects(text string) (objects []string, isArray bool, err error) {
	v, err := parse(text)
	if err != nil {
		return nil, false, err
	}
	if v.kind() != '[' {
		return []string{text}, false, v.mustBeObject()
	}
	for e := range v.elements() {
		if err := e.mustBeObject(); err != nil {
			return nil, true, err
		}
		n := e.node()
		objects = append(objects, e.values.text[n.start:n.end])
	}
	return objects, true, nil
}

func parseObject(text string) (value, error) {
	v, err := parse(text)
	if err == nil {
		err = v.mustBeObject()
	}
	return v, err
}

func (v value) mustBeObject() error {
	if v.kind() != '{' {
		return newSyntaxError(v.values.text, int64(v.node().start), errShape)
	}
	return nil
}

// value is one value of a text. Its zero value is null.
type value struct {
	values *values
	at     uint32
}

// values are the values of a text in the order in which they begin: an object or array is followed by its
// contents, and the name of a member by its value. Numbers and strings stay in the text, digit for digit.
type values struct {
	text  string
	nodes []node
}

type node struct {
	kind       jsontext.Kind
	start, end uint32 // in the text
	next       uint32 // index of the first node after this value
}

// parse reads a JSON text in one pass. A byte order mark before it is skipped, and repeated members are kept. It
// refuses lone surrogates and invalid UTF-8, since neither can be signed as it was sent. The error is a
// *SyntaxError.
func parse(text string) (value, error) {
	text = strings.TrimPrefix(text, "\ufeff")
	v := &values{text: text, nodes: make([]node, 0, len(text)/7+8)}
	d := jsontext.NewDecoder(bytes.NewBufferString(text), jsontext.AllowDuplicateNames(true))
	err := v.read(d)
	end := d.InputOffset()
	switch {
	case errors.Is(err, io.EOF):
		err = errEmpty
	case err == nil:
		if _, err = d.ReadToken(); errors.Is(err, io.EOF) {
			return value{v, 0}, nil
		}
		if err == nil {
			err = errMore
		}
	}
	return value{}, newSyntaxError(text, end, err)
}

func (v *values) read(d *jsontext.Decoder) error {
	var open []uint32 // nodes of the objects and arrays around the current position
	for {
		kind := d.PeekKind()
		at := uint32(len(v.nodes))
		switch kind {
		case '{', '[':
			if len(open) == maxDepth {
				return errDepth
			}
			if _, err := d.ReadToken(); err != nil {
				return err
			}
			open = append(open, at)
			v.nodes = append(v.nodes, node{kind: kind, start: uint32(d.InputOffset()) - 1})
			continue
		case '}', ']':
			if _, err := d.ReadToken(); err != nil {
				return err
			}
			n := &v.nodes[open[len(open)-1]]
			n.end, n.next = uint32(d.InputOffset()), at
			open = open[:len(open)-1]
		default:
			raw, err := d.ReadValue()
			if err != nil {
				return err
			}
			end := uint32(d.InputOffset())
			v.nodes = append(v.nodes, node{kind, end - uint32(len(raw)), end, at + 1})
		}
		if len(open) == 0 {
			return nil
		}
	}
}

func (v value) node() node {
	if v.values == nil {
		return node{kind: 'n'}
	}
	return v.values.nodes[v.at]
}

func (v value) kind() jsontext.Kind { return v.node().kind }

// text returns the characters of a string, and any other value as it was sent.
func (v value) text() string {
	n := v.node()
	raw := v.values.text[n.start:n.end]
	if n.kind != '"' {
		return raw
	}
	if !strings.Contains(raw, `\`) {
		return raw[1 : len(raw)-1]
	}
	unquoted, _ := jsontext.AppendUnquote(nil, raw) // the string is valid: the decoder has read it
	return string(unquoted)
}

// members iterates over the members of an object in their order, repeated names included.
func (v value) members() iter.Seq2[string, value] {
	return func(yield func(string, value) bool) {
		for at, end := v.at+1, v.node().next; at < end; at = v.values.nodes[at+1].next {
			if !yield((value{v.values, at}).text(), value{v.values, at + 1}) {
				return
			}
		}
	}
}

// elements iterates over an array.
func (v value) elements() iter.Seq[value] {
	return func(yield func(value) bool) {
		for at, end := v.at+1, v.node().next; at < end; at = v.values.nodes[at].next {
			if !yield(value{v.values, at}) {
				return
			}
		}
	}
}
