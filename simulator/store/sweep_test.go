package store_test

import (
	"errors"
	"testing"
	"time"

	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/store"
)

// sweeping checks the promises of Sweep.
func sweeping() []testCase {
	return []testCase{
		{"Sweep forgets what ended before the instant, and nothing else", sweepForgets},
		{"Sweep keeps what never ends", func(t *testing.T, s store.Store) {
			update(t, s, fill)
			update(t, s, func(tx store.Tx) error { return tx.Sweep(noon.AddDate(100, 0, 0)) })
			view(t, s, func(r store.Reader) error {
				has(t, "Taxpayer", dakshin)(r.Taxpayer(dakshin.GSTIN))
				has(t, "Organisation", konkanFirm)(r.Organisation(konkanFirm.PAN))
				has(t, "DirectAccess", approved)(r.DirectAccess(approved.PAN))
				has(t, "Provider", konkan)(r.Provider(konkan.ClientID))
				has(t, "PortalUser", login)(r.PortalUser(login.Username))
				has(t, "APIUser", apiUser)(r.APIUser(apiUser.Environment, apiUser.Username))
				has(t, "a finished flow", flow)(r.Flow(flow.ID))
				lacks[store.Captcha](t, "Captcha")(r.Captcha(captcha.ID))
				lacks[store.Session](t, "Session")(r.Session(session.Environment, session.Token))
				lacks[store.Attempts](t, "Attempts")(r.Attempts(attempts.Environment, attempts.Name))
				lacks[store.Count](t, "Count")(r.Count(count.Environment, count.Name))
				return nil
			})
		}},
	}
}

func sweepForgets(t *testing.T, s store.Store) {
	put := func(tx store.Tx, id string, ends time.Time) error {
		return errors.Join(
			tx.PutCaptcha(store.Captcha{ID: id, ExpiresAt: ends}), tx.PutFlow(store.Flow{ID: id, ExpiresAt: ends}),
			tx.PutSession(store.Session{Environment: nic.Sandbox, Token: id, ExpiresAt: ends}),
			tx.PutAttempts(store.Attempts{Environment: nic.Sandbox, Name: id, ExpiresAt: ends}),
			tx.PutCount(store.Count{Environment: nic.Sandbox, Name: id, ExpiresAt: ends}),
		)
	}
	found := func(r store.Reader, id string) []bool {
		_, captcha := r.Captcha(id)
		_, flow := r.Flow(id)
		_, session := r.Session(nic.Sandbox, id)
		_, attempts := r.Attempts(nic.Sandbox, id)
		_, count := r.Count(nic.Sandbox, id)
		var there []bool
		for _, err := range []error{captcha, flow, session, attempts, count} {
			there = append(there, err == nil)
		}
		return there
	}
	ends := map[string]time.Time{"before": noon.Add(-time.Millisecond), "then": noon, "after": noon.Add(time.Millisecond)}
	update(t, s, func(tx store.Tx) error {
		var errs []error
		for id, end := range ends {
			errs = append(errs, put(tx, id, end))
		}
		return errors.Join(append(errs, tx.Sweep(noon))...)
	})
	view(t, s, func(r store.Reader) error {
		for id := range ends {
			for i, there := range found(r, id) {
				if want := id != "before"; there != want {
					t.Errorf("%s, which ended %s: found is %v",
						[]string{"captcha", "flow", "session", "attempts", "count"}[i], id, there)
				}
			}
		}
		return nil
	})
}
