package forms

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"github.com/nicsim/nicsim/steps/pages"
)

const formType = "application/x-www-form-urlencoded"

// sending is the request that sends a form.
type sending struct {
	method, address string
	body            []byte
}

// submission is the request of a pressed button, by HTML's rules for submitting a form.
func submission(page *url.URL, button *html.Node) (sending, error) {
	if kind := kindOf(button); kind == "button" || kind == "reset" || pages.Disabled(button) {
		return sending{}, errors.New("the button sends nothing")
	}
	form := formOf(button)
	if form == nil {
		return sending{}, errors.New("the button stands in no form")
	}
	attribute := func(name string) string {
		if pages.Has(button, "form"+name) {
			return pages.Attribute(button, "form"+name)
		}
		return pages.Attribute(form, name)
	}
	address, err := page.Parse(attribute("action"))
	if err != nil {
		return sending{}, fmt.Errorf("the form's address: %w", withoutURL(err))
	}
	if kind := cmp.Or(attribute("enctype"), formType); kind != formType {
		return sending{}, fmt.Errorf("the form is sent as %s, and only %s is known here", kind, formType)
	}
	entries := entries(form, button)
	if strings.EqualFold(attribute("method"), http.MethodPost) {
		return sending{http.MethodPost, address.String(), []byte(entries)}, nil
	}
	address.RawQuery = entries
	return sending{http.MethodGet, address.String(), nil}, nil
}

// kindOf is the type of a control.
func kindOf(control *html.Node) string { return strings.ToLower(pages.Attribute(control, "type")) }

// formOf is the form that a control names or stands in, nil if there is none.
func formOf(control *html.Node) *html.Node {
	id := pages.Attribute(control, "form")
	if id == "" {
		return pages.Within(control, "form")
	}
	for n := range top(control).Descendants() {
		if n.Data == "form" && pages.Attribute(n, "id") == id {
			return n
		}
	}
	return nil
}

func top(n *html.Node) *html.Node {
	for n.Parent != nil {
		n = n.Parent
	}
	return n
}

var (
	newline = regexp.MustCompile(`\r\n|\r|\n`)
	// escaper corrects url.QueryEscape: HTML escapes ~ and leaves * as it is.
	escaper = strings.NewReplacer("%2A", "*", "~", "%7E")
)

// entries writes the names and values of a form as application/x-www-form-urlencoded, in the order of its
// markup: those of controls that are enabled, and of buttons the pressed one.
func entries(form, pressed *html.Node) string {
	var entries []string
	for n := range top(form).Descendants() {
		name := pages.Attribute(n, "name")
		if name == "" || pages.Disabled(n) || formOf(n) != form || pages.Within(n, "datalist") != nil {
			continue
		}
		for _, value := range valuesOf(n, pressed) {
			value = newline.ReplaceAllString(value, "\r\n")
			entries = append(entries, escaper.Replace(url.QueryEscape(name)+"="+url.QueryEscape(value)))
		}
	}
	return strings.Join(entries, "&")
}

// valuesOf are the values that a control sends.
func valuesOf(n, pressed *html.Node) []string {
	value, kind := pages.Attribute(n, "value"), kindOf(n)
	switch {
	case n.Data == "textarea":
		return []string{pages.Content(n)}
	case n.Data == "select":
		return selected(n)
	case n.Data == "button" || n.Data == "input" && (kind == "submit" || kind == "image"):
		if n != pressed {
			return nil
		}
	case n.Data != "input" || slices.Contains([]string{"button", "reset", "file"}, kind):
		return nil
	case kind == "checkbox" || kind == "radio":
		if !pages.Has(n, "checked") {
			return nil
		}
		if !pages.Has(n, "value") {
			value = "on"
		}
	}
	return []string{value}
}

// selected are the values of a list. A list with a single choice has the last that is selected, or else
// the first that is enabled.
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
