package target

import (
	"bytes"
	"errors"
	"io"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// reader turns a file into JSON values and collects its mistakes.
type reader struct {
	mistakes
	lookup func(variable string) (string, bool)
	root   *yaml.Node
}

// A variable is written as ${NAME}. Braces end a text in a YAML list or object, so they are replaced by characters for
// private use before the file is parsed. The length of a line stays the same, and so do the columns of mistakes.
const open, end = '\ue000', '\ue001'

var (
	written  = regexp.MustCompile(`\$\{([A-Za-z_][A-Za-z0-9_]*)\}`)
	replaced = regexp.MustCompile(`\$` + string(open) + `([A-Za-z_][A-Za-z0-9_]*)` + string(end))
)

// parse reads YAML, of which JSON is a part, into a tree with positions.
func (r *reader) parse(text []byte) (*yaml.Node, error) {
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	top := &yaml.Node{}
	if !utf8.Valid(text) || bytes.ContainsRune(text, open) || bytes.ContainsRune(text, end) {
		r.add(top, "", "is not text in UTF-8, or has characters for private use")
		return nil, r.err()
	}
	text = written.ReplaceAll(text, []byte("$$"+string(open)+"$1"+string(end)))
	documents := yaml.NewDecoder(bytes.NewReader(text))
	var first, second yaml.Node
	err := documents.Decode(&first)
	if err == nil && documents.Decode(&second) == nil {
		r.add(&second, "", "is a second document; a file has one")
	}
	if wrong, ok := errors.AsType[*yaml.LoadError](err); ok {
		r.add(&yaml.Node{Line: wrong.Mark.Line, Column: wrong.Mark.Column}, "", "is not YAML: %s", wrong.Message)
	} else if err != nil && !errors.Is(err, io.EOF) {
		r.add(top, "", "is not YAML")
	} else if len(first.Content) == 0 {
		r.add(top, "", "is empty")
	}
	if err := r.err(); err != nil {
		return nil, err
	}
	return first.Content[0], nil
}

// value returns a node as a JSON value, checked against a schema, with its variables replaced.
func (r *reader) value(n *yaml.Node, s *schema, path string) any {
	switch {
	case n.Kind == yaml.AliasNode:
		r.add(n, path, "is an alias; write the value itself")
	case n.Kind == yaml.MappingNode && s.Type == "object":
		return r.object(n, s, path)
	case n.Kind == yaml.SequenceNode && s.Type == "array":
		list := make([]any, 0, len(n.Content))
		for i, item := range n.Content {
			if r.full() {
				break
			}
			list = append(list, r.value(item, s.Items, path+"["+strconv.Itoa(i)+"]"))
		}
		return list
	case n.Kind == yaml.ScalarNode:
		return r.scalar(n, s, path)
	default:
		r.add(n, path, "must be %s", s.want())
	}
	return nil
}

func (r *reader) scalar(n *yaml.Node, s *schema, path string) any {
	text, ok := r.expand(n, path)
	if !ok {
		return nil
	}
	if s.Type == "integer" {
		if number, err := strconv.Atoi(text); err == nil && s.acceptsNumber(number) {
			return number
		}
	} else if isNull := n.ShortTag() == "!!null"; !isNull && s.acceptsText(text) {
		return text
	}
	r.add(n, path, "must be %s", s.want())
	return nil
}

// expand replaces the variables of a text; it reports whether all are set.
func (r *reader) expand(n *yaml.Node, path string) (string, bool) {
	ok := true
	text := replaced.ReplaceAllStringFunc(n.Value, func(found string) string {
		name := replaced.FindStringSubmatch(found)[1]
		value, set := r.lookup(name)
		if !set || value == "" {
			r.add(n, path, "needs the environment variable %s, which is not set or empty", name)
			ok = false
		}
		return value
	})
	return text, ok
}

// object returns the members of an object.
func (r *reader) object(n *yaml.Node, s *schema, path string) map[string]any {
	members, seen := map[string]any{}, map[string]bool{}
	for i := 0; i+1 < len(n.Content) && !r.full(); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		at := join(path, shorten(key.Value))
		of := s.member(key.Value)
		switch {
		case key.Kind != yaml.ScalarNode:
			r.add(key, path, "must have text as the names of its members")
		case seen[key.Value]:
			r.add(key, at, "is given twice")
		case of == nil:
			r.add(key, at, "is not a member here; the members are %s",
				strings.Join(slices.Sorted(maps.Keys(s.Properties)), ", "))
		default:
			seen[key.Value] = true
			members[key.Value] = r.value(value, of, at)
		}
	}
	return members
}

// nearest returns the node of a member, or of the next member around it that the file has.
func (r *reader) nearest(path string) *yaml.Node {
	n := r.root
	for name := range strings.SplitSeq(path, ".") {
		for i := 0; n.Kind == yaml.MappingNode && i+1 < len(n.Content); i += 2 {
			if n.Content[i].Value == name {
				n = n.Content[i+1]
				break
			}
		}
	}
	return n
}

// longestName is how much of the name of an unknown member is repeated, in bytes.
const longestName = 64

func shorten(name string) string {
	if len(name) > longestName {
		return strings.ToValidUTF8(name[:longestName], "") + "…"
	}
	return name
}
