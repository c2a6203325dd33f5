// Package seeded has the tests of a run draw the same each time. All chance in them follows from the
// variable NICSIM_SEED, which make test sets and prints; without it each test draws anew. A test
// that uses rapid imports this package, be it for its effect alone.
package seeded

import (
	"flag"
	"fmt"
	"hash/fnv"
	"os"
	"strconv"

	_ "pgregory.net/rapid" // whose flag is set below
)

// Number is the seed of the run as a number, or 0 when there is none.
func Number() int64 {
	text := os.Getenv("NICSIM_SEED")
	if text == "" {
		return 0
	}
	h := fnv.New64a()
	_, _ = h.Write([]byte(text)) // never fails
	return int64(h.Sum64()>>33) | 1
}

func init() {
	seed := Number()
	if seed == 0 {
		return
	}
	if err := flag.Set("rapid.seed", strconv.FormatInt(seed, 10)); err != nil {
		panic(fmt.Sprintf("seeding rapid: %v", err))
	}
}
