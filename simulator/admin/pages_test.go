package admin_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/nicsim/nicsim/simulator/admin"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/settings"
	"github.com/nicsim/nicsim/simulator/store"
	"github.com/nicsim/nicsim/simulator/world"
)

// counting is a backend that counts the values that it returns.
type counting struct {
	store.Backend
	values *int
}

func (c counting) View(ctx context.Context, f func(store.Rows) error) error {
	return c.Backend.View(ctx, func(r store.Rows) error { return f(countingRows{r, c.values}) })
}

type countingRows struct {
	store.Rows
	values *int
}

func (c countingRows) Find(t *store.Table, s store.Span) ([]any, error) {
	values, err := c.Rows.Find(t, s)
	*c.values += len(values)
	return values, err
}

// A page of each list reads about as many records as it has, and those that its filter leaves out. All pages together
// have each record once.
func TestPagesReadNoMoreThanTheyHave(t *testing.T) {
	const many, limit = 3000, "10"
	_, w := empty(t)
	read := 0
	w.Store = store.New(counting{store.NewMemoryBackend(), &read})
	noon := time.Date(2025, time.March, 14, 12, 0, 0, 0, nic.IST)
	err := w.Store.Update(t.Context(), func(tx store.Tx) error {
		var errs []error
		for n := range many {
			name, env := fmt.Sprintf("u%04d", n), nic.Environments[n%2]
			at := noon.Add(time.Duration(n/4) * time.Minute) // many have the same time
			i := store.Invoice{IRN: name, Environment: env, AckDt: at, Status: nic.InvoiceActive,
				Document: store.DocumentKey{Number: name}}
			if n < 5 {
				i.SellerGSTIN = stub
			}
			errs = append(errs, tx.AddInvoice(i), tx.AddProvider(store.Provider{ClientID: name}),
				tx.AddAPIUser(store.APIUser{Username: name, Environment: env, CreatedAt: at}),
				tx.AddTaxpayer(store.Taxpayer{GSTIN: name}), tx.AddOrganisation(store.Organisation{PAN: name}),
				tx.AddPortalUser(store.PortalUser{Username: name, GSTIN: name}),
				tx.AddSubscription(store.Subscription{ID: name, Caller: name}))
		}
		return errors.Join(errs...)
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, page := range map[string]func(admin.Page) ([]string, string, error){
		"invoices":  filteredBy(admin.Invoices, w, func(i admin.Invoice) string { return i.IRN }),
		"users":     filteredBy(admin.APIUsers, w, func(u admin.APIUser) string { return u.Username }),
		"providers": pageOf(admin.Providers, w, func(p admin.Provider) string { return p.ClientID }),
		"taxpayers": pageOf(admin.Taxpayers, w, func(p admin.Taxpayer) string { return p.GSTIN }),
		"firms":     pageOf(admin.Organisations, w, func(o admin.Organisation) string { return o.PAN }),
		"logins":    pageOf(admin.PortalUsers, w, func(u admin.PortalUser) string { return u.Username }),
		"callers":   pageOf(admin.Subscriptions, w, func(s admin.Subscription) string { return s.ID }),
	} {
		t.Run(name, func(t *testing.T) {
			var all []string
			for after := ""; ; {
				read = 0
				names, next, err := page(admin.Page{Limit: limit, After: after})
				if err != nil {
					t.Fatal(err)
				}
				if read > 2*(10+1) { // of each environment one more than the page has
					t.Fatalf("a page of %d read %d of %d records", len(names), read, many)
				}
				all = append(all, names...)
				if after = next; next == "" {
					break
				}
			}
			slices.Sort(all)
			if len(slices.Compact(all)) != many || len(all) != many {
				t.Errorf("the pages have %d of %d records", len(all), many)
			}
		})
	}
	read = 0
	rare, next, err := admin.Invoices(t.Context(), w, admin.Filter{GSTIN: stub, Page: admin.Page{Limit: "3"}})
	if err != nil || len(rare) != 3 || rare[0].IRN != "u0004" || next == "" || read > many {
		t.Errorf("of the 5 oldest, 3 are %v, next %q, with %d records read, %v", rare, next, read, err)
	}
}

func TestFilters(t *testing.T) {
	w := team(t)
	ctx := t.Context()
	for _, u := range []string{"sandbox b", "sandbox a", "production c"} {
		env, name, _ := strings.Cut(u, " ")
		must[admin.Clock](t)(admin.AdvanceClock(ctx, w, admin.ClockAdvance{By: new(settings.Duration(time.Minute))}))
		must[admin.APIUser](t)(admin.Add(ctx, w, admin.APIUserChange{Environment: &env, Username: &name,
			Password: new("p"), GSTIN: new(stub), ClientID: new(clientID), Frozen: new(name == "a")}))
	}
	for want, f := range map[string]admin.Filter{
		"c a b": {}, "c": {Page: admin.Page{Limit: "1"}}, "b": {Page: admin.Page{After: "sandbox/a,production/c"}},
		"a b": {Environment: "sandbox"}, "a": {Status: "frozen"},
		"c a": {Since: "2025-03-14T12:02:00+05:30"}, "": {GSTIN: gstin},
	} {
		all, next, err := admin.APIUsers(ctx, w, f)
		var names []string
		for _, u := range all {
			names = append(names, u.Username)
		}
		if got := strings.Join(names, " "); got != want || err != nil || all == nil || (next != "") != (want == "c") {
			t.Errorf("%+v finds %q, %v; want %q", f, got, err, want)
		}
	}
	_, _, err := admin.Invoices(ctx, w, admin.Filter{Environment: "moon", Status: "ACTIVE", Since: "today",
		Page: admin.Page{Limit: "1001"}})
	wantRefusal(t, err, admin.Invalid, "environment environment-invalid", "status value-invalid",
		"since value-invalid", "limit value-invalid")
	none, _, err := admin.Invoices(ctx, w, admin.Filter{})
	equal(t, []admin.Invoice{})(none, err)
	for _, after := range []string{"sandbox/d", "production/a", "moon/a", "a", "sandbox/", ",", "sandbox/a,sandbox/b"} {
		_, _, err = admin.APIUsers(ctx, w, admin.Filter{Page: admin.Page{After: after}})
		wantRefusal(t, err, admin.Invalid, "after value-invalid")
	}
	_, _, err = admin.APIUsers(ctx, w, admin.Filter{Environment: "sandbox", Page: admin.Page{After: "production/c"}})
	wantRefusal(t, err, admin.Invalid, "after value-invalid")
}

// pageOf returns the names of the records of a page.
func pageOf[T any](list func(context.Context, *world.World, admin.Page) ([]T, string, error), w *world.World,
	name func(T) string) func(admin.Page) ([]string, string, error) {
	return func(p admin.Page) (names []string, next string, err error) {
		page, next, err := list(context.Background(), w, p)
		for _, record := range page {
			names = append(names, name(record))
		}
		return names, next, err
	}
}

func filteredBy[T any](list func(context.Context, *world.World, admin.Filter) ([]T, string, error), w *world.World,
	name func(T) string) func(admin.Page) ([]string, string, error) {
	return pageOf(func(ctx context.Context, w *world.World, p admin.Page) ([]T, string, error) {
		return list(ctx, w, admin.Filter{Page: p})
	}, w, name)
}
