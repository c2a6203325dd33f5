package invoice

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"
)

// HSN is a master of codes of goods and services.
type HSN struct{ codes map[string]bool }

// ReadHSN reads a master: one code a line, alone or as the first column of a CSV file. Lines whose
// first column is no code, such as a header, are passed over.
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

// Has tells whether the master has a code. A nil master knows the chapters, the first two digits,
// and takes whatever continues one.
func (h *HSN) Has(code string) bool {
	if h == nil {
		return hasHSNShape(code) && len(code) > 2 && has(masters().Chapters, code[:2])
	}
	return h.codes[code]
}

func hasHSNShape(code string) bool {
	return len(code) >= 2 && len(code) <= 8 && len(code)%2 == 0 && strings.Trim(code, "0123456789") == ""
}
