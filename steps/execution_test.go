package steps

import (
	"strings"
	"testing"
)

func TestNamesOfWorlds(t *testing.T) {
	for _, c := range []struct{ key, suffix, want string }{
		{"S1-01", "", "s1-01"},
		{"REF-otp-expired-2", "-7f3a", "ref-otp-expired-2-7f3a"},
		{"REF-category-mismatch-credentials", "-7f3a", "ref-category-mismatch-credentials-7f3a"},
	} {
		if got := WorldName(c.key, c.suffix); got != c.want {
			t.Errorf("%s%s is %s, want %s", c.key, c.suffix, got, c.want)
		}
	}
	long := strings.Repeat("a", 60)
	first, second := WorldName(long+"-1", "-12345"), WorldName(long+"-2", "-12345")
	if first == second || len(first) > 38 || !strings.HasSuffix(first, "-12345") {
		t.Errorf("long names are %s and %s", first, second)
	}
}
