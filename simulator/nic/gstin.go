package nic

import "fmt"

// GSTIN is the number of one registration under GST: 15 characters, upper case. For most holders
// they are a state code (2), the PAN (10), the number of the registration within that state (1),
// a fixed letter (1) and a check character (1). Make one with [ParseGSTIN], or with
// [ParseDummyGSTIN] where the sandbox allows a dummy.
type GSTIN string

const gstinLength = 15

// Kind is the kind of registration, as the shape of a GSTIN shows it.
type Kind string

// The kinds that have a shape of their own (expressions published on developer.gst.gov.in).
const (
	KindNormal     Kind = "normal"     // regular, composition, SEZ, ISD …: told apart by record, not by shape
	KindTCS        Kind = "TCS"        // e-commerce operator that collects tax
	KindTDS        Kind = "TDS"        // deductor of tax; stands on a PAN or a TAN
	KindGovernment Kind = "government" // department without a PAN, stands on a TAN
	KindUIN        Kind = "UIN"        // UN body, embassy, other notified person
	KindNRTP       Kind = "NRTP"       // non-resident taxable person
	KindOIDAR      Kind = "OIDAR"      // online services from abroad
	KindDummy      Kind = "dummy"      // made by a GSP on the sandbox, see ParseDummyGSTIN
)

// gstinShapes is searched from the top. TDS stands before normal, whose fourteenth character may
// be a D as well.
var gstinShapes = [...]struct {
	kind    Kind
	pattern string
}{
	{KindTDS, "ddllllxddddleDx"},
	{KindNormal, "ddlllllddddlezx"},
	{KindTCS, "ddlllllddddleCx"},
	{KindGovernment, "ddlllldddddldZd"},
	{KindUIN, "ddddlllddddduNx"},
	{KindNRTP, "ddddlllddddd" + "NRx"},
	{KindOIDAR, "99ddlllddddd" + "OSx"},
}

// ParseGSTIN trims and upper-cases s and checks its length, its shape, its state code and its
// check character, in this order. The error is a [*SyntaxError]. Dummy GSTINs do not pass.
func ParseGSTIN(s string) (GSTIN, error) {
	s = upper(s)
	if len(s) != gstinLength {
		return "", &SyntaxError{"GSTIN", RuleLength, "must have 15 characters"}
	}
	kind := shapeOf(s)
	if kind == "" {
		return "", &SyntaxError{"GSTIN", RuleShape, "has the shape of no kind of registration"}
	}
	if !registers(s[:2], kind) {
		return "", &SyntaxError{"GSTIN", RuleStateCode, "state code " + s[:2] + " has no registrations of this kind"}
	}
	want, err := CheckCharacter(s[:14])
	if err != nil {
		return "", fmt.Errorf("checking a GSTIN: %w", err)
	}
	if s[14] != want {
		return "", &SyntaxError{"GSTIN", RuleCheckCharacter,
			fmt.Sprintf("check character is %c and must be %c", s[14], want)}
	}
	return GSTIN(s), nil
}

// ParseAnyGSTIN trims and upper-cases s and checks only that it is 15 digits or letters: NIC's sandbox has taxpayers
// whose numbers fail every other check. The error is a [*SyntaxError].
func ParseAnyGSTIN(s string) (GSTIN, error) {
	s, err := read("GSTIN", s, "xxxxxxxxxxxxxxx", "must be digits and letters only")
	return GSTIN(s), err
}

// shapeOf returns the kind whose shape s has, or "".
func shapeOf(s string) Kind {
	for _, shape := range gstinShapes {
		if fits(s, shape.pattern) {
			return shape.kind
		}
	}
	return ""
}

// registers reports whether a registration of this kind can carry the state code. Code 99, the
// centre's own, is for suppliers of online services from abroad only.
func registers(code string, kind Kind) bool {
	state, ok := StateByCode(code)
	return ok && (state.Registers || kind == KindOIDAR && code == "99")
}

// Kind returns the kind of registration, or "" for a value that is not a GSTIN.
func (g GSTIN) Kind() Kind {
	if g.IsDummy() {
		return KindDummy
	}
	return shapeOf(string(g))
}

// StateCode returns the first two characters, or "" for a value that is not a GSTIN.
func (g GSTIN) StateCode() string {
	if len(g) != gstinLength {
		return ""
	}
	return string(g[:2])
}

// PAN returns the holder's PAN. It is "" for a registration that does not stand on one:
// government departments and some deductors have a TAN there, UIN, NRTP and OIDAR a number of
// their own.
func (g GSTIN) PAN() PAN {
	if len(g) != gstinLength || !fits(string(g[2:12]), patternPAN) {
		return ""
	}
	return PAN(g[2:12])
}
