package irp

import (
	"slices"
	"strings"

	"github.com/nicsim/nicsim/simulator/store"
)

// missingHeader diagnoses a header that is required and has no value.
func missingHeader(name string, value func(Headers) string) func(IRP, store.Reader, Evidence) Diagnosis {
	return func(_ IRP, _ store.Reader, e Evidence) Diagnosis {
		if value(e.Headers) != "" {
			return Diagnosis{}
		}
		return lacks(name, e)
	}
}

// longestNames is how many names a diagnosis lists.
const longestNames = 8

// lacks diagnoses a header without a value.
func lacks(name string, e Evidence) Diagnosis {
	underscored := false
	for _, sent := range e.Names {
		underscored = underscored || strings.Contains(sent, "_")
		if strings.EqualFold(strings.ReplaceAll(sent, "-", "_"), name) {
			return found("The header %s is empty.", name)
		}
	}
	similar := slices.IndexFunc(e.Names, func(sent string) bool {
		sent = letters(sent)
		return sent == letters(name) || name == authToken && (sent == "authorization" || sent == "token")
	})
	switch {
	case similar >= 0:
		return found("The header %s is missing; the header %s came instead.", name, quote(e.Names[similar])).
			or("Send " + spellings(name) + ".")
	case strings.Contains(name, "_") && !underscored && (e.Headers != Headers{}):
		return found("The header %s is missing, and no header with an underscore arrived: a proxy may have dropped them.",
			name).or("Send " + spellings(name) + "; or let the proxy pass such headers, as nginx does with " +
			"underscores_in_headers on.")
	}
	return found("The header %s is missing; the request has %s.", name, list(e.Names)).or("Send " + spellings(name) + ".")
}

const authToken = "AuthToken"

// spellings are the names by which a header is read.
func spellings(name string) string {
	if hyphens := strings.ReplaceAll(name, "_", "-"); hyphens != name {
		return name + " or " + hyphens
	}
	return name
}

// letters returns the letters of a header's name in lower case, without the X- that some clients put before it.
func letters(name string) string {
	name = strings.ToLower(name)
	name = strings.TrimPrefix(name, "x-")
	return strings.Map(func(r rune) rune {
		if r < 'a' || r > 'z' {
			return -1
		}
		return r
	}, name)
}

// list joins names, of which there may be none or many.
func list(names []string) string {
	if len(names) == 0 {
		return "none"
	}
	var shown []string
	for _, name := range names[:min(len(names), longestNames)] {
		shown = append(shown, quote(name))
	}
	if len(names) > longestNames {
		shown = append(shown, "…")
	}
	return strings.Join(shown, ", ")
}

// mostProviders is how many providers wrongClient compares with the credentials of a call.
const mostProviders = 1000

// wrongClient diagnoses client credentials that do not belong together. The e-way bill system has one code for them and
// for headers that are missing.
func (i IRP) wrongClient(r store.Reader, e Evidence) Diagnosis {
	h := e.Headers
	switch {
	case h.ClientID == "":
		return lacks("client_id", e)
	case h.ClientSecret == "":
		return lacks("client_secret", e)
	case h.GSTIN == "":
		return lacks("Gstin", e)
	case strings.Contains(h.ClientID, ","):
		return found("The client id arrived twice, with different values.").or("Send it once.")
	case strings.Contains(h.ClientSecret, ","):
		return found("The client secret arrived twice, with different values.").or("Send it once.")
	}
	_, err := r.Provider(h.ClientID)
	known := err == nil
	providers, err := r.Providers(store.Page{Limit: mostProviders})
	if err != nil {
		return Diagnosis{}
	}
	for _, p := range providers {
		if p.ClientID == h.ClientSecret && p.ClientSecret == h.ClientID {
			return found("Client id and client secret are exchanged.")
		}
		if p.ClientID != h.ClientID && strings.EqualFold(p.ClientID, h.ClientID) {
			return found("The client id is written %s, in upper case.", p.ClientID)
		}
	}
	if !known {
		return found("The client id is %s, which no provider of this world has.", named(h.ClientID))
	}
	for _, p := range providers {
		if p.ClientSecret == h.ClientSecret {
			return found("The client secret is that of the client id %s.", p.ClientID)
		}
	}
	return found("The client id is known, and the client secret, of %d characters, is another.", len(h.ClientSecret))
}
