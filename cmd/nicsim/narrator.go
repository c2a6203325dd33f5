package main

import (
	"encoding/json"
	"io"
)

// narrator tells of a walk while it goes on.
type narrator interface {
	begin(walkReport)
	section(sectionReport)
	step(stepReport)
	failure(failure)
	api(credentials)      // what is tried at the API now
	end(walkReport) error // returns the first error of writing
}

func (p program) narrator(asJSON bool) narrator {
	if asJSON {
		return jsonNarrator{p.out}
	}
	return &textNarrator{page: page{out: p.out, bold: p.wantsBold()}, drawsQR: p.onTerminal()}
}

// jsonNarrator says everything at the end, in one document.
type jsonNarrator struct{ out io.Writer }

func (jsonNarrator) begin(walkReport)      {}
func (jsonNarrator) section(sectionReport) {}
func (jsonNarrator) step(stepReport)       {}
func (jsonNarrator) failure(failure)       {}
func (jsonNarrator) api(credentials)       {}

func (n jsonNarrator) end(r walkReport) error { return writeJSON(n.out, r) }

func writeJSON(out io.Writer, document any) error {
	encoder := json.NewEncoder(out)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(document)
}
