// Package seeded makes the random values of tests repeatable. They follow from the variable
// NICSIM_SEED, which make test sets and prints. Without it each run draws other values. A test
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
