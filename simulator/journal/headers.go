package journal

import (
	"maps"
	"regexp"
	"slices"
	"strings"
)

// Header is a header of a request.
type Header struct {
	Name  string `json:"name"` // as net/http writes it: Client_id for client_id
	Value string `json:"value"`
}

// The limits of the headers that are kept with an exchange: in bytes, a name, a value, and all of them.
const (
	longestName  = 64
	longestValue = 128
	maxHeaders   = 4 << 10
)

// plain are the headers whose values are shown, in lower case.
var plain = map[string]bool{
	"accept": true, "accept-encoding": true, "accept-language": true, "connection": true, "content-encoding": true,
	"content-length": true, "user-agent": true, "x-request-id": true,
}

// identifying are the headers that name a caller, without separators, so that misspelt ones are shown too.
var identifying = map[string]bool{"clientid": true, "gstin": true, "username": true, "supgstin": true}

var separators = strings.NewReplacer("-", "", "_", "")

// identifier is the form of a client id, a GSTIN or a user name. NIC's client secrets and tokens are longer, and its
// passwords have another character.
var identifier = regexp.MustCompile(`^[A-Za-z0-9_]{0,19}$`)

// IsIdentifier reports whether a text can be a client id, a GSTIN or a user name and cannot be a secret of NIC's form.
func IsIdentifier(text string) bool { return identifier.MatchString(text) }

// Identifier returns a text that IsIdentifier accepts, and Hidden for another one.
func Identifier(text string) string {
	if IsIdentifier(text) {
		return text
	}
	return Hidden
}

var mediaType = regexp.MustCompile(`^(application|text|multipart)/[A-Za-z0-9.+-]{1,40}$`)

// Headers returns the headers of a request by name, with every value hidden that is not known to be harmless. It
// leaves out those beyond the limits.
func Headers(sent map[string][]string) []Header {
	var kept []Header
	size := 0
	for _, name := range slices.Sorted(maps.Keys(sent)) {
		value := begin(shownValue(name, strings.Join(sent[name], ", ")), longestValue)
		name = begin(name, longestName)
		if size += len(name) + len(value); size > maxHeaders {
			break
		}
		kept = append(kept, Header{name, value})
	}
	return kept
}

// shownValue returns what is shown of a header's value. An empty value is no secret.
func shownValue(name, value string) string {
	name = strings.ToLower(name)
	harmless := plain[name] || value == ""
	switch compact := separators.Replace(name); {
	case name == "content-type":
		value, _, _ = strings.Cut(value, ";")
		harmless = mediaType.MatchString(value)
	case identifying[compact]:
		harmless = IsIdentifier(value)
	}
	if harmless {
		return strings.ToValidUTF8(value, "?")
	}
	return Hidden
}
