package document

import "strings"

// Nearest returns the one of some names that is most like another one, without regard to case. It is not ok if the
// two have less than half of their characters in common.
func Nearest(name string, names []string) (nearest string, ok bool) {
	likest := -1
	for _, n := range names {
		if both := alike(strings.ToLower(n), strings.ToLower(name)); both > likest {
			nearest, likest = n, both
		}
	}
	return nearest, 2*likest >= max(len(name), len(nearest))
}

// alike is how many characters two names share at their beginning and their end.
func alike(a, b string) int {
	n, both, m := 0, min(len(a), len(b)), 0
	for n < both && a[n] == b[n] {
		n++
	}
	for n+m < both && a[len(a)-1-m] == b[len(b)-1-m] {
		m++
	}
	return n + m
}
