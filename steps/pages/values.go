package pages

import (
	"fmt"
	"strconv"
	"time"

	"golang.org/x/net/html"
)

// Values are all values of that name, but for those in rows and in a refusal.
func (s *Screen) Values(name string) []string { return valuesIn(s.root, name) }

// Value is the first value of that name, "" if there is none.
func (s *Screen) Value(name string) string { return first(s.Values(name)) }

// Row is a row of a table.
type Row struct{ element Element }

// Rows are those of that name.
func (s *Screen) Rows(name string) (rows []Row) {
	for e := range s.elements() {
		if Attribute(e.Node, "data-row") == name {
			rows = append(rows, Row{e})
		}
	}
	return rows
}

// Value is the row's first value of that name, "" if there is none.
func (r Row) Value(name string) string { return first(valuesIn(r.element.Node, name)) }

// valuesIn are the values inside an element, but for those in rows and refusals inside it.
func valuesIn(within *html.Node, name string) (values []string) {
	for n := range within.Descendants() {
		if n.Type == html.ElementNode && Attribute(n, "data-value") == name && !setApart(n, within) {
			values = append(values, valueOf(n))
		}
	}
	return values
}

func setApart(n, within *html.Node) bool {
	for ; n != within; n = n.Parent {
		if Has(n, "data-row") || Has(n, "data-problem") {
			return true
		}
	}
	return false
}

func valueOf(n *html.Node) string {
	switch n.Data {
	case "time":
		return Attribute(n, "datetime")
	case "data":
		return Attribute(n, "value")
	}
	return Text(n)
}

func first(values []string) string {
	if len(values) == 0 {
		return ""
	}
	return values[0]
}

// reading reads values of a page, and keeps the first that could not be read.
type reading struct {
	screen *Screen
	err    error
}

func (r *reading) text(name string) string { return r.screen.Value(name) }

// time reads a value, the zero time if the page has none.
func (r *reading) time(name string) time.Time { return r.timeOf(name, r.text(name)) }

func (r *reading) timeOf(name, text string) time.Time {
	if text == "" {
		return time.Time{}
	}
	t, err := time.Parse(time.RFC3339, text)
	r.note(name, err)
	return t
}

// attempts reads how many wrong OTPs the flow still takes, 0 if the page does not say it.
func (r *reading) attempts() int {
	const name = "attemptsLeft"
	text := r.text(name)
	if text == "" {
		return 0
	}
	n, err := strconv.Atoi(text)
	r.note(name, err)
	return n
}

// need reads a value that the page must have.
func (r *reading) need(name string) string {
	text := r.text(name)
	if text == "" {
		r.note(name, fmt.Errorf("it is not there"))
	}
	return text
}

func (r *reading) note(name string, err error) {
	if err != nil && r.err == nil {
		r.err = fmt.Errorf("the value %q of %s: %w", name, r.screen, err)
	}
}
