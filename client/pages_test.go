package client_test

import (
	"fmt"
	"testing"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/simulator"
	"github.com/nicsim/nicsim/simulator/simtest"
)

// The client reads lists page after page, as many records as are wanted.
func TestListsAreReadInPages(t *testing.T) {
	s := simtest.Start(t, simulator.Options{})
	control, err := client.NewControl(s.Control, client.Options{})
	if err != nil {
		t.Fatal(err)
	}
	before, err := control.Organisations(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for n := range 250 {
		pan := fmt.Sprintf("ZZZFZ%04dF", n)
		if err := control.AddOrganisation(t.Context(), client.Organisation{PAN: pan, LegalName: pan}); err != nil {
			t.Fatal(err)
		}
		err := control.AddAPIUser(t.Context(), client.APIUserRecord{Environment: client.EnvironmentSandbox,
			Username: fmt.Sprint("pages_", n), Password: "stubpass", GSTIN: "29ABCCD1234E1Z1", ClientID: "AAFCC29ERP82ZSO"})
		if err != nil {
			t.Fatal(err)
		}
	}
	all, err := control.Organisations(t.Context())
	if err != nil || len(all) != len(before)+250 || all[len(all)-1].PAN != "ZZZFZ0249F" {
		t.Errorf("%d organisations, %v; there were %d before 250 more", len(all), err, len(before))
	}
	for limit, want := range map[int]int{0: 200, 1: 1, 230: 230, 1500: 250} {
		users, err := control.APIUsers(t.Context(), client.RecordFilter{Limit: limit})
		if err != nil || len(users) != want {
			t.Errorf("limit %d: %d API users, %v; want %d", limit, len(users), err, want)
		}
	}
}
