package document

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"
	"go.yaml.in/yaml/v4"
)

// parse reads YAML or JSON into a tree with positions. What is valid JSON is read as JSON, since a parser of YAML
// refuses some of it, such as surrogates in escapes; everything else is read as YAML. An empty text is null.
func (r *Reader) parse(text []byte) (*yaml.Node, *Mistake) {
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	if r.Lookup != nil {
		hidden, ok := hide(text)
		if !ok {
			return nil, &Mistake{Line: 1, Column: 1, Code: Malformed, Message: "has characters for private use"}
		}
		text = hidden
	}
	if jsontext.Value(text).IsValid(jsontext.AllowDuplicateNames(true)) {
		return parseJSON(text), nil
	}
	if !utf8.Valid(text) {
		return nil, &Mistake{Line: 1, Column: 1, Code: Malformed, Message: "is not text in UTF-8"}
	}
	documents := yaml.NewDecoder(bytes.NewReader(text))
	var first, second yaml.Node
	err := documents.Decode(&first)
	if err == nil {
		if err = documents.Decode(&second); err == nil {
			return nil, &Mistake{Line: second.Line, Column: second.Column, Code: Malformed,
				Message: "is a second document; a file has one"}
		}
	}
	switch {
	case !errors.Is(err, io.EOF):
		return nil, syntaxMistake(err)
	case len(first.Content) == 0:
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!null", Line: 1, Column: 1}, nil
	}
	return first.Content[0], nil
}

// syntaxMistake is the mistake of text that is not YAML.
func syntaxMistake(err error) *Mistake {
	m := Mistake{Line: 1, Column: 1, Code: Malformed, Message: "is not YAML"}
	if wrong, ok := errors.AsType[*yaml.LoadError](err); ok {
		m.Line, m.Column = max(wrong.Mark.Line, 1), max(wrong.Mark.Column, 1)
		m.Message += ": " + wrong.Message
	}
	return &m
}

func isNull(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.ShortTag() == "!!null" }

// jsonSource reads valid JSON into the nodes of YAML.
type jsonSource struct {
	*jsontext.Decoder
	text         []byte
	done         int64 // bytes of text that line and column count
	line, column int
}

func parseJSON(text []byte) *yaml.Node {
	s := jsonSource{jsontext.NewDecoder(bytes.NewReader(text), jsontext.AllowDuplicateNames(true)), text, 0, 1, 1}
	return s.node()
}

// node reads one value.
func (s *jsonSource) node() *yaml.Node {
	kind := s.PeekKind()
	switch kind {
	case '{', '[':
		_, _ = s.ReadToken() // the text is valid
		n := s.at(1, yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"})
		if kind == '[' {
			n.Kind, n.Tag = yaml.SequenceNode, "!!seq"
		}
		for next := s.PeekKind(); next != '}' && next != ']'; next = s.PeekKind() {
			n.Content = append(n.Content, s.node())
		}
		_, _ = s.ReadToken()
		return n
	}
	raw, _ := s.ReadValue()
	n := yaml.Node{Kind: yaml.ScalarNode, Value: string(raw)}
	switch {
	case kind == '"':
		unquoted, _ := jsontext.AppendUnquote(nil, raw)
		n.Tag, n.Value, n.Style = "!!str", string(unquoted), yaml.DoubleQuotedStyle
	case kind == 'n':
		n.Tag = "!!null"
	case kind != '0':
		n.Tag = "!!bool"
	case strings.ContainsAny(n.Value, ".eE"):
		n.Tag = "!!float"
	default:
		n.Tag = "!!int"
	}
	return s.at(int64(len(raw)), n)
}

// at gives a node the position of the value that was read last, which has a length in bytes.
func (s *jsonSource) at(length int64, n yaml.Node) *yaml.Node {
	begin := s.InputOffset() - length
	passed := s.text[s.done:begin]
	if lines := bytes.Count(passed, []byte{'\n'}); lines > 0 {
		s.line += lines
		s.column = 1
		passed = passed[bytes.LastIndexByte(passed, '\n')+1:]
	}
	s.column += utf8.RuneCount(passed)
	s.done = begin
	n.Line, n.Column = s.line, s.column
	return &n
}
