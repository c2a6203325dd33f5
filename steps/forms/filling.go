package forms

import (
	"fmt"
	"strings"

	"golang.org/x/net/html"

	"github.com/nicsim/nicsim/steps/pages"
)

// typeInto puts a text into a field as a browser keeps it: one line where there is room for one.
func typeInto(n *html.Node, text string) error {
	if pages.Disabled(n) || pages.Has(n, "readonly") {
		return fmt.Errorf("the field %q cannot be changed", pages.Attribute(n, "name"))
	}
	switch n.Data {
	case "textarea":
		for n.FirstChild != nil {
			n.RemoveChild(n.FirstChild)
		}
		n.AppendChild(&html.Node{Type: html.TextNode, Data: text})
		return nil
	case "input":
		text = strings.NewReplacer("\r", "", "\n", "").Replace(text)
		switch kind := strings.ToLower(pages.Attribute(n, "type")); kind {
		case "email", "url":
			text = strings.Trim(text, "\t\f ")
		case "", "text", "search", "tel", "password", "number":
		default:
			return fmt.Errorf("nothing can be typed into a field of the type %q", kind)
		}
		set(n, "value", text, true)
		return nil
	}
	return fmt.Errorf("nothing can be typed into <%s>", n.Data)
}

// choose picks a radio button, which lets go of the others of its group, or an option of its list.
func choose(n *html.Node) error {
	if pages.Disabled(n) {
		return fmt.Errorf("%q cannot be chosen", pages.Text(n))
	}
	switch {
	case n.Data == "option":
		list := pages.Within(n, "select")
		if list == nil || disabledOption(n) {
			return fmt.Errorf("%q cannot be chosen", pages.Text(n))
		}
		for other := range list.Descendants() {
			if other.Data == "option" && !pages.Has(list, "multiple") {
				set(other, "selected", "", false)
			}
		}
		set(n, "selected", "", true)
		return nil
	case n.Data == "input" && strings.EqualFold(pages.Attribute(n, "type"), "radio"):
		form := pages.Within(n, "form")
		for other := range top(n).Descendants() {
			if other.Data == "input" && strings.EqualFold(pages.Attribute(other, "type"), "radio") &&
				pages.Attribute(other, "name") == pages.Attribute(n, "name") && pages.Within(other, "form") == form {
				set(other, "checked", "", false)
			}
		}
		set(n, "checked", "", true)
		return nil
	}
	return fmt.Errorf("<%s> is nothing to choose", n.Data)
}
