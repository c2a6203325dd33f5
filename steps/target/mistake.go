package target

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

// Mistake is one reason why a file cannot be used. It repeats no value of the file, which may be a secret.
type Mistake struct {
	File         string
	Line, Column int    // from 1, the column in characters
	Member       string // such as limits.perMinute; empty for the whole file
	Message      string // what the member must be
}

// String returns file:line:column: member: message.
func (m Mistake) String() string {
	text := fmt.Sprintf("%s:%d:%d: ", m.File, m.Line, m.Column)
	if m.Member != "" {
		text += m.Member + ": "
	}
	return text + m.Message
}

// Error is every mistake of a file, in the order of the file.
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
const mostMistakes = 100

// mistakes collects the mistakes of a file.
type mistakes struct {
	file string
	all  []Mistake
}

func (m *mistakes) add(at *yaml.Node, member, format string, values ...any) {
	m.all = append(m.all, Mistake{m.file, max(at.Line, 1), max(at.Column, 1), member, fmt.Sprintf(format, values...)})
}

// full reports whether there are more mistakes than an Error has. The rest of the file is not read then.
func (m *mistakes) full() bool { return len(m.all) > mostMistakes }

// err is the Error of the mistakes, nil if there are none.
func (m *mistakes) err() error {
	if len(m.all) == 0 {
		return nil
	}
	slices.SortStableFunc(m.all, func(a, b Mistake) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	if m.full() {
		last := &m.all[mostMistakes]
		last.Member, last.Message = "", "there are more mistakes from here on"
		m.all = m.all[:mostMistakes+1]
	}
	return &Error{m.all}
}
