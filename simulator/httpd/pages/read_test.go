package pages_test

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

func (b *tab) all(element string) []*html.Node {
	var found []*html.Node
	for n := range b.doc.Descendants() {
		if n.Type == html.ElementNode && n.Data == element {
			found = append(found, n)
		}
	}
	return found
}

// find returns the first element of that name, or of any name if it is empty, for which wanted holds.
func find(from *html.Node, element string, wanted func(*html.Node) bool) *html.Node {
	for n := range from.Descendants() {
		if n.Type == html.ElementNode && (element == "" || n.Data == element) && wanted(n) {
			return n
		}
	}
	return nil
}

func attribute(n *html.Node, name string) string {
	if n != nil {
		for _, a := range n.Attr {
			if a.Key == name {
				return a.Val
			}
		}
	}
	return ""
}

func has(n *html.Node, name string) bool {
	for _, a := range n.Attr {
		if a.Key == name {
			return true
		}
	}
	return false
}

// words returns the text of an element with single blanks.
func words(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// marked returns the texts of the elements whose attribute has a value, in document order.
func (b *tab) marked(name, value string) []string {
	var found []string
	for n := range b.doc.Descendants() {
		if n.Type == html.ElementNode && attribute(n, name) == value {
			found = append(found, words(n))
		}
	}
	return found
}

// value returns the first value of a name.
func (b *tab) value(name string) string {
	if found := b.marked("data-value", name); len(found) > 0 {
		return found[0]
	}
	return ""
}

// page returns the page's name and state.
func (b *tab) page() string {
	main := find(b.doc, "main", func(*html.Node) bool { return true })
	return strings.TrimSpace(attribute(main, "data-page") + " " + attribute(main, "data-state"))
}

// problem returns the code of the refusal that is shown, and the refused fields.
func (b *tab) problem() (code string, fields []string) {
	shown := find(b.doc, "", func(n *html.Node) bool { return has(n, "data-problem") })
	if shown == nil {
		return "", nil
	}
	for n := range shown.Descendants() {
		if n.Type == html.ElementNode && has(n, "data-field") {
			fields = append(fields, attribute(n, "data-field"))
		}
	}
	return attribute(shown, "data-problem"), fields
}

// on fails the test unless that page is shown, in that state and without a refusal.
func (b *tab) on(page string) *tab {
	b.t.Helper()
	if code, _ := b.problem(); b.page() != page || code != "" || b.status != 200 {
		b.t.Fatalf("at %s: page %q with problem %q and status %d; want page %q", b.at, b.page(), code, b.status, page)
	}
	return b
}

// refused fails the test unless the page shows that refusal, for the fields given. The refusal of a form is on a page
// with status 200; any other refusal has its own status.
func (b *tab) refused(status int, code string, fields ...string) *tab {
	b.t.Helper()
	got, at := b.problem()
	of := find(b.doc, "", func(n *html.Node) bool { return has(n, "data-problem") })
	direct := !b.at.Query().Has("again")
	if got != code || attribute(of, "data-status") != strconv.Itoa(status) || direct && b.status != status || !direct &&
		b.status != 200 || strings.Join(at, " ") != strings.Join(fields, " ") {
		b.t.Errorf("at %s: %d %q for %v; want %d %q for %v", b.at, b.status, got, at, status, code, fields)
	}
	return b
}
