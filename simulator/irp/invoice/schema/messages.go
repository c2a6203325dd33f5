package schema

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
)

// Code is NIC's code for every violation of the schema.
const Code = "5002"

// The reasons for which a field is refused. The Rule of a violation is "schema-" and the reason.
const (
	forAbsence = "required"
	forType    = "type"
	forLength  = "length"
	forPattern = "pattern"
	forRange   = "range"
)

// prepare makes a slot ready for use, messages included. NIC validates with the attributes of .NET's data
// annotations, and its messages for absence, length, pattern and range are recorded. Those for a wrong type are
// ours.
func (s *slot) prepare() error {
	s.messages = map[string]string{
		forAbsence: "The " + s.Label + " field is required.",
		forPattern: "The field " + s.Label + " must match the regular expression '" + s.Pattern + "'.",
	}
	switch s.shape {
	case text:
		return s.prepareText()
	case number:
		return s.prepareNumber()
	case list:
		return s.prepareList()
	}
	s.messages[forType] = "The field " + s.Label + " must be an object."
	return nil
}

func (s *slot) prepareText() error {
	var errMin, errMax error
	s.shortest, errMin = strconv.Atoi(s.Min)
	s.longest, errMax = strconv.Atoi(s.Max)
	if errMin != nil || errMax != nil {
		return fmt.Errorf("compiling a schema: %s: a string needs min and max", s.Path)
	}
	s.messages[forLength] = fmt.Sprintf(
		"The field %s must be a string with a minimum length of %d and a maximum length of %d.", s.Label, s.shortest,
		s.longest)
	s.messages[forType] = s.messages[forLength]
	if strings.Contains(s.Pattern, gstin) {
		s.messages[forPattern] = "Invalid GSTIN"
	}
	s.fold = strings.HasPrefix(s.Pattern, "(?i)")
	s.padded = s.Pattern != freeText
	s.mayBeEmpty = strings.HasSuffix(s.Pattern, ")?$")
	if s.Enum != nil {
		s.takes = func(value string) bool { return slices.Contains(s.Enum, value) }
		return nil
	}
	var known bool
	if s.takes, known = patterns[s.Pattern]; !known {
		return fmt.Errorf("compiling a schema: %s: patterns.go has nothing for %s", s.Path, s.Pattern)
	}
	return nil
}

func (s *slot) prepareNumber() error {
	if s.Min == "" || s.Max == "" {
		return fmt.Errorf("compiling a schema: %s: a number needs min and max", s.Path)
	}
	s.least, s.greatest = decimal.RequireFromString(s.Min), decimal.RequireFromString(s.Max) // read before, in Fields
	s.unsigned = s.Pattern != "" && !s.least.IsNegative()
	s.messages[forRange] = fmt.Sprintf("The field %s must be between %s and %s.", s.Label, asDouble(s.least),
		asDouble(s.greatest))
	s.messages[forType] = "The field " + s.Label + " must be a number."
	if s.Pattern == "" {
		s.messages[forPattern] = "The field " + s.Label + " must be an integer."
	}
	return nil
}

// asDouble writes a bound as NIC does, whose bounds are binary floating point: 99999999999999.99 is
// 99999999999999.98.
func asDouble(bound decimal.Decimal) string {
	return strconv.FormatFloat(bound.InexactFloat64(), 'f', -1, 64)
}

// maxElements is how many elements an array may have where NIC names no maximum. SIM.
const maxElements = 1000

func (s *slot) prepareList() error {
	s.longest = maxElements
	if s.Max != "" {
		n, err := strconv.Atoi(s.Max)
		if err != nil {
			return fmt.Errorf("compiling a schema: %s: %w", s.Path, err)
		}
		s.longest = n
	}
	s.messages[forType] = "The field " + s.Label + " must be an array."
	s.messages[forLength] = fmt.Sprintf("The field %s must be an array with a maximum length of %d.", s.Label, s.longest)
	return nil
}

// want describes the values that pass.
func (s *slot) want(reason string) string {
	switch {
	case reason == forAbsence:
		return "a value"
	case reason == forLength && s.shape == list:
		return fmt.Sprintf("at most %d elements", s.longest)
	case reason == forLength && s.longest == 1:
		return "one character"
	case reason == forLength && s.shortest == s.longest:
		return fmt.Sprintf("%d characters", s.longest)
	case reason == forLength:
		return fmt.Sprintf("%d to %d characters", s.shortest, s.longest)
	case reason == forRange:
		return s.Min + " to " + s.Max
	case reason == forPattern && s.shape == number && s.Decimals == 0:
		return "digits without a point or an exponent"
	case reason == forPattern && s.unsigned:
		return fmt.Sprintf("digits without a sign or an exponent, at most %d behind the point", s.Decimals)
	case reason == forPattern && s.shape == number:
		return fmt.Sprintf("digits without an exponent, at most %d behind the point", s.Decimals)
	case reason == forPattern && s.Enum != nil:
		return "one of " + strings.Join(s.Enum, ", ")
	case reason == forPattern:
		return s.Pattern
	}
	return "a JSON " + s.Type
}
