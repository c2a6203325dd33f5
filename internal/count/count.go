// Package count writes numbers with their nouns.
package count

import (
	"strconv"
	"strings"
)

// Of returns a number with its noun: "1 request", "2 requests", "2 successes".
func Of(n int, noun string) string {
	switch {
	case n == 1:
	case strings.HasSuffix(noun, "s"):
		noun += "es"
	default:
		noun += "s"
	}
	return strconv.Itoa(n) + " " + noun
}
