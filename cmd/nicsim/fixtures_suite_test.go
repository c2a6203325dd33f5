package main

import (
	"encoding/json"
	"fmt"
	"testing"
)

// TestSuiteOfFixtures shows that `nicsim fixtures` lists the outcome of a walk for each taxpayer and each login. The race
// detector would find nothing in it that it does not find in TestConformance.
func TestSuiteOfFixtures(t *testing.T) {
	code, out, stderr := called(t.Context(), "fixtures", "--json")
	if code != exitGood {
		t.Fatalf("exit code %d: %s", code, stderr)
	}
	var cast castReport
	if err := json.Unmarshal([]byte(out), &cast); err != nil {
		t.Fatal(err)
	}
	if len(cast.Taxpayers) < 20 || len(cast.Logins) < 10 || len(cast.Providers) < 5 || len(cast.Organisations) < 5 {
		t.Fatalf("only %d taxpayers, %d logins, %d providers, %d organisations",
			len(cast.Taxpayers), len(cast.Logins), len(cast.Providers), len(cast.Organisations))
	}
	at := serve(t).urls
	expectOutcome := func(t *testing.T, outcome string, args ...string) {
		t.Helper()
		args = append([]string{"walk", "--json", "--no-api", "--sandbox", at.Sandbox, "--production", at.Production,
			"--control", at.Control}, args...)
		if got := outcomeOf(t, args); got != outcome {
			t.Errorf("%v: %s, want %s", args, got, outcome)
		}
	}
	for _, taxpayer := range cast.Taxpayers {
		t.Run(taxpayer.GSTIN, func(t *testing.T) {
			expectOutcome(t, taxpayer.Section1, "--section", "1", "--gstin", taxpayer.GSTIN)
			if taxpayer.Section2 != noLogin {
				expectOutcome(t, taxpayer.Section2, "--section", "2", "--login-username", taxpayer.Login)
			}
		})
	}
	for _, login := range cast.Logins {
		t.Run(login.Username, func(t *testing.T) {
			expectOutcome(t, login.Section2, "--section", "2", "--login-username", login.Username, "--login-password",
				login.Password)
		})
	}
}

// outcomeOf performs a walk and returns its outcome: registers, or the code of a refusal.
func outcomeOf(t *testing.T, args []string) string {
	t.Helper()
	code, out, stderr := called(t.Context(), args...)
	var report walkReport
	if err := json.Unmarshal([]byte(out), &report); err != nil {
		t.Fatalf("%v: %v\n%s", args, err, stderr)
	}
	switch refused := report.Sections[0].Failure; {
	case refused != nil:
		return refused.Code
	case report.OK:
		return registers
	}
	return fmt.Sprint("exit code ", code)
}
