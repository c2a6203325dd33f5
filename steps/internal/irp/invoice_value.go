package irp

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"
	"time"

	"github.com/nicsim/nicsim/steps/internal/scene"
)

// assign puts a value at a JSON path; what is not there on the way comes into being.
func (i invoice) assign(path, value string, today time.Time) error {
	at := i
	parts := strings.Split(path, ".")
	for _, part := range parts[:len(parts)-1] {
		m := element.FindStringSubmatch(part)
		if m == nil {
			return fmt.Errorf("%q is not a path", path)
		}
		if m[2] == "" {
			at = at.object(m[1])
			continue
		}
		n, err := strconv.Atoi(m[2])
		if err != nil {
			return fmt.Errorf("%q is not a path: %w", path, err)
		}
		list, _ := at[m[1]].([]any)
		if n == len(list) {
			list = append(list, invoice{})
			at[m[1]] = list
		}
		if n >= len(list) {
			return fmt.Errorf("%s leads past the end of the list", path)
		}
		at = list[n].(invoice)
	}
	member := parts[len(parts)-1]
	if value == "none" {
		delete(at, member)
		return nil
	}
	assigned, err := valueOf(member, value, today)
	at[member] = assigned
	return err
}

func valueOf(member, value string, today time.Time) (any, error) {
	if m := someDay.FindStringSubmatch(value); m != nil {
		days := 0
		if m[1] != "" {
			var err error
			if days, err = strconv.Atoi(m[1]); err != nil {
				return nil, fmt.Errorf("%q is not a day: %w", value, err)
			}
		}
		return written(today.In(scene.InIndia).AddDate(0, 0, days)), nil
	}
	if value == "null" {
		return nil, nil
	}
	if text, ok := strings.CutPrefix(value, "text "); ok {
		return text, nil
	}
	if length, ok := strings.CutPrefix(value, "letters "); ok {
		n, err := strconv.Atoi(length)
		if err != nil {
			return nil, fmt.Errorf("%q is no number of letters: %w", value, err)
		}
		return strings.Repeat("a", n), nil
	}
	if _, ok := new(big.Rat).SetString(value); ok && isNumeric(member) {
		return number(value), nil
	}
	return value, nil
}

// sameNumber compares two numbers that may be written differently.
func sameNumber(one, other string) bool {
	a, ok := new(big.Rat).SetString(one)
	b, okToo := new(big.Rat).SetString(other)
	return ok && okToo && a.Cmp(b) == 0
}
