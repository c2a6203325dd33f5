package journal

import (
	"fmt"
	"regexp"
	"strings"
)

// Cause says what a client did wrong.
type Cause struct {
	Text string // one sentence, without secrets
	Kind string // Text with "…" in place of its values: causes that differ only in values have the same
}

// verb is a place of a format into which a value goes. one is a number of one before the plural of a format.
var (
	verb = regexp.MustCompile(`%[a-z]`)
	one  = regexp.MustCompile(`\b1 (byte|character)s( that are)?\b`)
)

// Because formats a cause. "%d bytes" and "%d characters" become "1 byte" and "1 character" where the number is one.
// The kind has the plural.
func Because(format string, values ...any) Cause {
	text := one.ReplaceAllStringFunc(fmt.Sprintf(format, values...), func(plural string) string {
		noun, verb := strings.CutSuffix(plural, " that are")
		if noun = noun[:len(noun)-1]; verb {
			noun += " that is"
		}
		return noun
	})
	return Cause{text, verb.ReplaceAllString(format, "…")}
}

// ByFault is the cause of what a fault of the world refused.
var ByFault = Because("A fault of this world refused the call; the request may be right.")
