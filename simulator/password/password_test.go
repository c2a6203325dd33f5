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

func hash(t *testing.T, v *password.Vault, secret string) string {
	t.Helper()
	kept, err := v.Hash(secret)
	if err != nil {
		t.Fatal(err)
	}
	return kept
}

func TestMatches(t *testing.T) {
	v := password.NewVault(dice.New("s"))
	kept := hash(t, v, "Dakshin@2024")
	elsewhere := hash(t, password.NewVault(dice.New("other")), "Dakshin@2024")
	for _, c := range []struct {
		name, kept, typed string
		right             bool
	}{
		{"right", kept, "Dakshin@2024", true},
		{"right again, from memory", kept, "Dakshin@2024", true},
		{"wrong", kept, "Dakshin@2025", false},
		{"wrong after right ones", kept, "dakshin@2024", false},
		{"nothing typed", kept, "", false},
		{"more than the password", kept, "Dakshin@2024 ", false},
		{"the hash itself", kept, kept, false},
		{"of another vault", elsewhere, "Dakshin@2024", true},
		{"nobody's", password.Nobody, "Dakshin@2024", false},
		{"nobody's, nothing typed", password.Nobody, "", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			if right, err := v.Matches(c.kept, c.typed); right != c.right || err != nil {
				t.Errorf("%v, %v", right, err)
			}
		})
	}
	for _, kept := range []string{"", "Dakshin@2024", "md5$1$a$b", "pbkdf2-sha256$many$a$b", "pbkdf2-sha256$1000$a",
		"pbkdf2-sha256$1$a$b$c"} {
		t.Run("not a kept password: "+kept, func(t *testing.T) {
			if right, err := v.Matches(kept, "Dakshin@2024"); right || err == nil || strings.Contains(err.Error(), "Dakshin") {
				t.Errorf("%v, %v", right, err)
			}
		})
	}
}

// The form is scheme$rounds$salt$sum; another implementation finds the same sum.
func TestHash(t *testing.T) {
	v := password.NewVault(dice.New("s"))
	kept := hash(t, v, "Dakshin@2024")
	parts := strings.Split(kept, "$")
	if len(parts) != 4 || parts[0] != "pbkdf2-sha256" || parts[1] != "1000" || len(parts[2]) != 16 {
		t.Fatal(kept)
	}
	sum, err := pbkdf2.Key(sha256.New, "Dakshin@2024", []byte(parts[2]), 1000, sha256.Size)
	if err != nil || parts[3] != base64.RawStdEncoding.EncodeToString(sum) {
		t.Errorf("%s; want the sum %x, %v", kept, sum, err)
	}
	if again := hash(t, v, "Dakshin@2024"); again == kept {
		t.Error("two hashes have one salt")
	}
	if work := strings.Split(password.Nobody, "$"); work[1] != parts[1] || len(work[2]) != len(parts[2]) {
		t.Errorf("comparing with %s is not the work of comparing with %s", password.Nobody, kept)
	}
}

func TestVaultIsSafeForConcurrentUse(t *testing.T) {
	v := password.NewVault(dice.New("s"))
	kept := hash(t, v, "Dakshin@2024")
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if right, err := v.Matches(kept, "Dakshin@2024"); !right || err != nil {
				t.Errorf("%v, %v", right, err)
			}
		})
	}
	all.Wait()
}
