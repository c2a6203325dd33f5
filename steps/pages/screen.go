package pages

import (
	"fmt"
	"io"
	"iter"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// Screen is a page as it was opened.
type Screen struct {
	Address *url.URL
	Status  int         // HTTP status
	Header  http.Header // of the answer
	root    *html.Node
}

// Read parses a page.
func Read(address *url.URL, status int, header http.Header, markup io.Reader) (*Screen, error) {
	root, err := html.Parse(markup)
	if err != nil {
		return nil, fmt.Errorf("reading the page %s: %w", address.Path, err)
	}
	return &Screen{Address: address, Status: status, Header: header, root: root}, nil
}

// Element is an element of a screen.
type Element struct {
	*html.Node
	Index int // among all elements of the page, in the order of its markup
}

// elements are those of the page with a tag, "" for all.
func (s *Screen) elements(tag string) iter.Seq[Element] {
	return func(yield func(Element) bool) {
		index := -1
		for n := range s.root.Descendants() {
			if n.Type != html.ElementNode {
				continue
			}
			index++
			if (tag == "" || n.Data == tag) && !yield(Element{n, index}) {
				return
			}
		}
	}
}

// Attribute returns an attribute of an element, "" if it has none.
func Attribute(n *html.Node, name string) string {
	if i := attribute(n, name); i >= 0 {
		return n.Attr[i].Val
	}
	return ""
}

// Has reports whether an element has an attribute, with or without a value.
func Has(n *html.Node, name string) bool { return attribute(n, name) >= 0 }

func attribute(n *html.Node, name string) int {
	return slices.IndexFunc(n.Attr, func(a html.Attribute) bool { return a.Key == name })
}

// Within returns the nearest element with the tag among the node and those around it, nil if there is none.
func Within(n *html.Node, tag string) *html.Node {
	for ; n != nil; n = n.Parent {
		if n.Type == html.ElementNode && n.Data == tag {
			return n
		}
	}
	return nil
}

// Content returns the text of an element as it is written.
func Content(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}

// Text returns the text of an element with its blanks as a browser shows them.
func Text(n *html.Node) string { return strings.Join(strings.Fields(Content(n)), " ") }

// Name returns the page's data-page.
func (s *Screen) Name() string { return s.ofMain("data-page") }

// State returns the state of the page's flow, "" outside a flow.
func (s *Screen) State() string { return s.ofMain("data-state") }

func (s *Screen) ofMain(attribute string) string {
	for e := range s.elements("main") {
		return Attribute(e.Node, attribute)
	}
	return ""
}
