package worldfile

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"
	"go.yaml.in/yaml/v4"

	"github.com/nicsim/nicsim/simulator/admin"
)

// reader turns a document into JSON values and collects its mistakes.
type reader struct {
	file     string
	root     *yaml.Node
	schema   *jsonschema.Schema
	world    string // the name that a single entry must have, if it has one
	mistakes []Mistake
}

func (r *reader) mistake(n *yaml.Node, member, code, message string) {
	r.mistakes = append(r.mistakes, Mistake{r.file, n.Line, n.Column, member, code, message})
}

// read returns the document as JSON values, checked against the schema.
func (r *reader) read() any {
	v := r.value(r.root, r.schema, "")
	if wrong, ok := errors.AsType[*jsonschema.ValidationError](r.schema.Validate(v)); ok {
		r.collect(wrong)
	}
	return v
}

// value returns a node as a JSON value. A member that is null is left out, unless the schema takes null. A number where the schema wants text is
// the text as it is written, and one value where the schema also takes a list is a list of it.
func (r *reader) value(n *yaml.Node, s *jsonschema.Schema, path string) any {
	if !slices.Contains(tags, n.ShortTag()) && n.Kind != yaml.AliasNode {
		r.mistake(n, path, codeMalformed, "must not have a tag")
		return nil
	}
	switch n.Kind {
	case yaml.MappingNode:
		return r.object(n, s, path)
	case yaml.SequenceNode:
		list := make([]any, len(n.Content))
		for i, c := range n.Content {
			list[i] = r.value(c, item(s), path+"["+strconv.Itoa(i)+"]")
		}
		return list
	case yaml.ScalarNode:
		v := scalar(n, takes(s, "string"))
		if v != nil && takes(s, "array") && takes(s, "string") {
			return []any{v}
		}
		return v
	}
	r.mistake(n, path, codeMalformed, "is an alias; write the value itself")
	return nil
}

// tags are those of the values that JSON has, and of a time, which is text in JSON.
var tags = []string{"!!map", "!!seq", "!!str", "!!int", "!!float", "!!bool", "!!null", "!!timestamp", "!!merge"}

func (r *reader) object(n *yaml.Node, s *jsonschema.Schema, path string) map[string]any {
	members := map[string]any{}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		name := key.Value
		at := join(path, name)
		switch {
		case key.Kind != yaml.ScalarNode:
			r.mistake(key, path, codeMalformed, "must have text as the names of its members")
			continue
		case seen[name]:
			r.mistake(key, at, codeMalformed, "is given twice")
			continue
		}
		seen[name] = true
		of := member(s, name)
		if v := r.value(n.Content[i+1], of, at); v != nil || takes(of, "null") {
			members[name] = v
		}
	}
	return members
}

// scalar returns text, a number, true or false, or nil.
func scalar(n *yaml.Node, text bool) any {
	switch n.ShortTag() {
	case "!!null":
		return nil
	case "!!int", "!!float":
		if text {
			return n.Value
		}
	case "!!bool":
	default:
		return n.Value
	}
	var v any
	if err := n.Decode(&v); err != nil {
		return n.Value // such as a number that is too large: the schema refuses text there
	}
	return v
}

// collect adds the mistakes that the schema finds.
func (r *reader) collect(wrong *jsonschema.ValidationError) {
	for _, cause := range wrong.Causes {
		r.collect(cause)
	}
	if len(wrong.Causes) > 0 {
		return
	}
	n, s, path := r.locate(wrong.InstanceLocation)
	switch k := wrong.ErrorKind.(type) {
	case *kind.AdditionalProperties:
		for _, name := range k.Properties {
			r.mistake(keyOf(n, name), join(path, shorten(name)), codeUnknown, notMember(s, name))
		}
	case *kind.Required:
		for _, name := range k.Missing {
			r.mistake(n, join(path, name), codeMissing, "must be given")
		}
	default:
		if !slices.ContainsFunc(r.mistakes, func(m Mistake) bool { return m.Member == path && m.Line == n.Line }) {
			r.mistake(n, path, codeInvalid, "must be "+want(s))
		}
	}
}

// locate returns the node at a location of the schema's, its schema, and the path of its member.
func (r *reader) locate(location []string) (*yaml.Node, *jsonschema.Schema, string) {
	n, s, path := r.root, r.schema, ""
	for _, name := range location {
		if n.Kind == yaml.SequenceNode {
			i, _ := strconv.Atoi(name)
			n, s, path = n.Content[i], item(s), path+"["+name+"]"
			continue
		}
		if n.Kind == yaml.ScalarNode { // one value that is read as a list of it
			return n, item(s), path
		}
		n, s, path = valueOf(n, name), member(s, name), join(path, name)
	}
	return n, s, path
}

// nearest returns the node of a member, or of the next member around it that the document has.
func (r *reader) nearest(path string) *yaml.Node {
	n := r.root
	for _, name := range strings.FieldsFunc(path, func(c rune) bool { return c == '.' || c == '[' || c == ']' }) {
		next := n
		if i, err := strconv.Atoi(name); err == nil && n.Kind == yaml.SequenceNode && i < len(n.Content) {
			next = n.Content[i]
		} else if n.Kind == yaml.MappingNode {
			next = valueOf(n, name)
		}
		if next == n {
			break
		}
		n = next
	}
	return n
}

func valueOf(n *yaml.Node, name string) *yaml.Node {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == name {
			return n.Content[i+1]
		}
	}
	return n
}

func keyOf(n *yaml.Node, name string) *yaml.Node {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == name {
			return n.Content[i]
		}
	}
	return n
}

func join(path, name string) string {
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

// notMember is what is said of an unknown member.
func notMember(s *jsonschema.Schema, name string) string {
	var names []string
	for known := range resolve(s).Properties {
		names = append(names, known)
	}
	slices.Sort(names)
	if nearest, ok := admin.Nearest(name, names); ok {
		return "is not a member here; did you mean " + nearest + "?"
	}
	return "is not a member here; the members are " + strings.Join(names, ", ")
}

// kindNames are the names of JSON's types in mistakes.
var kindNames = map[string]string{
	"object": "an object", "array": "a list", "string": "text", "boolean": "true or false",
	"integer": "a whole number", "number": "a number",
}

// want says what a value must be.
func want(s *jsonschema.Schema) string {
	s = resolve(s)
	switch {
	case s == nil:
		return "a value that JSON has"
	case s == compiled().file:
		return "an object"
	case s.Title != "":
		return s.Title
	case s.Enum != nil:
		values := make([]string, len(s.Enum.Values))
		for i, v := range s.Enum.Values {
			values[i] = fmt.Sprint(v)
		}
		return "one of " + strings.Join(values, ", ")
	case s.Const != nil:
		return fmt.Sprint(*s.Const)
	}
	return kindNames[s.Types.ToStrings()[0]]
}
