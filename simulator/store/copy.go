package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// line is a record in a copy of a store.
type line struct {
	Form   string          `json:"form"`
	Record json.RawMessage `json:"record"`
}

// Copy writes all records that are part of a state, one in a line.
func Copy(r Reader, to io.Writer) error {
	lines := json.NewEncoder(to)
	for _, f := range Forms(Inside) {
		all, err := r.Records(f)
		if err != nil {
			return fmt.Errorf("copying the %s: %w", f.Name, err)
		}
		for _, record := range all {
			text, err := json.Marshal(record)
			if err != nil {
				return fmt.Errorf("copying the %s: %w", f.Name, err)
			}
			if err := lines.Encode(line{f.Name, text}); err != nil {
				return err
			}
		}
	}
	return nil
}

// Fill writes all records of another store that are part of a state. The store of tx must have none.
func Fill(tx Tx, from Reader) error {
	for _, f := range Forms(Inside) {
		all, err := from.Records(f)
		if err == nil {
			err = tx.AddRecords(f, all)
		}
		if err != nil {
			return fmt.Errorf("writing the %s: %w", f.Name, err)
		}
	}
	return nil
}

// Replace puts what Copy wrote in the place of the records that are part of a state.
func Replace(tx Tx, from io.Reader) error {
	forms := map[string]Form{}
	for _, f := range Forms(Inside) {
		forms[f.Name] = f
		if err := tx.Clear(f); err != nil {
			return fmt.Errorf("deleting the %s: %w", f.Name, err)
		}
	}
	for lines := json.NewDecoder(from); ; {
		var l line
		if err := lines.Decode(&l); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return fmt.Errorf("reading a copy: %w", err)
		}
		f, known := forms[l.Form]
		if !known {
			return fmt.Errorf("reading a copy: there are no %s", l.Form)
		}
		if err := tx.AddRecord(f, l.Record); err != nil {
			return fmt.Errorf("reading a copy of the %s: %w", l.Form, err)
		}
	}
}
