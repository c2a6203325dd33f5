// Package document reads documents that people write, in YAML or JSON, against a JSON Schema. It finds every mistake of
// a document, with its line and column.
package document

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"
)

// Reader turns a document into JSON values and collects its mistakes.
type Reader struct {
	File   string                                         // what mistakes call the document
	Lookup func(variable string) (value string, set bool) // of ${NAME} in texts; nil: texts have no variables
	Strict bool                                           // a member that is null is a mistake, and not left out

	root     *yaml.Node
	mistakes []Mistake
}

// Read returns the value of a document. It is not ok if the rest of the document was not read because of its mistakes.
func (r *Reader) Read(text []byte, s *Schema) (v any, ok bool) {
	root, wrong := r.parse(text)
	if wrong == nil && isNull(root) && !s.takes("null") {
		wrong = &Mistake{Line: 1, Column: 1, Code: Malformed, Message: "is empty"}
	}
	if wrong != nil {
		wrong.File = r.File
		r.mistakes = append(r.mistakes, *wrong)
		return nil, false
	}
	r.root = root
	v = r.value(root, s, "")
	return v, !r.full()
}

// Err returns an [*Error] if there are mistakes.
func (r *Reader) Err() error { return errorOf(r.mistakes) }

// Mistakes returns what was found so far.
func (r *Reader) Mistakes() []Mistake { return r.mistakes }

// Add adds a mistake of a member. Its place is that of the member, or of the next member around it that the document
// has.
func (r *Reader) Add(member, code, message string) { r.add(r.nearest(member), member, code, message) }

// Store stores the value of a document without mistakes in a type of Go.
func Store(v, into any) error {
	text, err := json.Marshal(v)
	if err == nil {
		err = json.Unmarshal(text, into)
	}
	if err != nil {
		return fmt.Errorf("reading a document: %w", err)
	}
	return nil
}

func (r *Reader) add(n *yaml.Node, member, code, message string) {
	r.mistakes = append(r.mistakes, Mistake{r.File, n.Line, n.Column, member, code, message})
}

// full reports whether there are more mistakes than an Error has. The rest of the document is not read then.
func (r *Reader) full() bool { return len(r.mistakes) > mostMistakes }

// tags are those of the values that JSON has, and of a time, which is text in JSON.
var tags = []string{"!!map", "!!seq", "!!str", "!!int", "!!float", "!!bool", "!!null", "!!timestamp", "!!merge"}

// value returns a node as a JSON value, checked against a schema. A number where the schema wants text is the text as
// it is written, and one value where the schema also takes a list is a list of it.
func (r *Reader) value(n *yaml.Node, s *Schema, path string) any {
	switch {
	case n.Kind == yaml.AliasNode:
		r.add(n, path, Malformed, "is an alias; write the value itself")
	case !slices.Contains(tags, n.ShortTag()):
		r.add(n, path, Malformed, "must not have a tag")
	case s.anything:
		return r.value(n, anyOf(n), path)
	case n.Kind == yaml.MappingNode && s.takes("object"):
		return r.object(n, s, path)
	case n.Kind == yaml.SequenceNode && s.takes("array") && (s.MaxItems == 0 || len(n.Content) <= s.MaxItems):
		list := make([]any, len(n.Content))
		for i := 0; i < len(list) && !r.full(); i++ {
			list[i] = r.value(n.Content[i], s.Items, path+"["+strconv.Itoa(i)+"]")
		}
		return list
	case n.Kind == yaml.ScalarNode && s.takes("array") && s.takes("string"):
		return []any{r.value(n, s.Items, path)}
	case n.Kind == yaml.ScalarNode:
		return r.scalar(n, s, path)
	default:
		r.add(n, path, Invalid, "must be "+s.want())
	}
	return nil
}

// anything is the schema of a value that can be anything, but for its own kind.
var anything = &Schema{anything: true}

// anyOf returns the schema that takes a node and all that it may have in it.
func anyOf(n *yaml.Node) *Schema {
	switch {
	case n.Kind == yaml.MappingNode:
		return &Schema{Type: kinds{"object"}, Additional: anything}
	case n.Kind == yaml.SequenceNode:
		return &Schema{Type: kinds{"array"}, Items: anything}
	case n.ShortTag() == "!!str" || n.ShortTag() == "!!timestamp":
		return &Schema{Type: kinds{"string"}}
	}
	return &Schema{Type: kinds{"number", "boolean", "null"}}
}

// object returns the members of an object. A member that is null is left out, unless the schema takes null.
func (r *Reader) object(n *yaml.Node, s *Schema, path string) map[string]any {
	members, seen := map[string]any{}, map[string]bool{}
	for i := 0; i+1 < len(n.Content) && !r.full(); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		at := Join(path, shorten(key.Value))
		of := s.member(key.Value)
		switch {
		case key.Kind != yaml.ScalarNode:
			r.add(key, path, Malformed, "must have text as the names of its members")
		case seen[key.Value]:
			r.add(key, at, Malformed, "is given twice")
		case of == nil:
			r.add(key, at, Unknown, s.notMember(key.Value))
		case r.Strict || !isNull(value) || of.takes("null"):
			members[key.Value] = r.value(value, of, at)
			seen[key.Value] = true
		}
	}
	for _, name := range s.Required {
		if _, given := members[name]; !given {
			r.add(n, Join(path, name), Missing, "must be given")
		}
	}
	return members
}

// scalar returns text, a number, true or false, or nil.
func (r *Reader) scalar(n *yaml.Node, s *Schema, path string) any {
	text := s.takes("string") || s.Type == nil
	expanded, ok := r.expand(n, text, path)
	if !ok {
		return nil
	}
	v := plain(expanded, s.takes("string"))
	if s.accepts(v) {
		return v
	}
	r.add(n, path, Invalid, "must be "+s.want())
	if text, ok := v.(string); ok && s.Enum != nil {
		return text // so that the record is not taken for one with the default, such as a user of the sandbox
	}
	return nil
}

// plain returns the value of a scalar. A number is text where text belongs.
func plain(n *yaml.Node, text bool) any {
	tag := n.ShortTag()
	if number := tag == "!!int" || tag == "!!float"; number && !text || tag == "!!bool" || tag == "!!null" {
		var v any
		if err := n.Decode(&v); err != nil {
			return nil
		}
		return v
	}
	return n.Value
}

// nearest returns the node of a member, or of the next member around it that the document has.
func (r *Reader) nearest(path string) *yaml.Node {
	n := r.root
	for _, name := range strings.FieldsFunc(path, func(c rune) bool { return c == '.' || c == '[' || c == ']' }) {
		next := n
		if i, err := strconv.Atoi(name); err == nil && n.Kind == yaml.SequenceNode && i < len(n.Content) {
			next = n.Content[i]
		}
		for i := 0; n.Kind == yaml.MappingNode && i+1 < len(n.Content); i += 2 {
			if n.Content[i].Value == name {
				next = n.Content[i+1]
				break
			}
		}
		if next == n {
			break
		}
		n = next
	}
	return n
}

// Join returns the path of a member.
func Join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

// longestName is how much of the name of an unknown member is repeated, in bytes.
const longestName = 64

func shorten(name string) string {
	if len(name) > longestName {
		return strings.ToValidUTF8(name[:longestName], "") + "…"
	}
	return name
}
