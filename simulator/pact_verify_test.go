//go:build pact

package simulator_test

import (
	"sync/atomic"
	"testing"

	pactlog "github.com/pact-foundation/pact-go/v2/log"
	"github.com/pact-foundation/pact-go/v2/models"
	"github.com/pact-foundation/pact-go/v2/provider"

	"github.com/nicsim/nicsim/simulator"
	"github.com/nicsim/nicsim/simulator/simtest"
)

// TestPortalsKeepThePacts replays every interaction of the committed pacts against the portals. Before each one, the
// world is reset to the fixtures.
func TestPortalsKeepThePacts(t *testing.T) {
	if err := pactlog.SetLogLevel("ERROR"); err != nil {
		t.Fatal(err)
	}
	for _, p := range pacts {
		t.Run(p.provider, func(t *testing.T) {
			p.requireStates(t) // pact-go only warns of a state that it cannot set up
			sim := simtest.Start(t, simulator.Options{})
			handlers := models.StateHandlers{}
			var replayed atomic.Int64 // handlers run on goroutines of the verifier's proxy
			for name, set := range p.states {
				handlers[name] = func(setup bool, _ models.ProviderState) (models.ProviderStateResponse, error) {
					if !setup {
						return nil, nil
					}
					if name == "the fixtures" {
						replayed.Add(1)
					}
					s := script{sim: sim, portal: p.baseURL(sim)}
					given := set(&s)
					return models.ProviderStateResponse(given), s.err
				}
			}
			err := provider.NewVerifier().VerifyProvider(t, provider.VerifyRequest{
				Provider: p.provider, ProviderBaseURL: p.baseURL(sim), PactFiles: []string{p.file()},
				StateHandlers: handlers, DisableColoredOutput: true,
			})
			if err != nil {
				t.Fail() // VerifyProvider has reported it
			}
			if all := len(p.read(t).Interactions); int(replayed.Load()) != all {
				t.Errorf("%d of %d interactions were replayed", replayed.Load(), all)
			}
		})
	}
}
