package pages

import (
	"cmp"
	"strconv"
	"time"

	"golang.org/x/net/html"

	"github.com/nicsim/nicsim/client"
)

// Problem is the refusal that the page shows, nil if it shows none.
func (s *Screen) Problem() *client.Problem {
	for e := range s.elements() {
		if Attribute(e.Node, "role") == "alert" && Has(e.Node, "data-problem") {
			return s.problem(e.Node)
		}
	}
	return nil
}

func (s *Screen) problem(alert *html.Node) *client.Problem {
	value := func(name string) string { return first(valuesIn(alert, name)) }
	code := Attribute(alert, "data-problem")
	p := &client.Problem{
		Type: "urn:nicsim:problem:" + code, Code: code, NICCode: Attribute(alert, "data-nic-code"),
		Title: value("title"), Detail: value("detail"), Instance: s.Address.Path,
		State: value("state"), Expected: value("expected"), RequestID: s.Header.Get("X-Request-Id"),
	}
	p.Status, _ = strconv.Atoi(Attribute(alert, "data-status")) // 0 fits no refusal that is expected
	if left, err := strconv.Atoi(value("attemptsLeft")); err == nil {
		p.AttemptsLeft = &left
	}
	if wait, err := time.ParseDuration(cmp.Or(value("retryAfter"), s.Header.Get("Retry-After")) + "s"); err == nil {
		p.RetryAfter = wait
	}
	for n := range alert.Descendants() {
		if n.Type == html.ElementNode && Has(n, "data-field") {
			p.Errors = append(p.Errors, client.FieldError{
				Field: Attribute(n, "data-field"), Code: Attribute(n, "data-code"), Message: Text(n),
			})
		}
	}
	return p
}
