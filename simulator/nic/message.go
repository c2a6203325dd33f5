package nic

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// ErrorCode is one row of NIC's lists of error codes.
type ErrorCode struct {
	Code    string // "2172"; one has letters, "SYS_5001"
	Message string // NIC's text; {0}, {1} are places to fill in
	Group   string // vital, irn, gstin, ewb, ewb-system, portal, app or schema
	Status  string // current, listed or old, see errors.csv
}

//go:embed errors.csv
var errorsCSV []byte

type catalogue struct {
	rows   []ErrorCode
	byCode map[string]ErrorCode
}

// errorCodes reads the list on first use, since most commands never need it.
var errorCodes = sync.OnceValue(func() catalogue {
	rows, err := readErrorCodes(errorsCSV)
	if err != nil {
		panic(err) // part of the program, and read by a test
	}
	c := catalogue{rows, make(map[string]ErrorCode, len(rows))}
	for _, row := range rows {
		c.byCode[row.Code] = row
	}
	return c
})

// ErrorCodes returns every code of NIC's with a published text, in the order of errors.csv. The
// slice is the caller's own.
func ErrorCodes() []ErrorCode { return slices.Clone(errorCodes().rows) }

// ErrorCodeOf looks a code up.
func ErrorCodeOf(code string) (ErrorCode, bool) {
	row, ok := errorCodes().byCode[code]
	return row, ok
}

// Message returns the text that NIC publishes for one of its error codes ("3030" is "Invalid
// Gstin"), word for word, NIC's own spelling errors included. Places to fill in are left as {0}, {1}. It is
// not ok for a code without a published text.
func Message(code string) (string, bool) {
	row, ok := errorCodes().byCode[code]
	return row.Message, ok
}

// FillMessage is [Message] with {0}, {1} … replaced. A place for which there is no value stays.
// The values are not searched for further places.
func FillMessage(code string, values ...string) (string, bool) {
	text, ok := Message(code)
	if len(values) == 0 {
		return text, ok
	}
	pairs := make([]string, 0, 2*len(values))
	for n, value := range values {
		pairs = append(pairs, "{"+strconv.Itoa(n)+"}", value)
	}
	return strings.NewReplacer(pairs...).Replace(text), ok
}

// readErrorCodes reads code,message,group,status below a header; lines that begin with # are
// comments.
func readErrorCodes(data []byte) ([]ErrorCode, error) {
	r := csv.NewReader(bytes.NewReader(data))
	r.Comment = '#'
	header, err := r.Read()
	if err != nil {
		return nil, fmt.Errorf("reading errors.csv: %w", err)
	}
	if !slices.Equal(header, []string{"code", "message", "group", "status"}) {
		return nil, errors.New("reading errors.csv: the header must be code,message,group,status")
	}
	var rows []ErrorCode
	seen := map[string]bool{}
	for {
		f, err := r.Read()
		if err == io.EOF {
			return rows, nil
		}
		if err != nil {
			return nil, fmt.Errorf("reading errors.csv: %w", err)
		}
		line, _ := r.FieldPos(0)
		switch row := (ErrorCode{f[0], f[1], f[2], f[3]}); {
		case seen[row.Code] || !isErrorCode(row.Code) || row.Message == "" || row.Group == "":
			return nil, fmt.Errorf("reading errors.csv: line %d: want a new code, its text and its group", line)
		case row.Status != "current" && row.Status != "listed" && row.Status != "old":
			return nil, fmt.Errorf("reading errors.csv: line %d: status must be current, listed or old", line)
		default:
			seen[row.Code] = true
			rows = append(rows, row)
		}
	}
}

// isErrorCode reports whether s has the shape of NIC's codes: four digits, three in the e-way bill
// system, or SYS_ before four.
func isErrorCode(s string) bool {
	return fits(s, "dddd") || fits(s, "ddd") || fits(strings.TrimPrefix(s, "SYS_"), "dddd")
}
