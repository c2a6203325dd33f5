// The README shows what follows the package clause, and TestSuiteReadme compares the two.

package main_test

import (
	"testing"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/simulator"
	"github.com/nicsim/nicsim/simulator/simtest"
)

func TestCredentials(t *testing.T) {
	sim := simtest.Start(t, simulator.Options{}) // on free ports, until the test ends
	portal, err := client.NewSandbox(sim.Sandbox, client.Options{})
	if err != nil {
		t.Fatal(err)
	}
	control, err := client.NewControl(sim.Control, client.Options{}) // knows OTPs and captcha answers
	if err != nil {
		t.Fatal(err)
	}
	plan := client.SandboxPlan{
		GSTIN: "29ABCCD1234E1Z1", Mobile: "9876543210", Email: "accounts@dakshin.example",
		CompanyName: "Sahyadri GST Suvidha", ClientID: "AAFCC29ERP82ZSO",
		Username: "dakshin_test", Password: "Testing@123",
	}
	if _, err := client.PerformSandbox(t.Context(), portal, client.FromControl(control), plan, nil); err != nil {
		t.Fatal(err)
	}
}
