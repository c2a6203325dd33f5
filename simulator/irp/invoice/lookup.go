package invoice

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"

	"github.com/nicsim/nicsim/fixtures"
)

// masters are read on the first question.
var masters = sync.OnceValue(func() *fixtures.Masters {
	return must(fixtures.LoadMasters())
})

// must returns a table that is part of the program. It panics on an error, which a test would have found.
func must[T any](table T, err error) T {
	if err != nil {
		panic(err)
	}
	return table
}

func isParty(stateCode string) bool { return masters().States[state(stateCode)].Party }

func has(codes map[string]string, code string) bool {
	_, ok := codes[strings.ToUpper(code)]
	return ok
}

// statesOfPIN has the states of each three first digits.
var statesOfPIN = sync.OnceValue(func() map[int][]string {
	index := map[int][]string{}
	for _, r := range masters().PINRanges {
		for prefix := r.From; prefix <= r.To; prefix++ {
			index[prefix] = append(index[prefix], r.State)
		}
	}
	return index
})

// pinStates are the states in which a PIN code may be: several at borders, none if it is no PIN code.
func pinStates(pin int) []string { return statesOfPIN()[pin/1000] }

// hasPINs reports whether PIN codes of a state are known.
func hasPINs(stateCode string) bool {
	return slices.ContainsFunc(masters().PINRanges, func(r fixtures.PINRange) bool { return r.State == stateCode })
}

// HSN is a list of all codes of goods and services (Harmonized System of Nomenclature).
type HSN struct{ codes map[string]bool }

// ReadHSN reads a list of codes: one code a line, alone or in the first column of a CSV file. It skips lines
// that do not begin with a code, such as a header.
func ReadHSN(r io.Reader) (*HSN, error) {
	h := &HSN{map[string]bool{}}
	lines := bufio.NewScanner(r)
	for lines.Scan() {
		first, _, _ := strings.Cut(lines.Text(), ",")
		if code := strings.Trim(first, "\" \t\ufeff"); hasHSNShape(code) {
			h.codes[code] = true
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("reading a master of HSN codes: %w", err)
	}
	if len(h.codes) == 0 {
		return nil, errors.New("reading a master of HSN codes: no line begins with a code of 2, 4, 6 or 8 digits")
	}
	return h, nil
}

// Has reports whether the list has a code. A nil list accepts every code of a known chapter, the first two
// digits, except those that NIC's list is known to lack.
func (h *HSN) Has(code string) bool {
	if h == nil {
		return hasHSNShape(code) && len(code) != 2 && has(masters().Chapters, code[:2]) && !has(masters().HSNGaps, code)
	}
	return h.codes[code]
}

func hasHSNShape(code string) bool {
	return len(code) >= 2 && len(code) <= 8 && len(code)%2 == 0 && strings.Trim(code, "0123456789") == ""
}
