package nic

import (
	"errors"
	"fmt"
	"strings"
)

// Rule names the check that a value did not pass.
type Rule string

// The rules, in the order in which they are applied: an error reports the first rule that a value breaks.
const (
	RuleLength         Rule = "length"          // not the fixed number of characters
	RuleShape          Rule = "shape"           // a character of the wrong class in some position
	RuleStateCode      Rule = "state-code"      // no such state, or no registrations under its code
	RuleCheckCharacter Rule = "check-character" // the last character is not the one computed
	RuleNotDummy       Rule = "not-dummy"       // dummy GSTINs: a true GSTIN was given
)

// SyntaxError is the refusal of every Parse and New function of this package; use errors.As.
// It never repeats the whole value that was given.
type SyntaxError struct {
	Word   string // the kind of value: "GSTIN", "PAN", "client id", "dummy GSTIN"
	Rule   Rule
	Detail string // the rule in words
}

func (e *SyntaxError) Error() string { return e.Word + ": " + e.Detail }

// DetailOf returns the rule that a value breaks in words, for a message whose field names the kind of value already.
func DetailOf(err error) string {
	if e, ok := errors.AsType[*SyntaxError](err); ok {
		return e.Detail
	}
	return err.Error()
}

// upper trims s and upper-cases its ASCII letters only. strings.ToUpper would turn the dotless ı
// and the long ſ into I and S, and with that accept characters that no registration has.
func upper(s string) string {
	return strings.Map(func(r rune) rune {
		if 'a' <= r && r <= 'z' {
			return r - 'a' + 'A'
		}
		return r
	}, strings.TrimSpace(s))
}

// read trims and upper-cases s and checks its length and its shape.
func read(word, s, pattern, detail string) (string, error) {
	s = upper(s)
	if len(s) != len(pattern) {
		return "", &SyntaxError{word, RuleLength, fmt.Sprintf("must have %d characters", len(pattern))}
	}
	if !fits(s, pattern) {
		return "", &SyntaxError{word, RuleShape, detail}
	}
	return s, nil
}

func isDigit(c byte) bool  { return '0' <= c && c <= '9' }
func isLetter(c byte) bool { return 'A' <= c && c <= 'Z' }

// fits reports whether s follows pattern, one byte a position. In a pattern lower-case letters are
// classes and everything else stands for itself:
//
//	d  digit            l  letter           x  digit or letter
//	e  1-9 A-Z: the number of a registration within its state, which is never 0
//	z  Z 1-9 A B D-J: the fourteenth character of a GSTIN, "Z by default"
//	u  U or O: UN bodies and other notified persons
func fits(s, pattern string) bool {
	if len(s) != len(pattern) {
		return false
	}
	for i := range len(s) {
		c := s[i]
		var ok bool
		switch pattern[i] {
		case 'd':
			ok = isDigit(c)
		case 'l':
			ok = isLetter(c)
		case 'x':
			ok = isDigit(c) || isLetter(c)
		case 'e':
			ok = isDigit(c) && c != '0' || isLetter(c)
		case 'z':
			ok = isDigit(c) && c != '0' || 'A' <= c && c <= 'J' && c != 'C' || c == 'Z'
		case 'u':
			ok = c == 'U' || c == 'O'
		default:
			ok = c == pattern[i]
		}
		if !ok {
			return false
		}
	}
	return true
}
