package forms

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"github.com/nicsim/nicsim/steps/pages"
)

const formType = "application/x-www-form-urlencoded"

// sending is a form on its way.
type sending struct {
	method, address string
	body            []byte
}

// submission is what pressing the button sends, by HTML's rules for submitting a form.
func submission(page *url.URL, button *html.Node) (sending, error) {
	form, err := formOf(button)
	if err != nil {
		return sending{}, err
	}
	attribute := func(ofButton, ofForm string) string {
		if pages.Has(button, ofButton) {
			return pages.Attribute(button, ofButton)
		}
		return pages.Attribute(form, ofForm)
	}
	address, err := page.Parse(attribute("formaction", "action"))
	if err != nil {
		return sending{}, fmt.Errorf("the form's address: %w", withoutURL(err))
	}
	if kind := attribute("formenctype", "enctype"); kind != "" && kind != formType {
		return sending{}, fmt.Errorf("the form is sent as %s, and only %s is known here", kind, formType)
	}
	entries := encode(controls(form, button))
	if strings.EqualFold(attribute("formmethod", "method"), http.MethodPost) {
		return sending{http.MethodPost, address.String(), []byte(entries)}, nil
	}
	address.RawQuery = entries
	return sending{http.MethodGet, address.String(), nil}, nil
}

// formOf is the form that a button sends.
func formOf(button *html.Node) (*html.Node, error) {
	if kind := strings.ToLower(pages.Attribute(button, "type")); kind == "button" || kind == "reset" ||
		pages.Disabled(button) {
		return nil, errors.New("the button sends nothing")
	}
	if id := pages.Attribute(button, "form"); id != "" {
		for n := range top(button).Descendants() {
			if n.Data == "form" && pages.Attribute(n, "id") == id {
				return n, nil
			}
		}
		return nil, fmt.Errorf("the button is of the form %q, which is not there", id)
	}
	if form := pages.Within(button, "form"); form != nil {
		return form, nil
	}
	return nil, errors.New("the button stands in no form")
}

func top(n *html.Node) *html.Node {
	for n.Parent != nil {
		n = n.Parent
	}
	return n
}

// entry is a name and a value that are sent.
type entry struct{ name, value string }

// controls are the entries of a form in the order of its markup: all that is enabled and has a name;
// of what can be checked, what is; of buttons, the one that was pressed.
func controls(form, pressed *html.Node) (sent []entry) {
	for n := range top(form).Descendants() {
		name := pages.Attribute(n, "name")
		if n.Type != html.ElementNode || name == "" || pages.Disabled(n) || !inForm(n, form) ||
			pages.Within(n, "datalist") != nil {
			continue
		}
		for _, value := range valuesOf(n, pressed) {
			sent = append(sent, entry{name, newlines(value)})
		}
	}
	return sent
}

// valuesOf are the values that a control has to send.
func valuesOf(n, pressed *html.Node) []string {
	switch n.Data {
	case "input":
		switch strings.ToLower(pages.Attribute(n, "type")) {
		case "submit", "image":
			if n != pressed {
				return nil
			}
		case "button", "reset", "file":
			return nil
		case "checkbox", "radio":
			if !pages.Has(n, "checked") {
				return nil
			}
			if !pages.Has(n, "value") {
				return []string{"on"}
			}
		}
		return []string{pages.Attribute(n, "value")}
	case "button":
		if n == pressed {
			return []string{pages.Attribute(n, "value")}
		}
	case "textarea":
		return []string{content(n)}
	case "select":
		return selected(n)
	}
	return nil
}

// selected are the values of a list: of one with a single choice the last that is selected, or else
// the first that can be.
func selected(list *html.Node) (values []string) {
	var enabled []string
	for n := range list.Descendants() {
		if n.Type != html.ElementNode || n.Data != "option" || disabledOption(n) {
			continue
		}
		value := pages.Text(n)
		if pages.Has(n, "value") {
			value = pages.Attribute(n, "value")
		}
		enabled = append(enabled, value)
		if pages.Has(n, "selected") {
			values = append(values, value)
		}
	}
	if pages.Has(list, "multiple") {
		return values
	}
	if len(values) == 0 {
		values = enabled[:min(1, len(enabled))]
	}
	return values[max(0, len(values)-1):]
}

func disabledOption(option *html.Node) bool {
	group := pages.Within(option, "optgroup")
	return pages.Has(option, "disabled") || group != nil && pages.Has(group, "disabled")
}

// content is the text of a textarea as it is written.
func content(area *html.Node) string {
	var b strings.Builder
	for n := range area.Descendants() {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
	}
	return b.String()
}

// newlines are sent as CRLF, however they were typed.
func newlines(text string) string {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
	return strings.ReplaceAll(text, "\n", "\r\n")
}

// encode writes entries as application/x-www-form-urlencoded, in their order.
func encode(entries []entry) string {
	written := make([]string, 0, len(entries))
	for _, e := range entries {
		written = append(written, escape(e.name)+"="+escape(e.value))
	}
	return strings.Join(written, "&")
}

// escape differs from Go's in what HTML leaves as it is: * stays, ~ does not.
func escape(text string) string {
	return strings.NewReplacer("%2A", "*", "~", "%7E").Replace(url.QueryEscape(text))
}

// set changes an attribute, or takes it off.
func set(n *html.Node, name, value string, there bool) {
	n.Attr = slices.DeleteFunc(n.Attr, func(a html.Attribute) bool { return a.Key == name })
	if there {
		n.Attr = append(n.Attr, html.Attribute{Key: name, Val: value})
	}
}
