package gsp

import (
	"strings"
	"testing"

	"github.com/nicsim/nicsim/internal/golden"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/store"
)

// docs/gsp.md has the table of causes. Each code is one of NIC's.
func TestExplanationsAreDocumented(t *testing.T) {
	var table strings.Builder
	table.WriteString("\n| NIC | cause | what to do |\n|---|---|---|\n")
	for _, e := range explanations {
		text, known := nic.Message(e.code)
		if !known {
			t.Errorf("%s is not a code of NIC's", e.code)
		}
		table.WriteString("| " + e.code + " " + text + " | " + e.cause + " | " + e.remedy + " |\n")
	}
	golden.CompareSection(t, "../../docs/gsp.md", "causes", table.String())
}

// The first explanation of a code that applies is the one that is told, and each can be told.
func TestExplanations(t *testing.T) {
	for _, c := range []struct {
		env      nic.Environment
		username string
		cause    string // a part of it
	}{
		{nic.Production, "dakshin", "does not begin with API_"},
		{nic.Production, "API", "does not begin with API_"},
		{nic.Production, "api_dakshin", "misspelt"},
		{nic.Sandbox, "API_dakshin", "not known in the sandbox"},
		{nic.Sandbox, "dakshin", "misspelt"},
	} {
		cause, remedy := Explain(store.Connection{Environment: c.env, Username: c.username,
			Tested: store.Test{NICCode: "1017"}})
		if !strings.Contains(cause, c.cause) || remedy == "" {
			t.Errorf("%s in %s: %s %s", c.username, c.env, cause, remedy)
		}
	}
	if cause, remedy := Explain(store.Connection{Tested: store.Test{NICCode: "5001"}}); cause == "" || remedy == "" {
		t.Errorf("a code that is not about the credentials: %q %q", cause, remedy)
	}
	if cause, remedy := Explain(store.Connection{}); cause+remedy != "" {
		t.Errorf("without a refusal: %q %q", cause, remedy)
	}
}
