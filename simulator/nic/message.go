package nic

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"fmt"
	"io"
	"sync"
)

//go:embed errors.csv
var errorsCSV []byte

// catalogue is read on the first question, not at start: most commands never refuse anything.
var catalogue = sync.OnceValue(func() map[string]string {
	messages, err := readMessages(errorsCSV)
	if err != nil {
		panic(err) // part of the program, and read by a test
	}
	return messages
})

// Message returns the text that NIC publishes for one of its error codes ("3030" is "Invalid
// Gstin"), word for word, NIC's own slips included. Places to fill in are left as {0}, {1}. It is
// not ok for a code without a published text.
func Message(code string) (string, bool) {
	text, ok := catalogue()[code]
	return text, ok
}

// readMessages reads lines of code,message; lines that begin with # are comments.
func readMessages(data []byte) (map[string]string, error) {
	r := csv.NewReader(bytes.NewReader(data))
	r.Comment = '#'
	r.FieldsPerRecord = 2
	messages := make(map[string]string, 100)
	for {
		row, err := r.Read()
		if err == io.EOF {
			return messages, nil
		}
		if err != nil {
			return nil, fmt.Errorf("reading errors.csv: %w", err)
		}
		line, _ := r.FieldPos(0)
		if _, twice := messages[row[0]]; twice || !fits(row[0], "dddd") || row[1] == "" {
			return nil, fmt.Errorf("reading errors.csv: line %d: want a new code of four digits and its text", line)
		}
		messages[row[0]] = row[1]
	}
}
