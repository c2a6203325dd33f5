package portal_test

import (
	"slices"

	"pgregory.net/rapid"

	"github.com/nicsim/nicsim/simulator/inbox"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/store"
)

// check compares the stores of the worlds with the model and the ledger. No record may exist without its steps, and no
// record of one world may appear in the other.
func (m *machine) check(t *rapid.T) {
	for name, w := range m.worlds {
		for _, env := range []nic.Environment{nic.Sandbox, nic.Production} {
			at := place{name, env}
			n := 0
			for _, p := range people {
				var got, want []user
				for _, u := range usersOf(t, w, env, p.gstin) {
					got = append(got, user{u.Username, u.GSTIN, u.ClientID, u.Frozen})
				}
				for _, u := range m.model.users[at] {
					if u.gstin == p.gstin {
						want = append(want, *u)
					}
				}
				if !slices.Equal(got, want) {
					t.Fatalf("%s has API users %v at %v; want %v", p.gstin, got, at, want)
				}
				n += len(got)
			}
			if n != m.ledger.made[at] {
				t.Fatalf("%d API users at %v; %d were made", n, at, m.ledger.made[at])
			}
		}
		if got, want := len(w.Inbox.Messages(inbox.Filter{}, w.Clock.Now())), 2*m.ledger.messages[name]; got != want {
			t.Fatalf("%d messages in world %s; want %d", got, name, want)
		}
		m.checkFlows(t, name)
	}
}

// checkFlows looks up every flow in a world's store, which must have only its own flows.
func (m *machine) checkFlows(t *rapid.T, name string) {
	err := m.worlds[name].Store.View(t.Context(), func(r store.Reader) error {
		for id, w := range m.model.walks {
			f, err := r.Flow(id)
			if there := err == nil; there != (w.world == name) {
				t.Fatalf("flow %s of world %s, seen from %s: %v", id, w.world, name, err)
			}
			if w.world == name && (f.State != w.state || f.GSTIN != w.who.gstin || f.Environment != w.env) {
				t.Fatalf("flow %s is %s of %s; want %s of %s", id, f.State, f.GSTIN, w.state, w.who.gstin)
			}
			if w.state != "OTP_SENT" && f.OTP.Code != "" {
				t.Fatalf("flow %s is %s and still has an OTP", id, f.State)
			}
		}
		for token, v := range m.model.visits {
			_, err := r.Session(nic.Production, token)
			if there := err == nil; there != (v.world == name && !v.gone) {
				t.Fatalf("session of %s in world %s, seen from %s: %v", v.who.username, v.world, name, err)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
