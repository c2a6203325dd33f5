package nic

import "slices"

// State is one row of the GST list of states and other jurisdictions.
type State struct {
	Code string // two digits
	Name string
	// Registers reports whether GSTINs are given out under the code today. It is false for codes
	// that were merged away (25, 28), for 96, which only stands in invoices to foreign buyers, and
	// for 99, the centre's own, see ParseGSTIN.
	Registers bool
}

// states is in the order of the codes.
var states = [...]State{
	{"01", "Jammu and Kashmir", true},
	{"02", "Himachal Pradesh", true},
	{"03", "Punjab", true},
	{"04", "Chandigarh", true},
	{"05", "Uttarakhand", true},
	{"06", "Haryana", true},
	{"07", "Delhi", true},
	{"08", "Rajasthan", true},
	{"09", "Uttar Pradesh", true},
	{"10", "Bihar", true},
	{"11", "Sikkim", true},
	{"12", "Arunachal Pradesh", true},
	{"13", "Nagaland", true},
	{"14", "Manipur", true},
	{"15", "Mizoram", true},
	{"16", "Tripura", true},
	{"17", "Meghalaya", true},
	{"18", "Assam", true},
	{"19", "West Bengal", true},
	{"20", "Jharkhand", true},
	{"21", "Odisha", true},
	{"22", "Chhattisgarh", true},
	{"23", "Madhya Pradesh", true},
	{"24", "Gujarat", true},
	{"25", "Daman and Diu", false},
	{"26", "Dadra and Nagar Haveli and Daman and Diu", true},
	{"27", "Maharashtra", true},
	{"28", "Andhra Pradesh (before division)", false},
	{"29", "Karnataka", true},
	{"30", "Goa", true},
	{"31", "Lakshadweep Islands", true},
	{"32", "Kerala", true},
	{"33", "Tamil Nadu", true},
	{"34", "Puducherry", true},
	{"35", "Andaman and Nicobar Islands", true},
	{"36", "Telangana", true},
	{"37", "Andhra Pradesh", true},
	{"38", "Ladakh", true},
	{"96", "Other Countries", false},
	{"97", "Other Territory", true},
	{"99", "Centre Jurisdiction", false},
}

// States returns the whole list in the order of the codes, for a form's drop-down. The slice is
// the caller's own.
func States() []State { return slices.Clone(states[:]) }

// StateByCode looks a state up by its two digits.
func StateByCode(code string) (State, bool) {
	i := slices.IndexFunc(states[:], func(s State) bool { return s.Code == code })
	if i < 0 {
		return State{}, false
	}
	return states[i], true
}
