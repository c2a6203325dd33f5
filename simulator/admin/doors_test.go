package admin_test

import (
	"strings"
	"testing"
	"time"

	"github.com/nicsim/nicsim/simulator/admin"
	"github.com/nicsim/nicsim/simulator/clock"
)

// A username has the characters of NIC's pattern, through every door.
func TestUsernamesObeyTheirPattern(t *testing.T) {
	for name, good := range map[string]bool{
		"a": true, "API_dakshin_live": true, "Dakshin29": true, strings.Repeat("a", 100): true,
		"2dakshin": false, "_dakshin": false, "dak shin": false, "dak-shin": false, "dak.shin": false, "dák": false,
		"a@b": false, "a<b>": false, strings.Repeat("a", 101): false,
	} {
		w := team(t)
		_, err := admin.Add(t.Context(), w, admin.APIUserChange{Environment: new("sandbox"), Username: &name,
			Password: new("Testing@123"), GSTIN: new(stub), ClientID: new(clientID)})
		if (err == nil) != good {
			t.Errorf("an API user %q: %v", name, err)
		}
		_, err = admin.Add(t.Context(), w, admin.PortalUserChange{Username: &name, Password: new("Testing@123"),
			GSTIN: new(stub)})
		if (err == nil) != good {
			t.Errorf("a login %q: %v", name, err)
		}
	}
}

// The years of a clock are those of India: the year 3000 begins there before it does in Greenwich.
func TestTheYearsOfAClockAreIndias(t *testing.T) {
	for at, good := range map[string]bool{
		"2999-12-31T18:29:59Z": true, "2999-12-31T18:30:00Z": false, "3000-01-01T00:00:00+05:30": false,
		"2020-09-30T18:30:00Z": true, "2020-09-30T18:29:59Z": false,
	} {
		now, err := time.Parse(time.RFC3339, at)
		if err != nil {
			t.Fatal(err)
		}
		_, w := empty(t)
		if _, err := admin.SetClock(t.Context(), w, admin.ClockChange{Mode: clock.Frozen, Now: &now}); (err == nil) != good {
			t.Errorf("%s: %v", at, err)
		}
	}
}
