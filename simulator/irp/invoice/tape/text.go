package tape

import (
	"strconv"
	"strings"
	"unicode/utf16"
)

// str reads a string from its opening to its closing quote.
func (r *reader) str() error {
	r.pos++
	start, escaped := r.pos, false
	for {
		switch c := r.peek(); {
		case c == '"':
			r.add(String, start, r.pos, escaped)
			r.pos++
			return nil
		case c == '\\':
			escaped = true
			if err := r.escape(); err != nil {
				return err
			}
		case c < ' ': // the end of the text as well
			return r.fail("a closing quote, or an escape instead of a control character")
		default:
			r.pos++
		}
	}
}

// escape passes over an escape, a pair of surrogates being one.
func (r *reader) escape() error {
	if r.pos+1 < len(r.text) && strings.IndexByte(`"\/bfnrt`, r.text[r.pos+1]) >= 0 {
		r.pos += 2
		return nil
	}
	first, ok := codeUnit(r.text[r.pos:])
	if !ok {
		return r.fail("an escape that JSON knows")
	}
	if !utf16.IsSurrogate(first) {
		r.pos += 6
		return nil
	}
	second, ok := codeUnit(r.text[r.pos+6:])
	if !ok || utf16.DecodeRune(first, second) == '\ufffd' {
		return r.fail("both halves of a surrogate pair")
	}
	r.pos += 12
	return nil
}

// codeUnit reads \uXXXX from the start of s.
func codeUnit(s string) (rune, bool) {
	if len(s) < 6 || s[0] != '\\' || s[1] != 'u' {
		return 0, false
	}
	n, err := strconv.ParseUint(s[2:6], 16, 16)
	if err != nil || s[2] == '+' || s[2] == '-' {
		return 0, false
	}
	return rune(n), true
}

// unescape is for strings that str has passed.
func unescape(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for s != "" {
		plain := strings.IndexByte(s, '\\')
		if plain < 0 {
			b.WriteString(s)
			break
		}
		b.WriteString(s[:plain])
		s = s[plain:]
		if s[1] != 'u' {
			b.WriteByte(short[s[1]])
			s = s[2:]
			continue
		}
		first, _ := codeUnit(s)
		s = s[6:]
		if utf16.IsSurrogate(first) {
			second, _ := codeUnit(s)
			first = utf16.DecodeRune(first, second)
			s = s[6:]
		}
		b.WriteRune(first)
	}
	return b.String()
}

var short = [256]byte{'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}
