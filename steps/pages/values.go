package pages

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"

	"golang.org/x/net/html"

	"github.com/nicsim/nicsim/client"
)

// Values returns all values with that name, except those in rows and in a refusal.
func (s *Screen) Values(name string) []string { return valuesIn(s.root)[name] }

// Value returns the first value with that name, "" if there is none.
func (s *Screen) Value(name string) string { return first(s.Values(name)) }

// Row is a row of a table.
type Row struct{ node *html.Node }

// Rows returns the rows with that name.
func (s *Screen) Rows(name string) (rows []Row) {
	for e := range s.elements("") {
		if Attribute(e.Node, "data-row") == name {
			rows = append(rows, Row{e.Node})
		}
	}
	return rows
}

// Value returns the row's first value with that name, "" if there is none.
func (r Row) Value(name string) string { return first(valuesIn(r.node)[name]) }

// valuesIn are the values inside an element by name, except those in rows and refusals inside it.
func valuesIn(within *html.Node) map[string][]string {
	values := map[string][]string{}
	for n := range within.Descendants() {
		if name := Attribute(n, "data-value"); name != "" && !setApart(n, within) {
			values[name] = append(values[name], valueOf(n))
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

// decode reads the values inside an element into a type of package client: values have the names of the JSON.
func decode[T any](s *Screen, within *html.Node) (decoded T, err error) {
	values := valuesIn(within)
	values["state"] = []string{s.State()}
	for _, name := range slices.Sorted(maps.Keys(values)) {
		all := values[name]
		var value any = all[0]
		switch {
		case name == "sentTo" || name == "menu":
			value = all
		case name == "attemptsLeft":
			value = json.Number(all[0])
		case all[0] == "":
			continue
		}
		document, err := json.Marshal(map[string]any{name: value})
		if err == nil {
			err = json.Unmarshal(document, &decoded)
		}
		if err != nil {
			return decoded, fmt.Errorf("the value %q of %s: %w", name, s, err)
		}
	}
	return decoded, nil
}

// decodeRows reads the rows with that name.
func decodeRows[T any](s *Screen, name string) (all []T, err error) {
	for _, row := range s.Rows(name) {
		one, err := decode[T](s, row.node)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, nil
}

// Problem returns the refusal that the page shows, nil if it shows none.
func (s *Screen) Problem() *client.Problem {
	for e := range s.elements("") {
		if Attribute(e.Node, "role") == "alert" && Has(e.Node, "data-problem") {
			return s.problem(e.Node)
		}
	}
	return nil
}

func (s *Screen) problem(alert *html.Node) *client.Problem {
	values, code := valuesIn(alert), Attribute(alert, "data-problem")
	value := func(name string) string { return first(values[name]) }
	p := &client.Problem{
		Type: "urn:nicsim:problem:" + code, Code: code, NICCode: Attribute(alert, "data-nic-code"),
		Title: value("title"), Detail: value("detail"), Instance: s.Address.Path,
		State: value("state"), Expected: value("expected"), RequestID: s.Header.Get("X-Request-Id"),
	}
	p.Status, _ = strconv.Atoi(Attribute(alert, "data-status")) // no expected refusal has the status 0
	if left, err := strconv.Atoi(value("attemptsLeft")); err == nil {
		p.AttemptsLeft = &left
	}
	if wait, err := time.ParseDuration(cmp.Or(value("retryAfter"), s.Header.Get("Retry-After")) + "s"); err == nil {
		p.RetryAfter = wait
	}
	for n := range alert.Descendants() {
		if Has(n, "data-field") {
			p.Errors = append(p.Errors, client.FieldError{
				Field: Attribute(n, "data-field"), Code: Attribute(n, "data-code"), Message: Text(n),
			})
		}
	}
	return p
}
