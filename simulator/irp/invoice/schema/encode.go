package schema

import (
	"reflect"
	"unicode/utf8"
)

// Append appends a document as compact JSON to dst, in the order of the struct's fields, without the members
// that were not sent. from is a pointer to the struct that the schema was compiled with. Numbers keep the digits
// that were sent. lead has the first members of objects by their path, such as `"ItemNo":0` at ItemList[].
func (s *Schema) Append(dst []byte, from any, lead map[string]string) []byte {
	return encoder{lead}.object(dst, s.root, reflect.ValueOf(from).Elem(), "")
}

type encoder struct{ lead map[string]string }

func (e encoder) object(dst []byte, o *object, v reflect.Value, path string) []byte {
	dst = append(dst, '{')
	dst = append(dst, e.lead[path]...)
	empty := e.lead[path] == ""
	for i := range o.slots {
		s := &o.slots[i]
		f := v.Field(s.index)
		if s.shape != block && f.IsZero() {
			continue
		}
		if !empty {
			dst = append(dst, ',')
		}
		empty = false
		dst = append(dst, '"')
		dst = append(dst, s.name...)
		dst = append(dst, '"', ':')
		dst = e.member(dst, s, f)
	}
	return append(dst, '}')
}

func (e encoder) member(dst []byte, s *slot, v reflect.Value) []byte {
	switch s.shape {
	case text:
		return AppendString(dst, v.String())
	case number:
		return append(dst, v.Addr().Interface().(*Number).digits...)
	case list:
		dst = append(dst, '[')
		for i := range v.Len() {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = e.object(dst, s.child, v.Index(i), s.elements)
		}
		return append(dst, ']')
	case optional:
		v = v.Elem()
	}
	return e.object(dst, s.child, v, s.Path)
}

// AppendString writes a JSON string as NIC's JSON library does: quotes, backslashes, control
// characters and the line ends U+0085, U+2028 and U+2029 are escaped, and nothing else.
func AppendString(dst []byte, s string) []byte {
	const hex = "0123456789abcdef"
	dst = append(dst, '"')
	for _, c := range s {
		switch {
		case c == '"' || c == '\\':
			dst = append(dst, '\\', byte(c))
		case c == '\n':
			dst = append(dst, '\\', 'n')
		case c == '\r':
			dst = append(dst, '\\', 'r')
		case c == '\t':
			dst = append(dst, '\\', 't')
		case c == '\b':
			dst = append(dst, '\\', 'b')
		case c == '\f':
			dst = append(dst, '\\', 'f')
		case c < ' ' || c == '\u0085' || c == '\u2028' || c == '\u2029':
			dst = append(dst, '\\', 'u', hex[c>>12], hex[c>>8&15], hex[c>>4&15], hex[c&15])
		default:
			dst = utf8.AppendRune(dst, c)
		}
	}
	return append(dst, '"')
}
