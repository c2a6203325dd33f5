package target

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// shortestSecret is the length from which the value of a header counts as a secret. A shorter one would hide parts of
// other words.
const shortestSecret = 6

// Hider returns what writes the secrets of the target as ***: its passwords, client secrets, and the values of its
// headers. A target may quote them in an answer, and no report may show them.
func (t *Target) Hider() *strings.Replacer {
	var secrets, pairs []string
	for _, e := range []Environment{t.Sandbox, t.Production} {
		secrets = append(secrets, e.Credentials.Password, e.Credentials.ClientSecret)
		secrets = slices.AppendSeq(secrets, maps.Values(e.Headers))
	}
	// The longest comes first: another may be its beginning.
	slices.SortFunc(secrets, func(a, b string) int { return cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(a, b)) })
	for _, value := range secrets {
		if len(value) >= shortestSecret {
			pairs = append(pairs, value, "***")
		}
	}
	return strings.NewReplacer(pairs...)
}
