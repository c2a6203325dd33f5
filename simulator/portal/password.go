package portal

import (
	"crypto/pbkdf2"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/nicsim/nicsim/simulator/dice"
	"github.com/nicsim/nicsim/simulator/settings"
)

// passwordRounds is far below what a real portal needs: the passwords here are made
// up, and a suite logs in thousands of times.
const passwordRounds = 1000

const passwordScheme = "pbkdf2-sha256"

// PasswordHasher makes and checks the form in which passwords are kept.
type PasswordHasher struct{ Salts *dice.Stream }

// Hash returns the form in which a password is kept: scheme$rounds$salt$sum.
func (h PasswordHasher) Hash(password string) (string, error) {
	salt := h.Salts.Alphanumeric(16)
	sum, err := derive(password, salt, passwordRounds)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%s$%d$%s$%s", passwordScheme, passwordRounds, salt, base64.RawStdEncoding.EncodeToString(sum)), nil
}

func derive(password, salt string, rounds int) ([]byte, error) {
	sum, err := pbkdf2.Key(sha256.New, password, []byte(salt), rounds, sha256.Size)
	if err != nil {
		return nil, fmt.Errorf("hashing a password: %w", err)
	}
	return sum, nil
}

// nobody is a hash that no password has: its sum is of another length. Comparing
// with it takes as long as with a real one.
var nobody = fmt.Sprintf("%s$%d$%s$", passwordScheme, passwordRounds, "0123456789abcdef")

// passwordMatches compares in constant time; whom the hash is of does not show.
func passwordMatches(kept, password string) (bool, error) {
	parts := strings.Split(kept, "$")
	if len(parts) != 4 || parts[0] != passwordScheme {
		return false, fmt.Errorf("reading a kept password: unknown form")
	}
	rounds, err := strconv.Atoi(parts[1])
	if err != nil {
		return false, fmt.Errorf("reading a kept password: %w", err)
	}
	sum, err := derive(password, parts[2], rounds)
	if err != nil {
		return false, err
	}
	return subtle.ConstantTimeCompare([]byte(base64.RawStdEncoding.EncodeToString(sum)), []byte(parts[3])) == 1, nil
}

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

// readNewPassword returns what is wrong with a new password and its repetition,
// which may be left out.
func readNewPassword(password string, confirm *string, field string, s settings.Settings) []Fault {
	var faults []Fault
	if !passwordFits(password, s) {
		faults = append(faults, fault(PasswordPolicy, field))
	}
	if confirm != nil && subtle.ConstantTimeCompare([]byte(*confirm), []byte(password)) != 1 {
		faults = append(faults, fault(PasswordConfirm, "confirmPassword"))
	}
	return faults
}
