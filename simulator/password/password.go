// Package password keeps passwords without keeping them: as salted slow hashes.
package password

import (
	"crypto/hmac"
	"crypto/pbkdf2"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"github.com/nicsim/nicsim/simulator/dice"
)

// rounds is far below what a real portal needs: the passwords here are made up, and
// a suite logs in thousands of times.
const rounds = 1000

const scheme = "pbkdf2-sha256"

// saltLength is in letters and digits.
const saltLength = 16

// maxProofs bounds what a Vault remembers; beyond it, it begins anew.
const maxProofs = 10_000

// Nobody is a hash that no password has: its sum is of another length. Comparing
// with it takes as long as with a real one, so that unknown names do not show.
const Nobody = scheme + "$1000$0123456789abcdef$"

// errForm is a kept hash that was not made here.
var errForm = errors.New("reading a kept password: unknown form")

// Vault makes and checks hashes. It remembers, under a key that lives as long as the
// process, a proof of each password that was right once, so that the slow work is
// done for the first login and for wrong passwords only. The proof is worthless
// without the key, and neither is ever written anywhere. It is safe for concurrent use.
type Vault struct {
	salts *dice.Stream
	key   []byte

	mu     sync.Mutex // guards proofs
	proofs map[string][sha256.Size]byte
}

// NewVault returns a vault that takes its salts and its key from a world's dice.
func NewVault(d *dice.Dice) *Vault {
	return &Vault{
		salts:  d.Stream("salt"),
		key:    []byte(d.Stream("password key").Alphanumeric(2 * sha256.Size)),
		proofs: map[string][sha256.Size]byte{},
	}
}

// Hash returns the form in which a password is kept: scheme$rounds$salt$sum.
func (v *Vault) Hash(password string) (string, error) {
	salt := v.salts.Alphanumeric(saltLength)
	sum, err := derive(password, salt, rounds)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%s$%d$%s$%s", scheme, rounds, salt, sum), nil
}

// Matches tells whether a password is the one that was kept. It compares in constant
// time; wrong ones take the same time whomever the hash is of.
func (v *Vault) Matches(kept, password string) (bool, error) {
	proof := v.proof(kept, password)
	v.mu.Lock()
	known, ok := v.proofs[kept]
	v.mu.Unlock()
	if ok && subtle.ConstantTimeCompare(known[:], proof[:]) == 1 {
		return true, nil
	}
	right, err := slowly(kept, password)
	if right {
		v.remember(kept, proof)
	}
	return right, err
}

func (v *Vault) remember(kept string, proof [sha256.Size]byte) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if len(v.proofs) >= maxProofs {
		clear(v.proofs)
	}
	v.proofs[kept] = proof
}

func (v *Vault) proof(kept, password string) [sha256.Size]byte {
	mac := hmac.New(sha256.New, v.key)
	mac.Write([]byte(kept + "\x00" + password))
	return [sha256.Size]byte(mac.Sum(nil))
}

func slowly(kept, password string) (bool, error) {
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

func derive(password, salt string, n int) (string, error) {
	sum, err := pbkdf2.Key(sha256.New, password, []byte(salt), n, sha256.Size)
	if err != nil {
		return "", fmt.Errorf("hashing a password: %w", err)
	}
	return base64.RawStdEncoding.EncodeToString(sum), nil
}
