package main

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/nicsim/nicsim/simulator/irp/invoice/schema"
)

// payload is an invoice of a file. Its JSON names are a contract.
type payload struct {
	File  string `json:"file"`            // - for standard input
	Index *int   `json:"index,omitempty"` // in the array that the file has
	text  string
}

// name is the file, with the index of the invoice if it has an array.
func (p payload) name() string {
	name := p.File
	if name == "-" {
		name = "standard input"
	}
	if p.Index != nil {
		name += fmt.Sprintf("[%d]", *p.Index)
	}
	return name
}

// payloads reads the invoices of files, or of standard input without one. A file has one, or an array.
func (p program) payloads(files []string) ([]payload, error) {
	if len(files) == 0 {
		files = []string{"-"}
	}
	var all []payload
	for _, file := range files {
		text, err := p.input([]string{file})
		if err != nil {
			return nil, err
		}
		whole := payload{File: file}
		objects, isArray, err := schema.Objects(string(text))
		if err != nil {
			return nil, wrongUse{fmt.Errorf("%s: invalid JSON at %w", whole.name(), err),
				"an invoice is one JSON object, and a file has one or an array; 'nicsim invoice new' writes one"}
		}
		if len(objects) == 0 {
			return nil, wrongUse{fmt.Errorf("%s: the array is empty", whole.name()), "give a file with an invoice"}
		}
		for i, object := range objects {
			each := payload{File: file, text: object}
			if isArray {
				each.Index = &i
			}
			if isSealed(object) {
				return nil, wrongUse{fmt.Errorf("%s: the document is sealed: its content is encrypted in Data", each.name()),
					"'nicsim open' decrypts it with the session key (SEK); check what it prints"}
			}
			all = append(all, each)
		}
	}
	return all, nil
}

// isSealed reports whether a document is the body of a request or an answer, as it is on the wire.
func isSealed(text string) bool {
	var document map[string]json.RawMessage
	if err := json.Unmarshal([]byte(text), &document); err != nil {
		return false
	}
	var sealed string
	for name, value := range document {
		if strings.EqualFold(name, "Data") && json.Unmarshal(value, &sealed) == nil {
			return document["DocDtls"] == nil
		}
	}
	return false
}
