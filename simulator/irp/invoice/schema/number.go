package schema

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
)

// Number is a number of a document, with the digits that the client sent. Its zero value was not
// sent, and counts as 0.
type Number struct {
	digits string // in JSON's notation, without an exponent
	value  decimal.Decimal
}

// NewNumber reads digits such as "1416.0" or "-0.50".
func NewNumber(digits string) (Number, error) {
	n, _, err := readNumber(digits)
	if err != nil {
		return Number{}, fmt.Errorf("reading a number: %.40q %w", digits, err)
	}
	return n, nil
}

// Sent reports whether the client sent it.
func (n Number) Sent() bool { return n.digits != "" }

// String returns the number as it was sent; "" if it was not.
func (n Number) String() string { return n.digits }

// Decimal is its value.
func (n Number) Decimal() decimal.Decimal { return n.value }

// Int is its value without the fraction.
func (n Number) Int() int { return int(n.value.IntPart()) }

// maxDigits is how many digits always fit into 64 bits. The largest field has 16.
const maxDigits = 18

var (
	errNotPlain = errors.New("must be digits with at most a sign and a point")
	errTooLong  = fmt.Errorf("has more than %d digits", maxDigits)
)

// readNumber reads a sign, digits, and optionally a point and more digits: no exponent, no blanks. It counts the
// digits after the point and drops leading zeros, which JSON does not allow.
//
// With more than maxDigits the error is errTooLong, and the value is good for comparing with the bounds of a field
// only: the last decimals are cut off, and a number with too many digits before the point is the largest there is.
// The time of decimal arithmetic grows with the digits.
func readNumber(s string) (n Number, decimals int, err error) {
	whole, fraction, point := strings.Cut(strings.TrimPrefix(s, "-"), ".")
	if !all(whole, isDigit) || !all(fraction, isDigit) || whole == "" || point && fraction == "" {
		return Number{}, 0, errNotPlain
	}
	if whole[0] == '0' {
		sign := s[:len(s)-len(strings.TrimPrefix(s, "-"))]
		kept := strings.TrimLeft(whole[:len(whole)-1], "0") + whole[len(whole)-1:]
		s = sign + kept + s[len(sign)+len(whole):]
		whole = kept
	}
	decimals = len(fraction)
	switch {
	case len(whole) > maxDigits:
		whole, fraction, err = strings.Repeat("9", maxDigits), "", errTooLong
	case len(whole)+len(fraction) > maxDigits:
		fraction, err = fraction[:maxDigits-len(whole)], errTooLong
	}
	mantissa, parsed := strconv.ParseInt(whole+fraction, 10, 64)
	if parsed != nil {
		return Number{}, 0, fmt.Errorf("%w: %w", errNotPlain, parsed) // digits were counted above
	}
	if s[0] == '-' {
		mantissa = -mantissa
	}
	return Number{s, decimal.New(mantissa, int32(-len(fraction)))}, decimals, err
}
