package forms

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"github.com/nicsim/nicsim/steps/pages"
)

// typeInto puts a text into a field as a browser keeps it: an input has one line, a textarea any number.
func typeInto(n *html.Node, text string) error {
	if pages.Disabled(n) || pages.Has(n, "readonly") {
		return fmt.Errorf("the field %q cannot be changed", pages.Attribute(n, "name"))
	}
	if n.Data == "textarea" {
		for n.FirstChild != nil {
			n.RemoveChild(n.FirstChild)
		}
		n.AppendChild(&html.Node{Type: html.TextNode, Data: text})
		return nil
	}
	text = strings.NewReplacer("\r", "", "\n", "").Replace(text)
	switch kind := n.Data + " " + kindOf(n); kind {
	case "input email", "input url":
		text = strings.Trim(text, "\t\f ")
	case "input ", "input text", "input search", "input tel", "input password", "input number":
	default:
		return fmt.Errorf("nothing can be typed into an element %s", kind)
	}
	unset(n, "value")
	n.Attr = append(n.Attr, html.Attribute{Key: "value", Val: text})
	return nil
}

// choose picks a radio button of its group, or an option of its list.
func choose(n *html.Node) error {
	list, isRadio := pages.Within(n, "select"), n.Data == "input" && kindOf(n) == "radio"
	isOption := n.Data == "option" && list != nil && !disabledOption(n)
	if pages.Disabled(n) || !isRadio && !isOption {
		return fmt.Errorf("<%s> %q cannot be chosen", n.Data, pages.Text(n))
	}
	if isOption {
		if !pages.Has(list, "multiple") {
			for other := range list.Descendants() {
				unset(other, "selected")
			}
		}
		n.Attr = append(n.Attr, html.Attribute{Key: "selected"})
		return nil
	}
	name, form := pages.Attribute(n, "name"), formOf(n)
	for other := range top(n).Descendants() {
		if kindOf(other) == "radio" && pages.Attribute(other, "name") == name && formOf(other) == form {
			unset(other, "checked")
		}
	}
	n.Attr = append(n.Attr, html.Attribute{Key: "checked"})
	return nil
}

func unset(n *html.Node, attribute string) {
	n.Attr = slices.DeleteFunc(n.Attr, func(a html.Attribute) bool { return a.Key == attribute })
}
