package portal_test

import (
	"errors"
	"testing"

	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/portal"
	"github.com/nicsim/nicsim/simulator/store"
)

// A username in another case is an unknown one: the password is not compared with that of the user, which would take
// another time when it is right. So a hash that cannot be read is not looked at.
func TestAnotherSpellingIsNotComparedWithThePassword(t *testing.T) {
	w := enter(t, stage(), "spelling")
	err := w.Store.Update(t.Context(), func(tx store.Tx) error {
		return tx.AddAPIUser(store.APIUser{Environment: nic.Sandbox, Username: "dakshin_api", GSTIN: asha.gstin,
			ClientID: sahyadri.clientID, PasswordHash: "cannot be read"})
	})
	if err != nil {
		t.Fatal(err)
	}
	p := portal.In(w, nic.Sandbox)
	for name, known := range map[string]bool{"dakshin_api": true, "Dakshin_API": false, "nobody": false} {
		_, _, err := p.Login(t.Context(), portal.Credentials{Username: name, Password: goodPassword,
			Captcha: solved(t, p)})
		refusal, refused := errors.AsType[*portal.Refusal](err)
		if refused == known || refused && refusal.Code() != portal.LoginFailed {
			t.Errorf("%s: %v", name, err)
		}
	}
}
