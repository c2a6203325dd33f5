package journal

import (
	"net/url"
	"slices"
	"strings"
)

// asked are the names in a query whose values are not secret, in lower case: those that the pages and the APIs know.
// As with bodies, the list has what is harmless, so that an unknown name is hidden.
var asked = map[string]bool{
	"through": true, "category": true, "done": true, "doctype": true, "docnum": true, "docdate": true, "date": true,
	"irn": true,
}

// secret are parts of names in a query whose values are secrets. The journal shows that one was sent.
var secret = []string{"password", "pwd", "secret", "token", "appkey", "sek", "otp"}

// longestQuery is the longest query that is kept, in bytes. A longer one is left out.
const longestQuery = 256

// Query returns the parts of a query that are known to be harmless, and of a secret the kind without the value.
func Query(raw string) string {
	if raw == "" {
		return ""
	}
	sent, _ := url.ParseQuery(raw) // a part that cannot be read is left out
	kept := url.Values{}
	for name, values := range sent {
		if asked[strings.ToLower(name)] {
			kept[name] = values
			continue
		}
		letters := separators.Replace(strings.ToLower(name))
		if at := slices.IndexFunc(secret, func(s string) bool { return strings.Contains(letters, s) }); at >= 0 {
			kept[secret[at]] = []string{Hidden}
		}
	}
	if shown := kept.Encode(); len(shown) <= longestQuery {
		return shown
	}
	return ""
}

// Address returns what the journal shows of an address: its path, and its query as Query does.
func Address(address string) string {
	path, query, _ := strings.Cut(address, "?")
	query, _, _ = strings.Cut(query, "#")
	if query = Query(query); query != "" {
		path += "?" + query
	}
	return path
}
