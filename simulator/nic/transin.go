package nic

import "strings"

// enrolled is what the number of an enrolled transporter (TRANSIN) has in place of a state code.
const enrolled = "88"

// ParseTRANSIN trims and upper-cases s and checks that it is the number of an enrolled transporter: 88 and the rest
// of a GSTIN. It does not check the last character, which is still that of the GSTIN with the state's code. The error
// is a [*SyntaxError].
func ParseTRANSIN(s string) (GSTIN, error) {
	s, err := read("TRANSIN", s, enrolled+"lllllddddlezx", "must be 88, a PAN and three characters, as in 88AAACT1234H1ZK")
	return GSTIN(s), err
}

// Enrolled reports whether g is the number of an enrolled transporter. It registers no supplies.
func (g GSTIN) Enrolled() bool { return strings.HasPrefix(string(g), enrolled) }
