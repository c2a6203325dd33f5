package schema

import (
	"strings"
)

// freeText is the pattern of addresses and remarks. Blanks around such a text are kept; around any other text they
// are ignored.
const freeText = `^([^\\"])*$`

// gstin is the part that the patterns of all GSTINs have.
const gstin = `[0-9]{2}[0-9A-Z]{13}`

// patterns has each of NIC's expressions for strings as a function. Lengths are checked before.
// | inside brackets is a slip of NIC's and never matches.
var patterns = map[string]func(string) bool{
	"": func(string) bool { return true },

	freeText: func(s string) bool { return strings.IndexByte(s, '"') < 0 && strings.IndexByte(s, '\\') < 0 },

	`^([0-9]{2}[0-9A-Z]{13})$`:       isGSTIN,
	`([0-9]{2}[0-9A-Z]{13})`:         isGSTIN, // not anchored by NIC, and meant to be
	`^(([0-9]{2}[0-9A-Z]{13})|URP)$`: func(s string) bool { return s == "URP" || isGSTIN(s) },
	`^[0-9a-fA-F]{64}$`:              of(64, 64, isHex),
	`^([a-zA-Z1-9]{1}[a-zA-Z0-9/-]{0,15})$`: func(s string) bool {
		return s != "" && len(s) <= 16 && s[0] != '0' && isAlphanumeric(s[0]) && all(s, isNumbering)
	},
	`^([a-zA-Z0-9/-]{1,15})$`:           of(1, 15, isNumbering),
	`^([A-Z|a-z|0-9]{4,20})$`:           of(4, 20, isAlphanumeric),
	`^[0-9|A-Z|a-z]{2,10}$`:             of(2, 10, isAlphanumeric),
	`^([A-Z|a-z]{3,8})$`:                of(3, 8, isLetter),
	`^[A-Z|a-z]{3,16}$`:                 of(3, 16, isLetter),
	`^([A-Z|a-z]{2})$`:                  of(2, 2, isLetter),
	`^([A-Z]{2})$`:                      of(2, 2, isCapital),
	`^([0-9]{6,12})$`:                   of(6, 12, isDigit),
	`^([0-9]{1,6})$`:                    of(1, 6, isDigit),
	`^(?!0+$)([0-9]{1,2})$`:             func(s string) bool { return of(1, 2, isDigit)(s) && notZero(s) },
	`^[a-zA-Z0-9+_.-]+@[a-zA-Z0-9.-]+$`: isEmail,
	`^(?!0+$)([0-9]{4}|[0-9]{6}|[0-9]{8})$`: func(s string) bool {
		return (len(s) == 4 || len(s) == 6 || len(s) == 8) && all(s, isDigit) && notZero(s)
	},
	`^[0-3][0-9]/[0-1][0-9]/[2][0][1-2][0-9]$`: func(s string) bool {
		return shaped(s, "dd/dd/dddd") && s[0] <= '3' && s[3] <= '1' && s[6:8] == "20" && (s[8] == '1' || s[8] == '2')
	},
	`^(0[1-9]|[12][0-9]|3[01])/(0[1-9]|1[012])/(19[8-9][0-9]|20[0-5][0-9])$`: func(s string) bool {
		if !shaped(s, "dd/dd/dddd") {
			return false
		}
		day, month, year := s[:2], s[3:5], s[6:]
		return "01" <= day && day <= "31" && "01" <= month && month <= "12" && "1980" <= year && year <= "2059"
	},
}

// of returns a check for texts of a length and with one class of characters.
func of(shortest, longest int, is func(byte) bool) func(string) bool {
	return func(s string) bool { return shortest <= len(s) && len(s) <= longest && all(s, is) }
}

func isDigit(c byte) bool        { return '0' <= c && c <= '9' }
func isCapital(c byte) bool      { return 'A' <= c && c <= 'Z' }
func isLetter(c byte) bool       { return isCapital(c) || 'a' <= c && c <= 'z' }
func isAlphanumeric(c byte) bool { return isDigit(c) || isLetter(c) }
func isNumbering(c byte) bool    { return isAlphanumeric(c) || c == '/' || c == '-' }
func isHex(c byte) bool          { return isDigit(c) || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F' }
func isDomain(c byte) bool       { return isAlphanumeric(c) || c == '.' || c == '-' }
func isLocal(c byte) bool        { return isDomain(c) || c == '+' || c == '_' }

func all(s string, is func(byte) bool) bool {
	for i := range len(s) {
		if !is(s[i]) {
			return false
		}
	}
	return true
}

func notZero(s string) bool { return strings.Trim(s, "0") != "" }

// shaped compares with a pattern in which d is a digit.
func shaped(s, pattern string) bool {
	if len(s) != len(pattern) {
		return false
	}
	for i := range len(s) {
		if pattern[i] == 'd' && !isDigit(s[i]) || pattern[i] != 'd' && s[i] != pattern[i] {
			return false
		}
	}
	return true
}

func isGSTIN(s string) bool {
	return len(s) == 15 && isDigit(s[0]) && isDigit(s[1]) &&
		all(s, func(c byte) bool { return isDigit(c) || isCapital(c) })
}

func isEmail(s string) bool {
	local, domain, found := strings.Cut(s, "@")
	return found && local != "" && domain != "" && all(local, isLocal) && all(domain, isDomain)
}
