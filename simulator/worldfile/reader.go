package worldfile

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/nicsim/nicsim/simulator/admin"
)

// reader turns a document into JSON values and collects its mistakes.
type reader struct {
	file     string
	root     *yaml.Node
	world    string // the name that a single entry must have, if it has one
	mistakes []Mistake
}

func (r *reader) mistake(n *yaml.Node, member, code, message string) {
	r.mistakes = append(r.mistakes, Mistake{r.file, n.Line, n.Column, member, code, message})
}

// full reports whether there are more mistakes than an Error has. The rest of the document is not read then.
func (r *reader) full() bool { return len(r.mistakes) > mostMistakes }

// tags are those of the values that JSON has, and of a time, which is text in JSON.
var tags = []string{"!!map", "!!seq", "!!str", "!!int", "!!float", "!!bool", "!!null", "!!timestamp", "!!merge"}

// value returns a node as a JSON value, checked against a schema. A number where the schema wants text is the text as
// it is written, and one value where the schema also takes a list is a list of it.
func (r *reader) value(n *yaml.Node, s *schema, path string) any {
	switch {
	case n.Kind == yaml.AliasNode:
		r.mistake(n, path, codeMalformed, "is an alias; write the value itself")
	case !slices.Contains(tags, n.ShortTag()):
		r.mistake(n, path, codeMalformed, "must not have a tag")
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
	default:
		v := scalar(n, s.takes("string"))
		if n.Kind == yaml.ScalarNode && s.accepts(v) {
			return v
		}
		r.mistake(n, path, codeInvalid, "must be "+s.want())
		if text, ok := v.(string); ok && s.Enum != nil {
			return text // so that the record is not taken for one with the default, such as a user of the sandbox
		}
	}
	return nil
}

// object returns the members of an object. A member that is null is left out, unless the schema takes null.
func (r *reader) object(n *yaml.Node, s *schema, path string) map[string]any {
	members, seen := map[string]any{}, map[string]bool{}
	for i := 0; i+1 < len(n.Content) && !r.full(); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		at := join(path, shorten(key.Value))
		of, known := s.Properties[key.Value]
		if !known && s.Additional != nil && s.Additional.Type != nil {
			of, known = s.Additional, true
		}
		switch {
		case key.Kind != yaml.ScalarNode:
			r.mistake(key, path, codeMalformed, "must have text as the names of its members")
		case seen[key.Value]:
			r.mistake(key, at, codeMalformed, "is given twice")
		case !known:
			r.mistake(key, at, codeUnknown, s.notMember(key.Value))
		case !isNull(value) || of.takes("null"):
			members[key.Value] = r.value(value, of, at)
			seen[key.Value] = true
		}
	}
	for _, name := range s.Required {
		if _, given := members[name]; !given {
			r.mistake(n, join(path, name), codeMissing, "must be given")
		}
	}
	return members
}

// scalar returns text, a number, true or false, or nil.
func scalar(n *yaml.Node, text bool) any {
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
func (r *reader) nearest(path string) *yaml.Node {
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
func (s *schema) notMember(name string) string {
	names := slices.Sorted(maps.Keys(s.Properties))
	if nearest, ok := admin.Nearest(name, names); ok {
		return "is not a member here; did you mean " + nearest + "?"
	}
	return "is not a member here; the members are " + strings.Join(names, ", ")
}
