package main

import (
	"encoding/json"
	"fmt"
	"io"
)

// narrator reports a walk: as text, step by step, or as one JSON document at the end.
type narrator struct {
	page              // of the text; written nowhere for JSON
	drawsQR bool      // draws the last QR code
	json    io.Writer // nil for text
}

func (p program) narrator(asJSON bool) *narrator {
	if asJSON {
		return &narrator{page: page{out: io.Discard}, json: p.out}
	}
	return &narrator{page: page{out: p.out, bold: p.wantsBold()}, drawsQR: isTerminal(p.out)}
}

func writeJSON(out io.Writer, document any) error {
	encoder := json.NewEncoder(out)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(document)
}

// report writes a document as JSON, or as text.
func (p program) report(asJSON bool, document interface{ print(page page) error }) (err error) {
	if asJSON {
		err = writeJSON(p.out, document)
	} else {
		err = document.print(page{out: p.out, bold: p.wantsBold()})
	}
	if err != nil {
		return fmt.Errorf("writing the output: %w", err)
	}
	return nil
}
