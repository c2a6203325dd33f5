package scene

import (
	"regexp"
	"strings"
)

// Shown finds the first answer of a portal in which the text stands as a word of its own.
func (t *Trace) Shown(text string) (Exchange, bool) {
	for _, e := range t.All("") {
		if e.Shows(text) {
			return e, true
		}
	}
	return Exchange{}, false
}

// Shows tells whether the answer, in its body or a header, has the text as a word of its own, in
// either case. Pictures are passed over: what they show is for people.
func (e Exchange) Shows(text string) bool {
	var b strings.Builder
	if !strings.HasPrefix(e.media(), "image/") {
		b.Write(e.Got)
	}
	for _, values := range e.Header {
		b.WriteString("\n" + strings.Join(values, "\n"))
	}
	word := regexp.MustCompile(`(?i)(^|[^0-9a-z])` + regexp.QuoteMeta(text) + `($|[^0-9a-z])`)
	return word.MatchString(b.String())
}
