package schema

import (
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// expression is NIC's pattern for Go: without look-ahead, anchored, and without the stray | inside
// brackets.
func expression(pattern string) *regexp.Regexp {
	p := strings.ReplaceAll(pattern, "(?!0+$)", "")
	p = strings.NewReplacer("A-Z|a-z|0-9", "A-Za-z0-9", "0-9|A-Z|a-z", "0-9A-Za-z", "A-Z|a-z", "A-Za-z").Replace(p)
	if !strings.HasPrefix(p, "^") {
		p = "^" + p + "$"
	}
	return regexp.MustCompile(p)
}

func TestPatternsAreNICsExpressions(t *testing.T) {
	alphabet := rapid.SampledFrom([]rune(`0123456789abzAZURP/-@._+ "\|é`))
	for pattern, takes := range patterns {
		if pattern == "" {
			continue
		}
		t.Run(pattern, func(t *testing.T) {
			e := expression(pattern)
			matches := func(s string) bool {
				zeros := strings.Contains(pattern, "(?!0+$)") && strings.Trim(s, "0") == ""
				return e.MatchString(s) && !zeros
			}
			for _, s := range ends() {
				if takes(s) != matches(s) {
					t.Errorf("%q: %v, the expression says otherwise", s, takes(s))
				}
			}
			rapid.Check(t, func(t *rapid.T) {
				s := rapid.OneOf(
					rapid.StringMatching(e.String()),
					rapid.StringOfN(alphabet, 0, 17, -1),
					rapid.StringMatching(`0{1,8}`),
					rapid.StringMatching(`[0-4][0-9]/[0-2][0-9]/[12][0-9]{3}`),
				).Draw(t, "s")
				if strings.Contains(s, "\n") {
					t.Skip("Go's $ and NIC's differ on line ends, and codes have none")
				}
				if takes(s) != matches(s) {
					t.Fatalf("%q: %v, the expression says otherwise", s, takes(s))
				}
			})
		})
	}
}

// ends are texts at the ends of lengths and of dates, and beside them.
func ends() (texts []string) {
	for length := range 110 {
		for _, c := range []string{"0", "9", "a", "Z", "/"} {
			texts = append(texts, strings.Repeat(c, length))
		}
	}
	for _, day := range []string{"00", "01", "31", "32"} {
		for _, month := range []string{"00", "01", "12", "13"} {
			for _, year := range []string{"1979", "1980", "1999", "2009", "2010", "2029", "2030", "2059", "2060"} {
				texts = append(texts, day+"/"+month+"/"+year)
			}
		}
	}
	return texts
}
