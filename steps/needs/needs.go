// Package needs names the parts of a control API that a scenario can need. The needs of a scenario are those of
// its sentences, which are registered with their needs.
package needs

import (
	"net/http"
	"slices"
	"strings"
)

// Need is one thing that a control API offers.
type Need string

// The needs. Reading the time is not among them: a target without control API uses the wall clock.
const (
	APIUsers  Need = "api-users" // reading and changing the API users
	Captcha   Need = "captcha"   // reading the answer of a captcha
	Clock     Need = "clock"     // setting the clock or putting it forward
	Faults    Need = "faults"    // having the target fail
	Inbox     Need = "inbox"     // reading the SMS and e-mails that were sent
	Invoices  Need = "invoices"  // reading the invoices that were registered
	Journal   Need = "journal"   // reading the requests and the reasons of refusals
	Keys      Need = "keys"      // the payload keys and the signing certificates
	Logins    Need = "logins"    // reading and changing the portal logins
	Providers Need = "providers" // reading and changing the companies, their client ids and secrets
	Settings  Need = "settings"  // changing the rules in force
	Status    Need = "status"    // asking whether the target is up
	Taxpayers Need = "taxpayers" // reading and changing the records of taxpayers
	Worlds    Need = "worlds"    // a second world, or making, ending and listing worlds
)

// Tag is the need as a tag of a scenario, as in @needs-clock.
func (n Need) Tag() string { return tagPrefix + string(n) }

const tagPrefix = "@needs-"

// IsTag reports whether the tag names a need.
func IsTag(tag string) bool { return strings.HasPrefix(tag, tagPrefix) }

// Union returns the needs of all lists, sorted, each once.
func Union(lists ...[]Need) []Need {
	return slices.Compact(slices.Sorted(slices.Values(slices.Concat(lists...))))
}

// Of returns the need of a request to the control API; "" for asking for the time and for an
// unknown path. The path may begin with /w/{world}.
func Of(method, path string) Need {
	_, resource, _ := strings.Cut(path, "/control/v1/")
	if end := strings.IndexAny(resource, "/?"); end >= 0 {
		resource = resource[:end]
	}
	if strings.HasSuffix(path, "/healthz") || strings.HasSuffix(path, "/readyz") {
		return Status
	}
	if resource == "clock" && method == http.MethodGet {
		return ""
	}
	return byResource[resource]
}

// byResource are the needs by the first element of a path below the control API's base.
var byResource = map[string]Need{
	"api-users": APIUsers, "captchas": Captcha, "clock": Clock, "faults": Faults, "inbox": Inbox, "invoices": Invoices,
	"requests": Journal, "public-keys": Keys, "signing-certificates": Keys, "portal-users": Logins,
	"organisations": Providers, "providers": Providers, "settings": Settings, "taxpayers": Taxpayers,
	"worlds": Worlds, "world": Worlds, "reset": Worlds,
}
