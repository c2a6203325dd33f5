package schema

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
)

// Field is one row of a table.
type Field struct {
	Path     string // JSON path, [] for each element
	Label    string // name in messages
	Type     string // string, number, object or array
	Min, Max string // length of a string, value of a number, elements of an array; "" for no bound
	Decimals int    // of a number, at most
	Required bool   // of its parent
	Enum     []string
	Pattern  string // as NIC publishes it, for messages
	Source   string
}

var columns = []string{"path", "label", "type", "min", "max", "decimals", "required", "enum", "pattern", "source"}

// Fields reads a table; lines that begin with # are comments.
func Fields(data []byte) ([]Field, error) {
	r := csv.NewReader(bytes.NewReader(data))
	r.Comment = '#'
	header, err := r.Read()
	if !slices.Equal(header, columns) {
		return nil, fmt.Errorf("reading a table of fields: the header must be %s", strings.Join(columns, ","))
	}
	var fields []Field
	for err == nil {
		var row []string
		if row, err = r.Read(); err == nil {
			var f Field
			if f, err = field(row); err == nil {
				fields = append(fields, f)
			}
		}
	}
	if !errors.Is(err, io.EOF) {
		line, _ := r.FieldPos(0)
		return nil, fmt.Errorf("reading a table of fields, line %d: %w", line, err)
	}
	return fields, nil
}

func field(row []string) (Field, error) {
	f := Field{
		Path: row[0], Label: row[1], Type: row[2], Min: row[3], Max: row[4],
		Required: row[6] == "yes", Pattern: row[8], Source: row[9],
	}
	if row[7] != "" {
		f.Enum = strings.Split(row[7], "|")
	}
	if row[5] != "" {
		n, err := strconv.Atoi(row[5])
		if err != nil || n < 0 || n > 3 {
			return f, fmt.Errorf("%s: decimals must be 0 to 3", f.Path)
		}
		f.Decimals = n
	}
	if !slices.Contains([]string{"string", "number", "object", "array"}, f.Type) {
		return f, fmt.Errorf("%s: type must be string, number, object or array", f.Path)
	}
	if !slices.Contains([]string{"yes", "no", "cond"}, row[6]) {
		return f, fmt.Errorf("%s: required must be yes, no or cond", f.Path)
	}
	if f.Path == "" || f.Label == "" {
		return f, fmt.Errorf("%q: path and label must not be empty", f.Path)
	}
	for _, bound := range []string{f.Min, f.Max} {
		if _, err := decimal.NewFromString(bound); bound != "" && err != nil {
			return f, fmt.Errorf("%s: min and max must be numbers: %w", f.Path, err)
		}
	}
	return f, nil
}
