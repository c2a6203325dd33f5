package portal

import (
	"crypto/subtle"
	"strings"
	"unicode/utf8"

	"github.com/nicsim/nicsim/simulator/settings"
)

// specials are the special characters that NIC's message 3003 lists.
const specials = "%$#@_!*"

// passwordFits tells whether a new password has the length [SIM] and one character
// of each class (3003).
func passwordFits(password string, s settings.Settings) bool {
	n := utf8.RuneCountInString(password)
	return n >= s.PasswordMin && n <= s.PasswordMax &&
		strings.ContainsFunc(password, func(r rune) bool { return 'A' <= r && r <= 'Z' }) &&
		strings.ContainsFunc(password, func(r rune) bool { return 'a' <= r && r <= 'z' }) &&
		strings.ContainsFunc(password, func(r rune) bool { return '0' <= r && r <= '9' }) &&
		strings.ContainsAny(password, specials)
}

// readNewPassword adds what is wrong with a new password and its repetition, which may be left out.
func readNewPassword(password string, confirm *string, field string, found *findings) {
	if !passwordFits(password, found.book.Settings) {
		found.add(PasswordPolicy, field)
	}
	if confirm != nil && subtle.ConstantTimeCompare([]byte(*confirm), []byte(password)) != 1 {
		found.add(PasswordConfirm, "confirmPassword")
	}
}
