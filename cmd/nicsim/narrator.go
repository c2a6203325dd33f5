package main

import (
	"encoding/json"
	"io"
)

// narrator reports a walk while it goes on.
type narrator interface {
	begin(walkReport)
	section(sectionReport)
	step(stepReport)
	failure(failure)
	api(credentials)      // the steps at the API begin
	end(walkReport) error // returns the first error of writing
}

func (p program) narrator(asJSON bool) narrator {
	if asJSON {
		return jsonNarrator{p.out}
	}
	return &textNarrator{page: page{out: p.out, bold: p.wantsBold()}, drawsQR: p.onTerminal()}
}

// jsonNarrator writes one document, at the end.
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
