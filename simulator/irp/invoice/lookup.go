package invoice

import (
	"slices"
	"strings"
	"sync"

	"github.com/shopspring/decimal"

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

func isParty(stateCode string) bool         { return masters().States[state(stateCode)].Party }
func isPlaceOfSupply(stateCode string) bool { return masters().States[state(stateCode)].POS }

func has(codes map[string]string, code string) bool {
	_, ok := codes[strings.ToUpper(code)]
	return ok
}

func rateAccepted(rate decimal.Decimal) bool { return masters().Rates[rate.String()] }

// statesOfPIN has the states of each three first digits.
var statesOfPIN = sync.OnceValue(func() [][]string {
	index := make([][]string, 1000)
	for _, r := range masters().PINRanges {
		for prefix := r.From; prefix <= r.To; prefix++ {
			index[prefix] = append(index[prefix], r.State)
		}
	}
	return index
})

// pinStates are the states in which a PIN code may be: several at borders, none if it is no PIN code.
func pinStates(pin int) []string {
	if pin < 100000 || pin > 999999 {
		return nil
	}
	return statesOfPIN()[pin/1000]
}

// hasPINs reports whether PIN codes of a state are known.
func hasPINs(stateCode string) bool {
	return slices.ContainsFunc(masters().PINRanges, func(r fixtures.PINRange) bool { return r.State == stateCode })
}
