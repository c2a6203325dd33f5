package portal_test

import (
	"testing"
	"time"

	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/portal"
	"github.com/nicsim/nicsim/simulator/store"
	"github.com/nicsim/nicsim/simulator/world"
)

// A user who is logged in can start any number of API registrations without a captcha. Those that are abandoned are
// deleted after their lifetime.
func TestAbandonedAPIRegistrationsAreDeleted(t *testing.T) {
	w := enter(t, stage(), "a")
	p := portal.In(w, nic.Production)
	session := store.Session{GSTIN: asha.gstin}
	f, err := p.StartAPIRegistration(t.Context(), session)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Clock.Advance(time.Hour + world.Keep + time.Minute); err != nil {
		t.Fatal(err)
	}
	look := func() portal.Code {
		_, err := p.APIRegistration(t.Context(), session, f.ID)
		return codeOf(t, err)
	}
	if got := look(); got != portal.Expired {
		t.Fatalf("%q after a day; want %q", got, portal.Expired)
	}
	for range 512 {
		if _, err := p.StartAPIRegistration(t.Context(), session); err != nil {
			t.Fatal(err)
		}
	}
	if got := look(); got != portal.NotFound {
		t.Errorf("%q after 512 more; want %q", got, portal.NotFound)
	}
}
