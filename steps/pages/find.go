package pages

import (
	"fmt"
	"strings"

	"golang.org/x/net/html"
)

// String says which page it is, for an error.
func (s *Screen) String() string {
	if name := s.Name(); name != "" {
		return fmt.Sprintf("the page %q at %s", name, s.Address.Path)
	}
	return fmt.Sprintf("the page at %s, which does not say its name", s.Address.Path)
}

// missing is the error of looking for something that a page does not offer. A person could not go
// on either.
func (s *Screen) missing(kind, wanted string, there []string) error {
	if len(there) == 0 {
		return fmt.Errorf("there is no %s %q on %s, which has none at all", kind, wanted, s)
	}
	return fmt.Errorf("there is no %s %q on %s, only %q", kind, wanted, s, there)
}

// Link finds a link by its text.
func (s *Screen) Link(text string) (Element, error) { return s.linkIn(s.root, text) }

// LinkOf finds a link of a row by its text.
func (s *Screen) LinkOf(r Row, text string) (Element, error) { return s.linkIn(r.element.Node, text) }

func (s *Screen) linkIn(within *html.Node, text string) (Element, error) {
	return s.byText("link", text, func(e Element) bool {
		return e.Data == "a" && Attribute(e.Node, "href") != "" && inside(e.Node, within)
	})
}

// Button finds a button by its text. One that is disabled is there and cannot be pressed.
func (s *Screen) Button(text string) (Element, error) {
	return s.byText("button", text, func(e Element) bool { return e.Data == "button" && !Disabled(e.Node) })
}

func (s *Screen) byText(kind, text string, is func(Element) bool) (Element, error) {
	var there []string
	for e := range s.elements() {
		if !is(e) {
			continue
		}
		says := Text(e.Node)
		if says == text {
			return e, nil
		}
		there = append(there, says)
	}
	return Element{}, s.missing(kind, text, there)
}

func inside(n, within *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if n == within {
			return true
		}
	}
	return false
}

// Disabled tells whether a control is, by itself or by the fieldset around it.
func Disabled(n *html.Node) bool {
	if Has(n, "disabled") {
		return true
	}
	for around := n.Parent; around != nil; around = around.Parent {
		if around.Type == html.ElementNode && around.Data == "fieldset" && Has(around, "disabled") {
			return true
		}
	}
	return false
}

// Field finds a control by its label, which may be followed by a remark in parentheses. Of several
// with the same label it takes the one whose hint has about in it, if that is given.
func (s *Screen) Field(label, about string) (Element, error) {
	var found []Element
	var there []string
	for l := range s.elements() {
		if l.Data != "label" {
			continue
		}
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

// Option finds a choice of a list by its text or by the beginning of it, which ends at a blank.
func (s *Screen) Option(list Element, text string) (Element, error) {
	var there []string
	for e := range s.elements() {
		if e.Data != "option" || !inside(e.Node, list.Node) {
			continue
		}
		says := Text(e.Node)
		if says == text || strings.HasPrefix(says, text+" ") && Attribute(e.Node, "value") == text {
			return e, nil
		}
		there = append(there, says)
	}
	return Element{}, s.missing("choice", text, there)
}

func (s *Screen) byID(id string) (Element, bool) {
	for e := range s.elements() {
		if id != "" && Attribute(e.Node, "id") == id {
			return e, true
		}
	}
	return Element{}, false
}

// hint is what stands beside a field and describes it.
func (s *Screen) hint(field Element) string {
	var says []string
	for _, id := range strings.Fields(Attribute(field.Node, "aria-describedby")) {
		if e, ok := s.byID(id); ok {
			says = append(says, Text(e.Node))
		}
	}
	return strings.Join(says, " ")
}
