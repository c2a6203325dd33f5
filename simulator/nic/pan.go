package nic

// PAN is the permanent account number of a person or firm: 10 characters, upper case.
// Make one with [ParsePAN].
type PAN string

const patternPAN = "lllllddddl"

// ParsePAN trims and upper-cases s and checks its shape: five letters, four digits, a letter. The
// error is a [*SyntaxError].
//
// The fourth letter is the kind of holder. It is not checked, because NIC's own sandbox GSTINs
// (27GSPMH1882G1ZG) have letters there that stand for no kind. The last letter is a check
// letter whose rule is not public.
func ParsePAN(s string) (PAN, error) {
	s, err := read("PAN", s, patternPAN, "must be five letters, four digits and a letter")
	return PAN(s), err
}
