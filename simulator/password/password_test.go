package password_test

import (
	"crypto/pbkdf2"
	"crypto/sha256"
	"encoding/base64"
	"strings"
	"sync"
	"testing"

	"github.com/nicsim/nicsim/simulator/dice"
	"github.com/nicsim/nicsim/simulator/password"
)

func hash(t *testing.T, h *password.Hasher, secret string) string {
	t.Helper()
	kept, err := h.Hash(secret)
	if err != nil {
		t.Fatal(err)
	}
	return kept
}

// slower is a hash of the password Dakshin@2024 with 1000 rounds, as another version may have stored it.
const slower = "pbkdf2-sha256$1000$0123456789abcdef$"

func TestMatches(t *testing.T) {
	h := password.NewHasher(dice.New("s"))
	kept := hash(t, h, "Dakshin@2024")
	elsewhere := hash(t, password.NewHasher(dice.New("other")), "Dakshin@2024")
	sum, err := pbkdf2.Key(sha256.New, "Dakshin@2024", []byte("0123456789abcdef"), 1000, sha256.Size)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, kept, typed string
		right             bool
	}{
		{"right", kept, "Dakshin@2024", true},
		{"wrong", kept, "Dakshin@2025", false},
		{"in another case", kept, "dakshin@2024", false},
		{"empty", kept, "", false},
		{"more than the password", kept, "Dakshin@2024 ", false},
		{"the hash itself", kept, kept, false},
		{"of another hasher", elsewhere, "Dakshin@2024", true},
		{"with another cost", slower + base64.RawStdEncoding.EncodeToString(sum), "Dakshin@2024", true},
		{"unmatched", password.Unmatched, "Dakshin@2024", false},
		{"unmatched, empty", password.Unmatched, "", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			if right, err := h.Matches(c.kept, c.typed); right != c.right || err != nil {
				t.Errorf("%v, %v", right, err)
			}
		})
	}
	for _, kept := range []string{"", "Dakshin@2024", "md5$1$a$b", "pbkdf2-sha256$many$a$b", "pbkdf2-sha256$1000$a",
		"pbkdf2-sha256$1$a$b$c"} {
		t.Run("not a kept password: "+kept, func(t *testing.T) {
			if right, err := h.Matches(kept, "Dakshin@2024"); right || err == nil || strings.Contains(err.Error(), "Dakshin") {
				t.Errorf("%v, %v", right, err)
			}
		})
	}
}

// The form is scheme$rounds$salt$sum. Another implementation computes the same sum.
func TestHash(t *testing.T) {
	h := password.NewHasher(dice.New("s"))
	kept := hash(t, h, "Dakshin@2024")
	parts := strings.Split(kept, "$")
	if len(parts) != 4 || parts[0] != "pbkdf2-sha256" || parts[1] != "10" || len(parts[2]) != 16 {
		t.Fatal(kept)
	}
	sum, err := pbkdf2.Key(sha256.New, "Dakshin@2024", []byte(parts[2]), 10, sha256.Size)
	if err != nil || parts[3] != base64.RawStdEncoding.EncodeToString(sum) {
		t.Errorf("%s; want the sum %x, %v", kept, sum, err)
	}
	if again := hash(t, h, "Dakshin@2024"); again == kept {
		t.Error("two hashes have one salt")
	}
	if work := strings.Split(password.Unmatched, "$"); work[1] != parts[1] || len(work[2]) != len(parts[2]) ||
		len(work[3]) != len(parts[3]) {
		t.Errorf("comparing with %s is not the work of comparing with %s", password.Unmatched, kept)
	}
}

func TestHasherIsSafeForConcurrentUse(t *testing.T) {
	h := password.NewHasher(dice.New("s"))
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			kept, err := h.Hash("Dakshin@2024")
			if right, matchErr := h.Matches(kept, "Dakshin@2024"); !right || err != nil || matchErr != nil {
				t.Errorf("%v, %v, %v", right, err, matchErr)
			}
		})
	}
	all.Wait()
}

// BenchmarkMatches measures the cost of a login's password. It should be far below an RSA-2048 decryption (0.8 ms).
func BenchmarkMatches(b *testing.B) {
	h := password.NewHasher(dice.New("s"))
	kept, err := h.Hash("Dakshin@2024")
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if right, err := h.Matches(kept, "Dakshin@2024"); !right || err != nil {
			b.Fatal(right, err)
		}
	}
}
