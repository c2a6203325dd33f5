package store_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/store"
)

// none checks that a list has no entries.
func none[V any](t *testing.T, what string) func([]V, error) {
	return func(got []V, err error) {
		t.Helper()
		if err != nil || len(got) > 0 {
			t.Errorf("%s: %+v, %v; want no entries", what, got, err)
		}
	}
}

// inOrder checks a list by one field of its entries.
func inOrder[V any](t *testing.T, what string, key func(V) string, want ...string) func([]V, error) {
	return func(list []V, err error) {
		t.Helper()
		var got []string
		for _, v := range list {
			got = append(got, key(v))
		}
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: %v, %v; want %v", what, got, err, want)
		}
	}
}

func lists() []testCase {
	return []testCase{
		{"lists are in the order that each promises", orders},
		{"API users' names do not differ by case, portal users' do", names},
		{"a PAN's provider is the first that was added", func(t *testing.T, s store.Store) {
			update(t, s, func(tx store.Tx) error {
				return errors.Join(tx.AddProvider(store.Provider{ClientID: "Z", PAN: "P"}),
					tx.AddProvider(store.Provider{ClientID: "A", PAN: "P"}))
			})
			view(t, s, func(r store.Reader) error {
				has(t, "ProviderOf", store.Provider{ClientID: "Z", PAN: "P"})(r.ProviderOf("P"))
				return nil
			})
		}},
		{"a PAN's taxpayers are in the order in which they were added", func(t *testing.T, s store.Store) {
			update(t, s, func(tx store.Tx) error {
				return errors.Join(tx.AddTaxpayer(store.Taxpayer{GSTIN: "33ABCCD1234E1ZB"}), tx.AddTaxpayer(dakshin),
					tx.AddTaxpayer(store.Taxpayer{GSTIN: "29ABCPD1234E2Z9"}), tx.AddTaxpayer(store.Taxpayer{GSTIN: "none"}))
			})
			view(t, s, func(r store.Reader) error {
				gstin := func(p store.Taxpayer) string { return p.GSTIN }
				inOrder(t, "TaxpayersOf", gstin, "33ABCCD1234E1ZB", dakshin.GSTIN)(r.TaxpayersOf("ABCCD1234E"))
				none[store.Taxpayer](t, "TaxpayersOf no PAN")(r.TaxpayersOf(""))
				return nil
			})
		}},
		{"a GSP's connections have pages", func(t *testing.T, s store.Store) {
			update(t, s, func(tx store.Tx) error {
				var errs []error
				for _, id := range []string{"c", "other", "a", "d", "b"} {
					c := store.Connection{ID: id, ClientID: konkan.ClientID, GSTIN: id}
					if id == "other" {
						c.ClientID = "Z"
					}
					errs = append(errs, tx.PutConnection(c))
				}
				return errors.Join(errs...)
			})
			view(t, s, func(r store.Reader) error {
				id := func(c store.Connection) string { return c.ID }
				of := func(p store.Page) ([]store.Connection, error) { return r.ConnectionsOf(konkan.ClientID, p) }
				inOrder(t, "all", id, "c", "a", "d", "b")(of(store.Page{}))
				inOrder(t, "two", id, "c", "a")(of(store.Page{Limit: 2}))
				inOrder(t, "the next two", id, "d", "b")(of(store.Page{After: "a", Limit: 2}))
				none[store.Connection](t, "after the last")(of(store.Page{After: "b"}))
				return nil
			})
		}},
		{"open captchas are listed, the one that was added last first", func(t *testing.T, s store.Store) {
			at := time.Date(2026, 4, 1, 9, 0, 0, 0, time.UTC)
			update(t, s, func(tx store.Tx) error {
				var errs []error
				for i, id := range []string{"over", "c", "b", "d"} {
					errs = append(errs, tx.PutCaptcha(store.Captcha{ID: id, ExpiresAt: at.Add(time.Duration(i) * time.Minute)}))
				}
				return errors.Join(append(errs, tx.PutCaptcha(store.Captcha{ID: "a", ExpiresAt: at.Add(time.Minute)}))...)
			})
			view(t, s, func(r store.Reader) error {
				id := func(c store.Captcha) string { return c.ID }
				inOrder(t, "all", id, "a", "d", "b", "c")(r.Captchas(at, 9))
				inOrder(t, "two", id, "a", "d")(r.Captchas(at, 2))
				none[store.Captcha](t, "later")(r.Captchas(at.Add(3*time.Minute), 9))
				return nil
			})
		}},
		{"a list that was read does not change", func(t *testing.T, s store.Store) {
			var users []store.APIUser
			var providers []store.Provider
			add := func(name string) {
				update(t, s, func(tx store.Tx) error {
					u := store.APIUser{Environment: nic.Sandbox, Username: name, GSTIN: dakshin.GSTIN}
					return errors.Join(tx.AddAPIUser(u), tx.AddProvider(store.Provider{ClientID: name}))
				})
			}
			add("first_user")
			view(t, s, func(r store.Reader) error {
				var err, otherErr error
				users, err = r.APIUsersOf(nic.Sandbox, dakshin.GSTIN)
				providers, otherErr = r.Providers(store.Page{})
				return errors.Join(err, otherErr)
			})
			add("second_user")
			add("third_user")
			inOrder(t, "users", func(u store.APIUser) string { return u.Username }, "first_user")(users, nil)
			inOrder(t, "providers", func(p store.Provider) string { return p.ClientID }, "first_user")(providers, nil)
		}},
	}
}

func orders(t *testing.T, s store.Store) {
	update(t, s, func(tx store.Tx) error {
		var errs []error
		for _, key := range []string{"m", "z", "a", "k"} {
			errs = append(errs,
				tx.AddTaxpayer(store.Taxpayer{GSTIN: key}),
				tx.PutOrganisation(store.Organisation{PAN: key}),
				tx.AddProvider(store.Provider{ClientID: key}),
				tx.AddPortalUser(store.PortalUser{Username: key, GSTIN: "of " + key}),
				tx.AddAPIUser(store.APIUser{Environment: nic.Sandbox, Username: key, GSTIN: "g"}),
			)
		}
		// A replaced record keeps its place.
		return errors.Join(append(errs, tx.PutAPIUser(store.APIUser{Environment: nic.Sandbox, Username: "z", GSTIN: "g",
			Frozen: true}))...)
	})
	view(t, s, func(r store.Reader) error {
		inOrder(t, "Taxpayers, as added", func(v store.Taxpayer) string { return v.GSTIN }, "m", "z", "a",
			"k")(r.Taxpayers(store.Page{}))
		inOrder(t, "Organisations, as added", func(v store.Organisation) string { return v.PAN }, "m", "z", "a",
			"k")(r.Organisations(store.Page{}))
		inOrder(t, "Providers, as added", func(v store.Provider) string { return v.ClientID }, "m", "z", "a",
			"k")(r.Providers(store.Page{}))
		inOrder(t, "PortalUsers, as added, after one", func(v store.PortalUser) string { return v.Username }, "a",
			"k")(r.PortalUsers(store.Page{After: "z"}))
		inOrder(t, "APIUsers, the newest first", func(v store.APIUser) string { return v.Username }, "k", "a", "z",
			"m")(r.APIUsers(nic.Sandbox, store.Page{}))
		none[store.APIUser](t, "APIUsers elsewhere")(r.APIUsers(nic.Production, store.Page{}))
		for env, want := range map[nic.Environment]int{nic.Sandbox: 4, nic.Production: 0} {
			if n, err := r.CountAPIUsers(env, 9); err != nil || n != want {
				t.Errorf("CountAPIUsers(%s) is %d, %v, want %d", env, n, err, want)
			}
		}
		inOrder(t, "APIUsersOf, as added", func(v store.APIUser) string { return v.Username }, "m", "z", "a",
			"k")(r.APIUsersOf(nic.Sandbox, "g"))
		return nil
	})
}

func names(t *testing.T, s store.Store) {
	update(t, s, fill)
	update(t, s, func(tx store.Tx) error {
		return tx.AddPortalUser(store.PortalUser{Username: "DAKSHIN29", GSTIN: "29ABCPD1234E2Z9"})
	})
	view(t, s, func(r store.Reader) error {
		for _, spelt := range []string{"API_Dakshin", "api_dakshin", "API_DAKSHIN"} {
			has(t, spelt, apiUser)(r.APIUser(nic.Production, spelt))
		}
		has(t, "dakshin29", login)(r.PortalUser("dakshin29"))
		lacks[store.PortalUser](t, "Dakshin29")(r.PortalUser("Dakshin29"))
		return nil
	})
	respelt := apiUser
	respelt.Username = "API_DAKSHIN"
	update(t, s, func(tx store.Tx) error { return tx.PutAPIUser(respelt) })
	view(t, s, func(r store.Reader) error {
		has(t, "APIUsersOf", []store.APIUser{respelt})(r.APIUsersOf(nic.Production, respelt.GSTIN))
		return nil
	})
}
