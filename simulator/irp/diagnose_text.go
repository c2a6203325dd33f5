package irp

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"
)

// unencoded diagnoses a Data that should be base64 of an encrypted text, or returns its bytes.
func unencoded(data string) ([]byte, Diagnosis) {
	block, err := base64.StdEncoding.DecodeString(data)
	wrong, _ := errors.AsType[base64.CorruptInputError](err)
	urls := strings.NewReplacer("-", "+", "_", "/").Replace(data)
	switch _, isURL := base64.StdEncoding.DecodeString(urls); {
	case isObject([]byte(data)):
		return nil, found("Data is JSON that is not encrypted.")
	case err == nil && isObject(block):
		return nil, found("Data is base64 of JSON that is not encrypted.")
	case err == nil && isBase64(block):
		return nil, found("Data is base64 of base64: it was encoded twice.")
	case err == nil:
		return block, Diagnosis{}
	case isURL == nil:
		return nil, found("Data is base64 in the alphabet of URLs, with - and _ in place of + and /.")
	case strings.Contains(data, " "):
		return nil, found("Data has blanks where base64 has +, as after the decoding of a form.")
	}
	if _, err := base64.RawStdEncoding.DecodeString(data); err == nil {
		return nil, found("Data is base64 without the = at its end.")
	}
	if _, err := hex.DecodeString(data); err == nil {
		return nil, found("Data is hexadecimal, not base64.")
	}
	if int(wrong) >= len(data) {
		return nil, found("Data is base64 that ends early, after %d characters.", len(data))
	}
	return nil, found("Data is not base64: of its %d characters, the one at position %d is not in the alphabet.",
		len(data), int(wrong)+1)
}

// isObject reports whether a text is a JSON object or array.
func isObject(text []byte) bool {
	return json.Valid(text) && (kindOf(text) == "object" || kindOf(text) == "array")
}

// isBase64 reports whether a text is base64 of a block at least.
func isBase64(text []byte) bool {
	inner, err := base64.StdEncoding.DecodeString(string(text))
	return err == nil && len(inner) >= 16
}

// readable reports whether bytes are a text, and so were decrypted with the right key.
func readable(plain []byte) bool {
	return len(plain) > 0 && utf8.Valid(plain) && strings.IndexFunc(string(plain), func(r rune) bool {
		return unicode.IsControl(r) && !unicode.IsSpace(r)
	}) < 0
}

// kindOf names the kind of a JSON value that is valid.
func kindOf(value []byte) string {
	switch strings.TrimSpace(string(value))[0] {
	case '{':
		return "object"
	case '[':
		return "array"
	case '"':
		return "string"
	case 't', 'f':
		return "boolean"
	case 'n':
		return "null"
	}
	return "number"
}
