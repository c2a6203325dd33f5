package target

import (
	"maps"
	"strings"
)

// nicsimParties are the made-up taxpayers of nicsim by role. The dummy GSTIN unknown is not among them.
var nicsimParties = map[string]string{
	"sameState": "29ABCPD1234E2Z9", "otherState": "36ABCCE4321F1Z1", "oneDigitState": "07ABCFG5678H1Z4",
	"sez": "33ABCCZ1357A1ZQ", "sezDeveloper": "37ABCCV2468B1ZE",
	"cancelled": "27ABCFC2345K1ZH", "inactive": "09ABCCI3456L1Z7", "provisional": "24ABCCP4567M1Z0",
	"suspended":   "08ABCCS5678N1ZJ",
	"composition": "30ABCPM9012S1ZH", "distributor": "27ABCCH3579C1ZL", "deductor": "07ABCGW5791E1D3",
	"operator": "29ABCCO4680D1CN", "otherTerritory": "97ABCCD1234E1ZY",
	"transporter": "07ABCFG5678H1Z4", "enrolledTransporter": "88AAACT1234H1ZK",
	"unknown": "29ABZCX4321K1ZF",
}

// Unknown is the role of a GSTIN that is not registered.
const Unknown = "unknown"

// NicsimParties returns the made-up taxpayers that every nicsim knows, by role.
func NicsimParties() map[string]string { return maps.Clone(nicsimParties) }

// IsRole reports whether parties can have the role.
func IsRole(role string) bool { return nicsimParties[role] != "" }

// Presumed returns the parties of a target whose API user has a GSTIN: those that are given, and for the other roles
// the made-up taxpayers of nicsim that fit. The second result has the roles of the latter: the target may not know
// them.
func (t *Target) Presumed() (parties map[string]string, roles []string) {
	parties = NicsimParties()
	own := t.Sandbox.Credentials.GSTIN
	for role, gstin := range parties {
		given := t.Parties[role]
		switch {
		case given != "":
			parties[role] = given
		case role == Unknown && len(own) > 2:
			parties[role] = withCheckCharacter(own[:2] + gstin[2:14])
		case t.Control == "" && !fits(role, gstin, own):
			delete(parties, role)
		case role != Unknown:
			roles = append(roles, role)
		}
	}
	return parties, roles
}

// withCheckCharacter adds the check character to the first 14 characters of a GSTIN.
func withCheckCharacter(first string) string {
	const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	sum := 0
	for i, c := range first {
		product := strings.IndexRune(digits, c) * (1 + i%2)
		sum += product/len(digits) + product%len(digits)
	}
	return first + string(digits[(len(digits)-sum%len(digits))%len(digits)])
}

// fits reports whether a taxpayer can have a role beside the taxpayer of the API user.
func fits(role, gstin, own string) bool {
	if len(own) < 2 || len(gstin) < 2 {
		return false
	}
	same := gstin[:2] == own[:2]
	switch role {
	case "sameState":
		return same && gstin != own
	case "otherState":
		return !same
	}
	return gstin != own
}
