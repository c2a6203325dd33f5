package invoice

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"
)

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
// digits.
func (h *HSN) Has(code string) bool {
	if h == nil {
		return hasHSNShape(code) && len(code) > 2 && has(masters().Chapters, code[:2])
	}
	return h.codes[code]
}

func hasHSNShape(code string) bool {
	return len(code) >= 2 && len(code) <= 8 && len(code)%2 == 0 && strings.Trim(code, "0123456789") == ""
}
