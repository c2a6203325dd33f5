package nic

const checkAlphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"

// CheckCharacter computes the fifteenth character of a GSTIN from the fourteen before it, which
// must be digits and capital letters.
//
// Each character counts as its place in 0-9A-Z, times 1 and 2 in turn from the left; quotient and
// remainder of each product by 36 are added up; the check is what is missing to the next multiple
// of 36. A sum that is such a multiple already gives '0': the formula that circulates as "36 minus
// the remainder" has no answer there.
func CheckCharacter(first14 string) (byte, error) {
	if !fits(first14, "xxxxxxxxxxxxxx") {
		return 0, &SyntaxError{"GSTIN", RuleShape, "check character needs 14 digits or capital letters"}
	}
	sum := 0
	for i := range len(first14) {
		product := place(first14[i]) * (1 + i%2)
		sum += product/36 + product%36
	}
	return checkAlphabet[(36-sum%36)%36], nil
}

// place returns the place of a digit or capital letter in checkAlphabet.
func place(c byte) int {
	if isDigit(c) {
		return int(c - '0')
	}
	return int(c-'A') + 10
}
