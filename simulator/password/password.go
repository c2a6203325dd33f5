// Package password keeps passwords as salted hashes, not as they are.
package password

import (
	"crypto/pbkdf2"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/nicsim/nicsim/simulator/dice"
)

// rounds is the cost of a hash. It suits a test tool and no real portal, which needs a hundred thousand rounds and
// more: the passwords here are made up, the fixtures publish them, and a suite logs in thousands of times. So a hash
// takes some microseconds, under a hundredth of the RSA decryption that a login to the API begins with. Salt and
// hash keep a password out of stores, dumps and debuggers; they do not stop a guesser who has the hash.
const rounds = 10

const scheme = "pbkdf2-sha256"

// saltLength is in letters and digits.
const saltLength = 16

// Unmatched is a hash that no password has: its sum is of the right length and not base64. Comparing with it takes as
// long as with a hash of Hash, so that the duration of a login does not tell whether the name exists.
const Unmatched = scheme + "$10$0123456789abcdef$!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!"

var errForm = errors.New("reading a kept password: unknown form")

// Hasher makes hashes and compares with them. It is safe for concurrent use.
type Hasher struct{ salts *dice.Stream }

// NewHasher returns a hasher that takes its salts from a world's dice.
func NewHasher(d *dice.Dice) *Hasher { return &Hasher{d.Stream("salt")} }

// Hash returns the form in which a password is kept: scheme$rounds$salt$sum.
func (h *Hasher) Hash(password string) (string, error) {
	salt := h.salts.Alphanumeric(saltLength)
	sum, err := derive(password, salt, rounds)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%s$%d$%s$%s", scheme, rounds, salt, sum), nil
}

// Matches reports whether a password is the one that was kept. It compares in constant time.
func (*Hasher) Matches(kept, password string) (bool, error) {
	parts := strings.Split(kept, "$")
	if len(parts) != 4 || parts[0] != scheme {
		return false, errForm
	}
	n, err := strconv.Atoi(parts[1])
	if err != nil {
		return false, errForm
	}
	sum, err := derive(password, parts[2], n)
	if err != nil {
		return false, err
	}
	return subtle.ConstantTimeCompare([]byte(sum), []byte(parts[3])) == 1, nil
}

// IsHash reports whether a text is a hash of Hash.
func IsHash(text string) bool {
	parts := strings.Split(text, "$")
	if len(parts) != 4 || parts[0] != scheme || parts[1] != strconv.Itoa(rounds) || len(parts[2]) != saltLength {
		return false
	}
	sum, err := base64.RawStdEncoding.DecodeString(parts[3])
	return err == nil && len(sum) == sha256.Size
}

func derive(password, salt string, n int) (string, error) {
	sum, err := pbkdf2.Key(sha256.New, password, []byte(salt), n, sha256.Size)
	if err != nil {
		return "", fmt.Errorf("hashing a password: %w", err)
	}
	return base64.RawStdEncoding.EncodeToString(sum), nil
}
