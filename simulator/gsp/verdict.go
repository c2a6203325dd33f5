package gsp

import (
	"cmp"
	"strings"
	"time"

	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/store"
)

// The statuses of a connection.
const (
	Active    = "ACTIVE"     // NIC's last answer was a token
	Inactive  = "INACTIVE"   // NIC's last answer refused the credentials
	NotTested = "NOT_TESTED" // NIC has said nothing of the credentials
)

// Answer is what a login at NIC came to.
type Answer struct {
	NICCode     string // of a refusal
	Detail      string // NIC's text; without an answer of NIC, what happened instead
	TokenExpiry string // as NIC writes it; empty if the login failed
}

// Judge notes the answer to a login with a connection, and returns the connection. An answer that says nothing of the
// credentials leaves the verdict before it. An answer for credentials that were replaced meanwhile counts for
// nothing.
func Judge(tx store.Tx, tested Held, a Answer, now time.Time) (Held, error) {
	h, err := Find(tx, tested.ID)
	if err != nil || h.Username != tested.Username || h.Password != tested.Password {
		return h, err
	}
	test := store.Test{Status: h.Tested.Status, At: h.Tested.At, NICCode: a.NICCode, Detail: a.Detail}
	switch _, known := explanation(h.Connection, a.NICCode); {
	case a.TokenExpiry != "":
		test = store.Test{Status: Active, At: now, Detail: a.Detail, TokenExpiry: a.TokenExpiry}
	case known:
		test.Status, test.At = Inactive, now
	}
	h.Tested = test
	return h, tx.PutConnection(h.Connection)
}

// Explain returns why NIC refused a connection, and what the taxpayer can do about it. Both are empty for a connection
// that is not refused.
func Explain(c store.Connection) (cause, remedy string) {
	if c.Tested.NICCode == "" {
		return "", ""
	}
	if why, known := explanation(c, c.Tested.NICCode); known {
		return why.cause, why.remedy
	}
	remedies := nic.RemedyOf(c.Tested.NICCode)
	return cmp.Or(remedies.Cause, "NIC refused the login for a reason that is not about the credentials."),
		cmp.Or(remedies.Remedy, "Test again later.")
}

// explained is a cause for which NIC refuses an API user.
type explained struct {
	code   string
	when   func(store.Connection) bool // nil: always
	cause  string
	remedy string
}

// prefix begins the names of API users in production.
const prefix = "API_"

func prefixed(c store.Connection) bool {
	return len(c.Username) >= len(prefix) && strings.EqualFold(c.Username[:len(prefix)], prefix)
}

// explanations has what a GSP says of NIC's refusals: the first that applies. NIC's list has the codes, users of
// gateways report the causes.
var explanations = []explained{
	{"1008", nil, "The username or the password is wrong.", "Enter both as you chose them on NIC's portal."},
	{"1010", nil, "The client id or secret of this GSP is wrong at NIC. Your details are not the reason.",
		"Tell the GSP. Do not change your username or password."},
	{"1014", nil, "The taxpayer is inactive at NIC, or not enabled for e-invoicing.",
		"Check the status of the GSTIN and its enablement on the e-Invoice portal. Then test again."},
	{"1015", nil, "The API user was created for another GSTIN.",
		"Enter the GSTIN for which the API user was created, or create one for this GSTIN."},
	{"1017", func(c store.Connection) bool { return c.Environment == nic.Production && !prefixed(c) },
		"The username does not begin with API_, as every username of production does. The login of the portal or a " +
			"username of the sandbox was entered.",
		"Enter the username as the production portal shows it under API Registration, with API_."},
	{"1017", func(c store.Connection) bool { return c.Environment == nic.Sandbox && prefixed(c) },
		"The username begins with API_, as those of production do. It is not known in the sandbox.",
		"Choose Production, or enter the username that you created in the sandbox."},
	{"1017", nil, "NIC does not know the username in this environment. It is misspelt, or was created in the other one.",
		"Compare it with the username on NIC's portal, and check whether you chose the right environment."},
	{"1018", nil, "The API user was created for another GSP.",
		"On NIC's portal, create an API user and select this GSP. Then enter that user here."},
	{"1019", nil, "The password is wrong. It is not the password with which you log in to the portal.",
		"Enter the password of the API user. If it is lost, change it on NIC's portal."},
	{"3026", nil, "The taxpayer is not enabled for e-invoicing.",
		"Enable the GSTIN on the e-Invoice portal. Then test again."},
}

// explanation returns what is said of a code, and whether the code is about the credentials.
func explanation(c store.Connection, code string) (explained, bool) {
	for _, e := range explanations {
		if e.code == code && (e.when == nil || e.when(c)) {
			return e, true
		}
	}
	return explained{}, false
}
