package pages

import (
	"fmt"
	"io"
	"iter"
	"net/http"
	"net/url"
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

// elements are all of the page.
func (s *Screen) elements() iter.Seq[Element] {
	return func(yield func(Element) bool) {
		index := 0
		for n := range s.root.Descendants() {
			if n.Type != html.ElementNode {
				continue
			}
			if !yield(Element{n, index}) {
				return
			}
			index++
		}
	}
}

// Attribute returns an attribute of an element, "" if it has none.
func Attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// Has tells whether an element has an attribute, with or without a value.
func Has(n *html.Node, name string) bool {
	for _, a := range n.Attr {
		if a.Key == name {
			return true
		}
	}
	return false
}

// Within returns the nearest of the node and what is around it that has the tag, nil if none has.
func Within(n *html.Node, tag string) *html.Node {
	for ; n != nil; n = n.Parent {
		if n.Type == html.ElementNode && n.Data == tag {
			return n
		}
	}
	return nil
}

// Text is what an element says, its blanks as a browser shows them.
func Text(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// Name is the page's data-page.
func (s *Screen) Name() string { return s.ofMain("data-page") }

// State is that of the page's flow, "" outside a flow.
func (s *Screen) State() string { return s.ofMain("data-state") }

func (s *Screen) ofMain(attribute string) string {
	for e := range s.elements() {
		if e.Data == "main" {
			return Attribute(e.Node, attribute)
		}
	}
	return ""
}
