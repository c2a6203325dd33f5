package invoice

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"fmt"
	"slices"
)

// Unruled is a code that no rule of this package has.
type Unruled struct {
	Code string
	By   string // who answers it instead: request, session, generate, cancel, read, ewaybill, taxpayer or nobody
	Why  string
}

//go:embed unruled.csv
var unruledCSV []byte

// UnruledCodes returns the codes of invoices, GSTINs and e-way bills without a rule, each with the
// reason: together with [Rules] they are all that NIC lists for them today.
func UnruledCodes() []Unruled { return must(readUnruled(unruledCSV)) }

func readUnruled(data []byte) ([]Unruled, error) {
	r := csv.NewReader(bytes.NewReader(data))
	r.Comment = '#'
	r.FieldsPerRecord = 3
	rows, err := r.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("reading unruled.csv: %w", err)
	}
	var codes []Unruled
	for i, row := range rows {
		if i > 0 { // below the header
			codes = append(codes, Unruled{row[0], row[1], row[2]})
		}
	}
	return slices.Clip(codes), nil
}
