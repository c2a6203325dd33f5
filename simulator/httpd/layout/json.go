package layout

import (
	"bytes"
	"encoding/json"
)

// PrettyJSON indents JSON. It returns a text unchanged that is not JSON, or that would grow by more than eight
// times: a few KB that are nested deeply would become a hundred MB.
func PrettyJSON(text []byte) string {
	var out bytes.Buffer
	if blanks(text) > 8*len(text)+4<<10 || json.Indent(&out, text, "", "  ") != nil {
		return string(text)
	}
	return out.String()
}

// blanks estimates how many characters indenting would add: a line break, and two blanks for each level.
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
