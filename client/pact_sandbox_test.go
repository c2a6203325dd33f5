//go:build pact

package client_test

import (
	"testing"

	"github.com/nicsim/nicsim/client"
)

type onSandbox = interaction[*client.Sandbox]

// TestSandboxPact makes the client's contract with the sandbox portal, section 1 of the guide.
func TestSandboxPact(t *testing.T) {
	runPact(t, "sandbox-portal", newSandbox, map[string][]onSandbox{
		"captcha":  captchas[*client.Sandbox](),
		"Validate": validations(),
		"OTP":      registrationOTPs(),
		"Create":   creations(),
		"looks":    sandboxLooks(),
		"GSP":      gspCalls(),
	})
}
