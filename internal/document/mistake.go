package document

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Mistake is one reason why a document cannot be used. It repeats no value of the document, which may be a secret.
type Mistake struct {
	File         string // the name of the document
	Line, Column int    // from 1, the column in characters
	Member       string // such as worlds[0].taxpayers[1].gstin; empty for the whole document
	Code         string // for programs: one of the codes of this package, or another one
	Message      string // what the member must be
}

// The codes of mistakes.
const (
	Invalid   = "value-invalid"
	Missing   = "value-missing"
	Unknown   = "member-unknown"
	Malformed = "malformed-request"
)

// String returns file:line:column: member: message.
func (m Mistake) String() string {
	text := fmt.Sprintf("%s:%d:%d: ", m.File, m.Line, m.Column)
	if m.Member != "" {
		text += m.Member + ": "
	}
	return text + m.Message
}

// Error is every mistake of a document, in the order of the document.
type Error struct{ Mistakes []Mistake }

// Error returns one line for each mistake.
func (e *Error) Error() string {
	lines := make([]string, len(e.Mistakes))
	for i, m := range e.Mistakes {
		lines[i] = m.String()
	}
	return strings.Join(lines, "\n")
}

// mostMistakes is how many mistakes an Error has, besides one that says that there are more.
const mostMistakes = 200

// errorOf returns the Error of mistakes, or nil if there are none.
func errorOf(mistakes []Mistake) error {
	if len(mistakes) == 0 {
		return nil
	}
	slices.SortStableFunc(mistakes, func(a, b Mistake) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	if len(mistakes) > mostMistakes {
		last := &mistakes[mostMistakes]
		last.Member, last.Code, last.Message = "", Invalid, "there are more mistakes from here on"
		mistakes = mistakes[:mostMistakes+1]
	}
	return &Error{mistakes}
}
