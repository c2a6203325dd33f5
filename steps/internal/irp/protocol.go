package irp

import (
	"slices"
	"strings"

	"github.com/nicsim/nicsim/steps/needs"
)

// protocol are the needs of a call or a login that is changed somehow. Through a gateway, a caller has no client id of
// its own, and where bodies are plain, neither a login at NIC nor NIC's headers and keys.
func protocol(words string) []needs.Need {
	if slices.ContainsFunc([]string{"client_id", "client_secret", "client's secret", "another company"},
		func(part string) bool { return strings.Contains(words, part) }) {
		return []needs.Need{needs.ClientPair, needs.Sealed}
	}
	switch {
	case slices.Contains(anywhere, words):
		return nil
	case words == "without Gstin":
		return []needs.Need{needs.NoGSTIN, needs.Sealed}
	case words == "by its retired version":
		return []needs.Need{needs.NoGSTIN, needs.RetiredLogin, needs.Sealed}
	}
	return []needs.Need{needs.Sealed}
}

// anywhere are the changes that a user name, a password, a GSTIN or a path can have everywhere.
var anywhere = []string{
	"as an unknown user", "with a wrong password", "under another GSTIN", "as a taxpayer that is not enabled",
	"without API_ before the Username", "with the Username in the other case", "with the Password in the other case",
	"as a user of the trial portal", "its headers with hyphens", "its headers in capitals",
	"its headers in small letters", "an array", "a text for its number", "its remark as CancelRmrk",
	"an unknown number",
}
