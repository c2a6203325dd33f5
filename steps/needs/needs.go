// Package needs names what a scenario can need of a target beside its two portals: parts of a control API, API users,
// parties and calls. The needs of a scenario are those of its sentences, which are registered with their needs.
package needs

import (
	"net/http"
	"slices"
	"strings"
)

// Need is one thing that a scenario needs.
type Need string

// The parts of a control API. Reading the time is not among them: a target without control API uses the wall clock.
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
	OTP       Need = "otp"       // reading an OTP that was sent
	Own       Need = "own-world" // changing for good what later scenarios need: a password, a user, a lock
	Providers Need = "providers" // reading and changing the companies, their client ids and secrets
	Settings  Need = "settings"  // changing the rules in force
	Snapshots Need = "snapshots" // keeping the state of the world and going back to it
	Status    Need = "status"    // asking whether the target is up
	Taxpayers Need = "taxpayers" // reading and changing the records of taxpayers
	Worlds    Need = "worlds"    // a second world, or making, ending and listing worlds
)

// What a target can have without a control API. With one, scenarios make it for themselves.
const (
	Account               Need = "account"                // an API user of the sandbox, with its credentials and key
	ProductionAccount     Need = "production-account"     // the same of production
	SecondAccount         Need = "second-account"         // an API user of another taxpayer
	Certificate           Need = "certificate"            // the certificate by which the sandbox signs
	ProductionCertificate Need = "production-certificate" // that of production
)

// The portals and APIs that a target can be without.
const (
	Portals       Need = "portals"        // both portals
	GSP           Need = "gsp"            // a GSP, at which credentials are entered
	API           Need = "api"            // the e-Invoice API of the sandbox
	ProductionAPI Need = "production-api" // that of production
)

// The capabilities that a target may lack.
const (
	Cancel         Need = "cancel"          // cancelling an invoice
	ReadIRN        Need = "read-irn"        // reading an invoice by its IRN
	ReadDocument   Need = "read-document"   // reading an invoice by its document
	ReadRejected   Need = "read-rejected"   // reading which IRNs were rejected
	GSTINDetails   Need = "gstin-details"   // reading the details of a GSTIN
	GSTINSync      Need = "gstin-sync"      // refreshing them
	EwayBill       Need = "ewb"             // e-way bills, with an invoice or by its IRN
	ReadEwayBill   Need = "ewb-read"        // reading an e-way bill
	CancelEwayBill Need = "ewb-cancel"      // cancelling an e-way bill
	Health         Need = "health"          // the health check
	ClientPair     Need = "client-pair"     // sending a client id and secret of one's own choice
	Sealed         Need = "sealed"          // NIC's login, tokens, keys and encrypted bodies
	NoGSTIN        Need = "no-gstin"        // a call without the header Gstin
	RetiredLogin   Need = "retired-login"   // the login that NIC withdrew
	DuplicateIRN   Need = "duplicate-irn"   // the IRN of the first document in the refusal of a duplicate
	WrongLogins    Need = "wrong-passwords" // logins with a wrong password, which may lock an account
)

// Capabilities are the needs that a target can be said to lack.
var Capabilities = []Need{
	Cancel, ReadIRN, ReadDocument, ReadRejected, GSTINDetails, GSTINSync, EwayBill, ReadEwayBill, CancelEwayBill, Health,
	ClientPair, Sealed, NoGSTIN, RetiredLogin, DuplicateIRN, WrongLogins,
}

// IsControl reports whether a control API meets the need, and alone does but for those of [Need.IsAsked].
func (n Need) IsControl() bool { return slices.Contains(control, n) }

// IsAsked reports whether a person can meet the need who reads the messages and the pictures of the target.
func (n Need) IsAsked() bool { return n == OTP || n == Captcha }

var control = []Need{
	APIUsers, Captcha, Clock, Faults, Inbox, Invoices, Journal, Keys, Logins, OTP, Own, Providers, Settings, Snapshots,
	Status, Taxpayers, Worlds,
}

// covers are the parts of the control API with which a step meets a need, where there is one.
var covers = map[Need][]Need{
	Account:               {Captcha, Inbox, Keys, Providers, Taxpayers},
	ProductionAccount:     {Captcha, Inbox, Keys, Providers, Taxpayers},
	OTP:                   {Inbox},
	Certificate:           {Keys},
	ProductionCertificate: {Keys},
}

// Allow reports whether a step with these needs may use a part of the control API.
func Allow(registered []Need, part Need) bool {
	return slices.ContainsFunc(registered, func(n Need) bool {
		return n == part || slices.Contains(covers[n], part) || n.party() && part == Taxpayers
	})
}

// Party is the need of a taxpayer with a role, such as sez.
func Party(role string) Need { return Need(partyPrefix + role) }

// Role is the role of the party that is needed; empty for another need.
func (n Need) Role() string {
	role, _ := strings.CutPrefix(string(n), partyPrefix)
	if role == string(n) {
		return ""
	}
	return role
}

func (n Need) party() bool { return n.Role() != "" }

const partyPrefix = "party-"

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
	"organisations": Providers, "providers": Providers, "settings": Settings, "snapshots": Snapshots,
	"taxpayers": Taxpayers,
	"worlds":    Worlds, "world": Worlds, "reset": Worlds,
}
