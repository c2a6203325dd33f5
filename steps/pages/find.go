package pages

import (
	"fmt"
	"strings"

	"golang.org/x/net/html"
)

// String names the page for an error.
func (s *Screen) String() string {
	if name := s.Name(); name != "" {
		return fmt.Sprintf("the page %q at %s", name, s.Address.Path)
	}
	return fmt.Sprintf("the page at %s, which does not say its name", s.Address.Path)
}

// missing is the error of looking for something that a page does not have.
func (s *Screen) missing(kind, wanted string, there []string) error {
	if len(there) == 0 {
		return fmt.Errorf("there is no %s %q on %s, which has none at all", kind, wanted, s)
	}
	return fmt.Errorf("there is no %s %q on %s, only %q", kind, wanted, s, there)
}

// Link finds a link by its text.
func (s *Screen) Link(text string) (Element, error) { return s.LinkOf(Row{s.root}, text) }

// LinkOf finds a link of a row by its text.
func (s *Screen) LinkOf(r Row, text string) (Element, error) {
	return s.byText("link", "a", text, func(e Element) (bool, bool) {
		return Attribute(e.Node, "href") != "" && inside(e.Node, r.node), Text(e.Node) == text
	})
}

// Button finds a button by its text. A disabled button cannot be pressed, so it is not found.
func (s *Screen) Button(text string) (Element, error) {
	return s.byText("button", "button", text, func(e Element) (bool, bool) {
		return !Disabled(e.Node), Text(e.Node) == text
	})
}

// Option finds a choice of a list by its text or, if it begins with its value and a blank, by its value.
func (s *Screen) Option(list Element, text string) (Element, error) {
	return s.byText("choice", "option", text, func(e Element) (bool, bool) {
		says := Text(e.Node)
		return inside(e.Node, list.Node),
			says == text || strings.HasPrefix(says, text+" ") && Attribute(e.Node, "value") == text
	})
}

// byText finds the element with a tag that is of the kind wanted and fits.
func (s *Screen) byText(kind, tag, text string, is func(Element) (ofKind, fits bool)) (Element, error) {
	var there []string
	for e := range s.elements(tag) {
		ofKind, fits := is(e)
		if ofKind && fits {
			return e, nil
		}
		if ofKind {
			there = append(there, Text(e.Node))
		}
	}
	return Element{}, s.missing(kind, text, there)
}

func inside(n, within *html.Node) bool {
	for around := range n.Ancestors() {
		if around == within {
			return true
		}
	}
	return n == within
}

// Disabled reports whether a control is disabled, by itself or by a fieldset around it.
func Disabled(n *html.Node) bool {
	for around := n; around != nil; around = around.Parent {
		if (around == n || around.Data == "fieldset") && Has(around, "disabled") {
			return true
		}
	}
	return false
}

// Field finds a control by its label, which may be followed by a remark in parentheses. Of several
// with the same label it takes the one whose hint contains about, unless that is empty.
func (s *Screen) Field(label, about string) (Element, error) {
	var found []Element
	var there []string
	for l := range s.elements("label") {
		says := Text(l.Node)
		there = append(there, says)
		if says != label && !strings.HasPrefix(says, label+" (") {
			continue
		}
		if control, ok := s.byID(Attribute(l.Node, "for")); ok && !Disabled(control.Node) {
			found = append(found, control)
		}
	}
	for _, f := range found {
		if about == "" || len(found) == 1 || strings.Contains(s.hint(f), about) {
			return f, nil
		}
	}
	return Element{}, s.missing("field", label, there)
}

func (s *Screen) byID(id string) (Element, bool) {
	for e := range s.elements("") {
		if id != "" && Attribute(e.Node, "id") == id {
			return e, true
		}
	}
	return Element{}, false
}

// hint is the text that describes a field.
func (s *Screen) hint(field Element) string {
	var says []string
	for id := range strings.FieldsSeq(Attribute(field.Node, "aria-describedby")) {
		if e, ok := s.byID(id); ok {
			says = append(says, Text(e.Node))
		}
	}
	return strings.Join(says, " ")
}
