package layout

import (
	"bytes"
	"encoding/json"
)

// PrettyJSON writes JSON over lines; what is none stays as it is. So does what would grow beyond
// reason: each level stands further to the right, and of a few KB that are nested deep would become
// a hundred MB.
func PrettyJSON(text []byte) string {
	var out bytes.Buffer
	if blanks(text) > 8*len(text)+4<<10 || json.Indent(&out, text, "", "  ") != nil {
		return string(text)
	}
	return out.String()
}

// blanks is about how many would be put into JSON: a line break, and two for each level.
func blanks(text []byte) int {
	level, sum, quoted := 0, 0, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[':
			level++
			sum += 1 + 2*level
		case c == '}' || c == ']':
			level--
			sum += 1 + 2*level
		case c == ',':
			sum += 1 + 2*level
		}
	}
	return sum
}
