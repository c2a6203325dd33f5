package store_test

import (
	"context"
	"errors"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/store"
)

// units checks the promises of units of work: they are atomic, and run one after the other.
func units() []testCase {
	return []testCase{
		{"a unit that fails leaves nothing behind", func(t *testing.T, s store.Store) {
			is(t, "Update", s.Update(t.Context(), func(tx store.Tx) error { return errors.Join(fill(tx), errChanged) }),
				errChanged)
			view(t, s, func(r store.Reader) error { holdsNothing(t, r); return nil })
			update(t, s, fill) // the failed unit has left no record
			view(t, s, func(r store.Reader) error { holdsAll(t, r); return nil })
		}},
		{"a unit that panics leaves nothing behind, and the store usable", func(t *testing.T, s store.Store) {
			panicking(t, s, fill)
			view(t, s, func(r store.Reader) error { holdsNothing(t, r); return nil })
			update(t, s, fill)
			view(t, s, func(r store.Reader) error { holdsAll(t, r); return nil })
		}},
		{"a unit that fails takes back what it replaced and deleted", func(t *testing.T, s store.Store) {
			update(t, s, fill)
			is(t, "Update", s.Update(t.Context(), func(tx store.Tx) error { return errors.Join(overwrite(tx), errChanged) }),
				errChanged)
			view(t, s, func(r store.Reader) error { holdsAll(t, r); return nil })
			panicking(t, s, overwrite)
			view(t, s, func(r store.Reader) error { holdsAll(t, r); return nil })
		}},
		{"a refused Add does not undo the rest of its unit", func(t *testing.T, s store.Store) {
			update(t, s, fill)
			update(t, s, func(tx store.Tx) error {
				is(t, "AddTaxpayer", tx.AddTaxpayer(dakshin), store.ErrExists)
				return tx.AddTaxpayer(store.Taxpayer{GSTIN: "29ABCPD1234E2Z9"})
			})
			view(t, s, func(r store.Reader) error {
				has(t, "Taxpayer", store.Taxpayer{GSTIN: "29ABCPD1234E2Z9"})(r.Taxpayer("29ABCPD1234E2Z9"))
				return nil
			})
		}},
		{"View and Update return the function's error", func(t *testing.T, s store.Store) {
			is(t, "View", s.View(t.Context(), func(store.Reader) error { return errChanged }), errChanged)
			is(t, "Update", s.Update(t.Context(), func(store.Tx) error { return errChanged }), errChanged)
		}},
		{"nothing runs once the context has ended", func(t *testing.T, s store.Store) {
			ctx, cancel := context.WithCancel(t.Context())
			cancel()
			is(t, "View", s.View(ctx, func(store.Reader) error { t.Errorf("View ran"); return nil }), context.Canceled)
			is(t, "Update", s.Update(ctx, func(store.Tx) error { t.Errorf("Update ran"); return nil }), context.Canceled)
		}},
		{"units run one after the other", oneAfterTheOther},
		{"of many who add one name one wins", oneWins},
		{"a look sees whole units only", wholeUnits},
	}
}

// panicking runs a unit that panics after its writes, and recovers the panic.
func panicking(t *testing.T, s store.Store, f func(store.Tx) error) {
	t.Helper()
	defer func() {
		if recover() == nil {
			t.Errorf("Update did not panic")
		}
	}()
	_ = s.Update(t.Context(), func(tx store.Tx) error { // it panics
		if err := f(tx); err != nil {
			t.Errorf("before the panic: %v", err)
		}
		panic(errChanged)
	})
}

// overwrite replaces or deletes every record of fill, and adds second records to the lists.
func overwrite(tx store.Tx) error {
	return errors.Join(
		tx.PutTaxpayer(store.Taxpayer{GSTIN: dakshin.GSTIN}), tx.PutOrganisation(store.Organisation{PAN: konkanFirm.PAN}),
		tx.PutDirectAccess(store.DirectAccess{PAN: approved.PAN}),
		tx.AddProvider(store.Provider{ClientID: "second", PAN: konkan.PAN}),
		tx.PutPortalUser(store.PortalUser{Username: login.Username, GSTIN: login.GSTIN}),
		tx.PutAPIUser(store.APIUser{Environment: apiUser.Environment, Username: apiUser.Username, GSTIN: apiUser.GSTIN}),
		tx.AddAPIUser(store.APIUser{Environment: apiUser.Environment, Username: "second", GSTIN: apiUser.GSTIN}),
		tx.PutFlow(store.Flow{ID: flow.ID}), tx.DeleteCaptcha(captcha.ID),
		tx.DeleteSession(session.Environment, session.Token),
		tx.PutAttempts(store.Attempts{Environment: attempts.Environment, Name: attempts.Name}),
		tx.DeleteAttempts(attempts.Environment, attempts.Name), tx.PutCaptcha(captcha),
		tx.PutCount(store.Count{Environment: count.Environment, Name: count.Name}), tx.Sweep(noon.Add(24*time.Hour)),
	)
}

const crowd = 16

// together runs f many times in parallel and waits for all.
func together(f func(who int)) {
	var all sync.WaitGroup
	for who := range crowd {
		all.Go(func() { f(who) })
	}
	all.Wait()
}

func oneAfterTheOther(t *testing.T, s store.Store) {
	const each = 25
	update(t, s, func(tx store.Tx) error { return tx.PutFlow(store.Flow{ID: "counter"}) })
	together(func(int) {
		for range each {
			err := s.Update(t.Context(), func(tx store.Tx) error {
				f, err := tx.Flow("counter")
				f.OTP.Sends++
				return errors.Join(err, tx.PutFlow(f))
			})
			if err != nil {
				t.Errorf("Update: %v", err)
			}
		}
	})
	view(t, s, func(r store.Reader) error {
		if f, err := r.Flow("counter"); err != nil || f.OTP.Sends != crowd*each {
			t.Errorf("counted %d, %v; want %d", f.OTP.Sends, err, crowd*each)
		}
		return nil
	})
}

func oneWins(t *testing.T, s store.Store) {
	var mu sync.Mutex
	var winners []string
	together(func(who int) {
		gstin := strconv.Itoa(who)
		err := s.Update(t.Context(), func(tx store.Tx) error {
			return tx.AddAPIUser(store.APIUser{Environment: nic.Sandbox, Username: "wanted", GSTIN: gstin})
		})
		switch {
		case err == nil:
			mu.Lock()
			defer mu.Unlock()
			winners = append(winners, gstin)
		case !errors.Is(err, store.ErrExists):
			t.Errorf("Update: %v", err)
		}
	})
	if len(winners) != 1 {
		t.Fatalf("%d won", len(winners))
	}
	view(t, s, func(r store.Reader) error {
		if u, err := r.APIUser(nic.Sandbox, "wanted"); err != nil || u.GSTIN != winners[0] {
			t.Errorf("the name is %q's, %v; %q was told so", u.GSTIN, err, winners[0])
		}
		return nil
	})
}

// wholeUnits keeps two flows equal in every unit and checks that no reader sees them differ.
func wholeUnits(t *testing.T, s store.Store) {
	update(t, s, func(tx store.Tx) error {
		return errors.Join(tx.PutFlow(store.Flow{ID: "left"}), tx.PutFlow(store.Flow{ID: "right"}))
	})
	together(func(who int) {
		var err error
		if who%2 == 0 {
			err = s.Update(t.Context(), func(tx store.Tx) error {
				state := strconv.Itoa(who)
				return errors.Join(tx.PutFlow(store.Flow{ID: "left", State: state}),
					tx.PutFlow(store.Flow{ID: "right", State: state}))
			})
		} else {
			err = s.View(t.Context(), func(r store.Reader) error {
				left, err := r.Flow("left")
				right, otherErr := r.Flow("right")
				if left.State != right.State {
					t.Errorf("saw %q beside %q", left.State, right.State)
				}
				return errors.Join(err, otherErr)
			})
		}
		if err != nil {
			t.Errorf("%d: %v", who, err)
		}
	})
}
