package journal

import (
	"slices"
	"strings"
)

// The lengths of a request line that are kept, in bytes. The simulator's own paths are less than half as long.
const (
	longestMethod = 16
	longestPath   = 512
)

// The limits of an exchange besides those of its bodies and headers: in bytes, a location, a short text such as a code
// or a media type, and a sentence; and refused fields.
const (
	longestLocation = longestPath + longestQuery
	longestShort    = 128
	longestSentence = 2 << 10
	longestMessage  = 512 // of a field
	maxFields       = 100
	maxFaults       = 20
)

// bound cuts what is longer than an exchange may be, and copies all texts that may be parts of larger ones: a part
// keeps the whole text in memory.
func (e *Exchange) bound() {
	cut(longestMethod, &e.Method)
	cut(longestPath, &e.Path)
	cut(longestQuery, &e.Query)
	cut(longestLocation, &e.Location)
	cut(longestShort, &e.RequestID, &e.Sent, &e.Answered, &e.RetryAfter)
	e.Request, e.Response = fitting(e.Request), fitting(e.Response)
	e.Faults = e.Faults[:min(len(e.Faults), maxFaults)]
	if e.Reason == nil {
		return
	}
	r := *e.Reason // the caller's stays as it is
	cut(longestShort, &r.Code, &r.NICCode)
	cut(longestSentence, &r.Detail, &r.Cause, &r.Remedy, &r.Kind)
	if over := len(r.Fields) - maxFields; over > 0 {
		r.FieldsLeftOut += over
		r.Fields = r.Fields[:maxFields]
	}
	r.Fields = slices.Clone(r.Fields)
	for i := range r.Fields {
		f := &r.Fields[i]
		cut(longestShort, &f.Code, &f.Rule)
		cut(longestMessage, &f.Field, &f.Message, &f.Want)
	}
	e.Reason = &r
}

// cut replaces texts by copies of their beginnings.
func cut(limit int, texts ...*string) {
	for _, text := range texts {
		*text = begin(*text, limit)
	}
}

// begin copies the beginning of a text, in whole characters.
func begin(text string, limit int) string {
	if len(text) <= limit {
		return strings.Clone(text)
	}
	return strings.ToValidUTF8(strings.Clone(text[:limit]), "")
}

// fitting returns a body whose array is not much larger than the body.
func fitting(body []byte) []byte {
	if cap(body) > 2*len(body) {
		return slices.Clone(body)
	}
	return body
}

// perExchange and perItem are about what an exchange, and a header or a field, occupy besides their texts.
const (
	perExchange = 600
	perItem     = 96
)

// size is about how many bytes the exchange occupies.
func (e *Exchange) size() int {
	n := perExchange + len(e.Path) + len(e.Query) + len(e.Location) + cap(e.Request) + cap(e.Response)
	for _, h := range e.Headers {
		n += perItem + len(h.Name) + len(h.Value)
	}
	if r := e.Reason; r != nil {
		n += perExchange + len(r.Detail) + len(r.Cause) + len(r.Remedy) + len(r.Kind)
		for _, f := range r.Fields {
			n += perItem + len(f.Field) + len(f.Code) + len(f.Message) + len(f.Rule) + len(f.Want)
		}
	}
	return n
}
