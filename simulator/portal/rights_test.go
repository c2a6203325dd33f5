package portal_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/portal"
	"github.com/nicsim/nicsim/simulator/store"
)

// rights puts a session and a token of each of Asha's users into a world.
func rights(tx store.Tx) error {
	ends := noon.Add(time.Hour)
	user := store.APIUser{Environment: nic.Sandbox, GSTIN: asha.gstin, Username: "dakshin_api", ClientID: konkan.clientID}
	return errors.Join(
		tx.AddAPIUser(user),
		tx.PutToken(store.Token{Value: "token", Environment: nic.Sandbox, ClientID: user.ClientID, Username: user.Username,
			GSTIN: asha.gstin, ExpiresAt: ends}),
		tx.PutSession(store.Session{Token: "of the API user", Environment: nic.Sandbox, Username: user.Username,
			GSTIN: asha.gstin, ExpiresAt: ends}),
		tx.PutSession(store.Session{Token: "of the login", Environment: nic.Production, Username: asha.username,
			GSTIN: asha.gstin, ExpiresAt: ends}),
	)
}

// A user who is frozen or has another password, and a taxpayer whose registration was cancelled, lose what was open at
// once. Another change ends nothing.
func TestEndOfRights(t *testing.T) {
	user := store.APIUser{Environment: nic.Sandbox, GSTIN: asha.gstin, Username: "dakshin_api", ClientID: konkan.clientID}
	login := store.PortalUser{Username: asha.username, GSTIN: asha.gstin}
	firm := store.Taxpayer{GSTIN: asha.gstin, Status: nic.Active}
	ofUser := func(change func(*store.APIUser)) func(store.Tx) error {
		after := user
		change(&after)
		return func(tx store.Tx) error { return portal.EndOfAPIUser(tx, user, after, noon) }
	}
	ofLogin := func(change func(*store.PortalUser)) func(store.Tx) error {
		after := login
		change(&after)
		return func(tx store.Tx) error { return portal.EndOfPortalUser(tx, login, after) }
	}
	ofFirm := func(before, after string) func(store.Tx) error {
		was, is := firm, firm
		was.Status, is.Status = before, after
		return func(tx store.Tx) error { return portal.EndOfTaxpayer(tx, was, is, noon) }
	}
	all := []string{"of the API user", "of the login"}
	for name, c := range map[string]struct {
		end   func(store.Tx) error
		left  []string // sessions
		token string   // why it ended
	}{
		"API user, nothing": {ofUser(func(*store.APIUser) {}), all, ""},
		"API user, frozen":  {ofUser(func(u *store.APIUser) { u.Frozen = true }), all[1:], "the API user was frozen"},
		"API user, password": {ofUser(func(u *store.APIUser) { u.PasswordHash = "x" }), all[1:],
			"the password of the API user was changed"},
		"login, nothing":  {ofLogin(func(*store.PortalUser) {}), all, ""},
		"login, source":   {ofLogin(func(u *store.PortalUser) { u.Source = "EWAY_BILL" }), all, ""},
		"login, frozen":   {ofLogin(func(u *store.PortalUser) { u.Frozen = true }), all[:1], ""},
		"login, password": {ofLogin(func(u *store.PortalUser) { u.PasswordHash = "x" }), all[:1], ""},
		"firm, suspended": {ofFirm(nic.Active, nic.Suspended), all, ""},
		"firm, cancelled": {ofFirm(nic.Active, nic.Cancelled), nil, "the registration of the taxpayer was cancelled"},
		"firm, long ago":  {ofFirm(nic.Cancelled, nic.Cancelled), all, ""},
	} {
		t.Run(name, func(t *testing.T) {
			w := ruleCase{t, enter(t, stage(), "rights")}
			w.change(rights)
			w.change(c.end)
			var left []string
			var token store.Token
			w.change(func(tx store.Tx) error {
				ofAPI, one := tx.SessionsOf(nic.Sandbox, user.Username, "")
				ofPortal, other := tx.SessionsOf(nic.Production, asha.username, "")
				for _, s := range slices.Concat(ofAPI, ofPortal) {
					left = append(left, s.Token)
				}
				var third error
				token, third = tx.TokenOf(nic.Sandbox, user.ClientID, user.Username)
				return errors.Join(one, other, third)
			})
			ended := token.ExpiresAt.Equal(noon)
			if !slices.Equal(left, c.left) || token.Ended != c.token || ended != (c.token != "") {
				t.Errorf("sessions %q, a token that ends at %s because %q", left, token.ExpiresAt, token.Ended)
			}
		})
	}
}

// A token that has ended by itself stays as it is: its cause of death is its age.
func TestEndOfATokenThatIsOver(t *testing.T) {
	user := store.APIUser{Environment: nic.Sandbox, Username: "dakshin_api", ClientID: konkan.clientID}
	frozen := user
	frozen.Frozen = true
	for at, want := range map[time.Duration]string{time.Hour: "", time.Hour - 1: "the API user was frozen"} {
		w := ruleCase{t, enter(t, stage(), "rights")}
		w.change(rights)
		w.change(func(tx store.Tx) error {
			err := portal.EndOfAPIUser(tx, user, frozen, noon.Add(at))
			token, missing := tx.TokenOf(nic.Sandbox, user.ClientID, user.Username)
			if token.Ended != want {
				t.Errorf("after %s: %q", at, token.Ended)
			}
			return errors.Join(err, missing)
		})
	}
}
