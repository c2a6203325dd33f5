package nic

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"fmt"
	"sync"
)

//go:embed remedies.csv
var remediesCSV []byte

// Remedy says why a code is answered and what to do then.
type Remedy struct{ Cause, Remedy string }

// remedies reads the table on first use.
var remedies = sync.OnceValue(func() map[string]Remedy {
	byCode, err := readRemedies(remediesCSV)
	if err != nil {
		panic(err) // part of the program, and read by a test
	}
	return byCode
})

func readRemedies(document []byte) (map[string]Remedy, error) {
	table := csv.NewReader(bytes.NewReader(document))
	table.Comment, table.FieldsPerRecord = '#', 3
	rows, err := table.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("reading remedies.csv: %w", err)
	}
	byCode := make(map[string]Remedy, len(rows))
	for _, row := range rows[1:] { // the first names the columns
		if _, twice := byCode[row[0]]; twice {
			return nil, fmt.Errorf("reading remedies.csv: code %s has two rows", row[0])
		}
		byCode[row[0]] = Remedy{row[1], row[2]}
	}
	return byCode, nil
}

// RemedyOf returns the remedy of the first of the codes that has one: NIC's code, or the simulator's code of a refusal
// to which NIC gives none. It is empty for codes that a rule explains, and for codes that are not answered.
func RemedyOf(codes ...string) Remedy {
	for _, code := range codes {
		if found, ok := remedies()[code]; ok {
			return found
		}
	}
	return Remedy{}
}
