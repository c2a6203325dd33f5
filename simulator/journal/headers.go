package journal

import (
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

// identifying are the headers that name a caller or a portal, without separators, so that misspelt ones are shown too.
var identifying = map[string]bool{"clientid": true, "gstin": true, "username": true, "supgstin": true, "irp": true}

var separators = strings.NewReplacer("-", "", "_", "")

// longestIdentifier is the length of the longest client id, GSTIN or user name that is shown. NIC's client secrets and
// tokens are longer.
const longestIdentifier = 19

// IsIdentifier reports whether a text can be a client id, a GSTIN or a user name and cannot be a secret of NIC's form:
// letters, digits and underscores only, while its passwords have another character.
func IsIdentifier(text string) bool {
	return len(text) <= longestIdentifier && !strings.ContainsFunc(text, func(c rune) bool {
		return (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') && c != '_'
	})
}

// Identifier returns a text that IsIdentifier accepts, and Hidden for another one.
func Identifier(text string) string {
	if IsIdentifier(text) {
		return text
	}
	return Hidden
}

var mediaType = regexp.MustCompile(`^(application|text|multipart)/[A-Za-z0-9.+-]{1,40}$`)

// Headers returns the headers of a request by name, with every value hidden that is not known to be harmless. It
// leaves out those beyond the limits. It runs for each request: with names and values of usual lengths it makes one
// list and copies no text.
func Headers(sent map[string][]string) []Header {
	kept := make([]Header, 0, len(sent))
	for name, values := range sent {
		var value string
		if len(values) > 0 {
			value = shownValue(name, strings.Join(values, ", "))
		}
		kept = append(kept, Header{atMost(longestName, name), atMost(longestValue, value)})
	}
	slices.SortFunc(kept, func(a, b Header) int { return strings.Compare(a.Name, b.Name) })
	size := 0
	for n, h := range kept {
		if size += len(h.Name) + len(h.Value); size > maxHeaders {
			return slices.Clone(kept[:n]) // the rest is not kept in memory
		}
	}
	return kept
}

// atMost returns a text, or a copy of its beginning. Unlike a request line, net/http makes each header a text of its
// own.
func atMost(limit int, text string) string {
	if len(text) <= limit {
		return text
	}
	return begin(text, limit)
}

// class says what is shown of a header's value.
type class int

const (
	hidden class = iota
	shownAsSent
	shownIfIdentifier
	shownIfMediaType
)

// classes has the class of the names that clients usually send, as net/http writes them.
var classes = func() map[string]class {
	known := map[string]class{}
	for _, name := range []string{"Accept", "Accept-Encoding", "Accept-Language", "Authorization", "Authtoken",
		"Client-Id", "Client-Secret", "Client_id", "Client_secret", "Connection", "Content-Length", "Content-Type", "Cookie",
		"Gstin", "Origin", "Referer", "User-Agent", "User-Name", "User_name", "X-Request-Id"} {
		known[name] = classOf(name)
	}
	return known
}()

func classOf(name string) class {
	name = strings.ToLower(name)
	switch {
	case name == "content-type":
		return shownIfMediaType
	case plain[name]:
		return shownAsSent
	case identifying[separators.Replace(name)]:
		return shownIfIdentifier
	}
	return hidden
}

// shownValue returns what is shown of a header's value. An empty value is not a secret.
func shownValue(name, value string) string {
	known, usual := classes[name]
	if !usual {
		known = classOf(name)
	}
	harmless := value == ""
	switch known {
	case shownAsSent:
		harmless = true
	case shownIfIdentifier:
		harmless = IsIdentifier(value)
	case shownIfMediaType:
		if kind, _, cut := strings.Cut(value, ";"); cut {
			value = begin(kind, longestValue) // a part would keep the whole value in memory
		}
		harmless = value == "application/json" || mediaType.MatchString(value)
	}
	if harmless {
		return strings.ToValidUTF8(value, "?")
	}
	return Hidden
}
