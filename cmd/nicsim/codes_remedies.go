package main

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"fmt"
	"strings"
)

//go:embed remedies.csv
var remediesCSV []byte

// remedyOf is the reason for a code and what to do then. Both are empty for codes that a rule explains and
// for codes that nicsim does not answer.
func remedyOf(code string) (cause, remedy string, err error) {
	table := csv.NewReader(bytes.NewReader(remediesCSV))
	table.Comment = '#'
	table.FieldsPerRecord = 3
	rows, err := table.ReadAll()
	if err != nil {
		return "", "", fmt.Errorf("reading remedies.csv: %w", err)
	}
	for _, row := range rows {
		if row[0] == code {
			return row[1], row[2], nil
		}
	}
	return "", "", nil
}

// sourceWords spells out the abbreviated source of a rule.
func sourceWords(source string) string {
	parts := strings.Split(source, ", ")
	for i, part := range parts {
		mark, rest, _ := strings.Cut(part, ";")
		word, number := strings.TrimRight(mark, "0123456789"), strings.TrimLeft(mark, "EVICW")
		about, known := map[string]string{
			"E": "NIC's list of errors", "V": "NIC's validations of an invoice",
			"VE": "NIC's validations for e-commerce operators",
			"VI": "NIC's validations of lines", "VC": "NIC's validations of calculations",
			"VW": "NIC's validations of e-way bills",
		}[word]
		if !known {
			continue
		}
		if number != "" {
			about += ", no. " + number
		}
		if rest != "" {
			about += ";" + rest
		}
		parts[i] = about
	}
	return strings.Join(parts, "; ")
}
