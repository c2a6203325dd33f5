package nic

import "fmt"

const patternDummy = "ddlllllddddlddd"

// NewDummyGSTIN makes the serial-th dummy GSTIN, 0 to 999, of a GSP in a state: state code, the
// GSP's PAN, three digits. From 100 on some serials happen to give a true GSTIN; those are refused
// with [RuleNotDummy], and the caller takes the next.
func NewDummyGSTIN(stateCode string, pan PAN, serial int) (GSTIN, error) {
	if serial < 0 || serial > 999 {
		return "", &SyntaxError{"dummy GSTIN", RuleShape, "serial number must be 0 to 999"}
	}
	return ParseDummyGSTIN(fmt.Sprintf("%s%s%03d", stateCode, pan, serial))
}

// ParseDummyGSTIN trims and upper-cases s and checks that it has the shape of a dummy GSTIN, which
// a GSP makes on the sandbox: a state code, a PAN and three digits, and no true GSTIN. It does not
// check whether a GSP has made it. The error is a [*SyntaxError].
func ParseDummyGSTIN(s string) (GSTIN, error) {
	s, err := read("dummy GSTIN", s, patternDummy, "must be a state code, a PAN and three digits")
	if err != nil {
		return "", err
	}
	if !registers(s[:2], KindDummy) {
		return "", &SyntaxError{"dummy GSTIN", RuleStateCode, "state code " + s[:2] + " registers no taxpayers"}
	}
	if _, err := ParseGSTIN(s); err == nil {
		return "", &SyntaxError{"dummy GSTIN", RuleNotDummy, "is a true GSTIN with its check character"}
	}
	return GSTIN(s), nil
}

// IsDummy reports whether g is a dummy GSTIN of the sandbox and no true one.
func (g GSTIN) IsDummy() bool {
	dummy, err := ParseDummyGSTIN(string(g))
	return err == nil && dummy == g
}
