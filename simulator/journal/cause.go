package journal

import (
	"fmt"
	"regexp"
)

// Cause says what a client did wrong.
type Cause struct {
	Text string // one sentence, without secrets
	Kind string // Text with "…" in place of its values: causes that differ only in values have the same
}

// verb is a place of a format into which a value goes.
var verb = regexp.MustCompile(`%[a-z]`)

// Because formats a cause.
func Because(format string, values ...any) Cause {
	return Cause{fmt.Sprintf(format, values...), verb.ReplaceAllString(format, "…")}
}

// ByFault is the cause of what a fault of the world refused.
var ByFault = Because("A fault of this world refused the call; the request may be right.")
