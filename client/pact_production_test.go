//go:build pact

package client_test

import (
	"testing"

	"github.com/nicsim/nicsim/client"
)

type onProduction = interaction[*client.Production]

// TestProductionPact makes the client's contract with the production portal, section 2 of the guide.
func TestProductionPact(t *testing.T) {
	runPact(t, "production-portal", newProduction, map[string][]onProduction{
		"captcha":          captchas[*client.Production](),
		"Login":            logins(),
		"session":          sessions(),
		"API Registration": apiRegistrations(),
		"Submit":           submissions(),
		"API users":        apiUsers(),
		"forgotten":        forgotten(),
	})
}
