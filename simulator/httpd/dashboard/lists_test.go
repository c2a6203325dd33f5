package dashboard_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/store"
	"github.com/nicsim/nicsim/simulator/world"
)

// Each list of the dashboard has pages of 200 rows with links to the next page and back to the first one.
func TestListsHavePages(t *testing.T) {
	const many = 201
	v := visitWorld(t, func(ctx context.Context, w *world.World) error {
		return w.Store.Update(ctx, func(tx store.Tx) error {
			var errs []error
			for n := range many {
				name := fmt.Sprintf("R%03d", n)
				errs = append(errs, tx.AddProvider(store.Provider{ClientID: name}), tx.AddTaxpayer(store.Taxpayer{GSTIN: name}),
					tx.AddOrganisation(store.Organisation{PAN: name}),
					tx.AddSubscription(store.Subscription{ID: name, Face: "gstzen", Caller: name}),
					tx.AddAPIUser(store.APIUser{Username: name, Environment: nic.Production, ClientID: "R000"}),
					tx.AddInvoice(store.Invoice{IRN: name, Environment: nic.Production, Document: store.DocumentKey{Number: name}}))
			}
			return errors.Join(errs...)
		})
	})
	for _, c := range []struct{ path, row, first, last string }{
		{"/providers", "provider", "R000", "R200"}, {"/providers", "organisation", "R000", "R200"},
		{"/taxpayers?q=r", "taxpayer", "R000", "R200"}, {"/subscriptions", "subscription", "R000", "R200"},
		{"/api-users", "api-user", "R200", "R000"}, {"/invoices", "invoice", "R200", "R000"},
	} {
		t.Run(c.row, func(t *testing.T) {
			path, _, _ := strings.Cut(c.path, "?")
			first := v.open(c.path)
			rows := first.marked("data-row", c.row)
			if len(rows) != 200 || !strings.Contains(rows[0], c.first) {
				t.Fatalf("the first page has %d rows, and begins with %s", len(rows), rows[0])
			}
			var next page
			for _, link := range links(first.doc, "Next page") {
				if p := v.open(path + link); len(p.marked("data-row", c.row)) == 1 {
					next = p
				}
			}
			if next.doc == nil {
				t.Fatalf("no link leads to the last row, of %q", links(first.doc, "Next page"))
			}
			if rows := next.marked("data-row", c.row); !strings.Contains(rows[0], c.last) {
				t.Errorf("the last row is %s", rows[0])
			}
			back := v.open(path + links(next.doc, "First page")[0])
			if rows := back.marked("data-row", c.row); len(rows) != 200 {
				t.Errorf("the link back leads to %d rows", len(rows))
			}
		})
	}
	if row := v.open("/providers").row("provider", "R000"); !strings.Contains(row, "201 API users") {
		t.Errorf("the provider is %s", row)
	}
	if row := v.open("/providers").row("provider", "R001"); !strings.Contains(row, "no API users") {
		t.Errorf("a provider without users is %s", row)
	}
	p := v.open("/taxpayers?q=r200")
	if len(p.marked("data-row", "taxpayer")) != 1 || len(links(p.doc, "Next page")) != 0 {
		t.Errorf("a search has %q", p.marked("data-row", "taxpayer"))
	}
}

// links returns the addresses of the links with a text.
func links(n *html.Node, text string) (found []string) {
	for d := range n.Descendants() {
		if d.Type != html.ElementNode || d.Data != "a" || d.FirstChild == nil || d.FirstChild.Data != text {
			continue
		}
		for _, a := range d.Attr {
			if a.Key == "href" {
				found = append(found, a.Val)
			}
		}
	}
	return found
}
