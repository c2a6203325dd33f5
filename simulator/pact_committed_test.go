package simulator_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/nicsim/nicsim/simulator"
	"github.com/nicsim/nicsim/simulator/simtest"
)

// pactWith is a committed pact and the handlers of its states.
type pactWith struct {
	provider string
	states   map[string]state
	baseURL  func(*simtest.Server) string
}

var pacts = []pactWith{
	{"sandbox-portal", sandboxStates, func(s *simtest.Server) string { return s.Sandbox }},
	{"production-portal", productionStates, func(s *simtest.Server) string { return s.Production }},
	{"einvoice-api", eInvoiceStates, func(s *simtest.Server) string { return s.Sandbox }},
	{"gsp", gspStates, func(s *simtest.Server) string { return s.GSP }},
}

func (p pactWith) file() string {
	return filepath.Join("..", "fixtures", "pacts", "nicsim-client-"+p.provider+".json")
}

// pactDocument holds the parts of a V4 pact that the tests check.
type pactDocument struct {
	Provider     struct{ Name string }
	Interactions []pactInteraction
	Metadata     struct {
		PactSpecification struct{ Version string }
	}
}

type pactInteraction struct {
	Description    string
	ProviderStates []struct{ Name string }
	Request        struct {
		Headers    map[string][]string
		Body       struct{ Content any }
		Generators map[string]any
	}
	Response struct {
		Status int
		Body   struct{ Content any }
	}
}

// refused reports whether an answer is a refusal: by its HTTP status or, at the API, whose refusals have the status
// 200, by its member Status.
func (i pactInteraction) refused() bool {
	body, _ := i.Response.Body.Content.(map[string]any)
	return i.Response.Status >= 400 || body["Status"] == float64(0)
}

func (p pactWith) read(t *testing.T) pactDocument {
	t.Helper()
	text, err := os.ReadFile(p.file())
	if err != nil {
		t.Fatal(err)
	}
	var d pactDocument
	if err := json.Unmarshal(text, &d); err != nil {
		t.Fatalf("%s: %v", p.file(), err)
	}
	return d
}

// requireStates fails the test if a state of the pact has no handler, or if a handler has no state.
func (p pactWith) requireStates(t *testing.T) {
	t.Helper()
	given := map[string]bool{}
	for _, i := range p.read(t).Interactions {
		if len(i.ProviderStates) == 0 || i.ProviderStates[0].Name != "the fixtures" {
			t.Errorf("%q does not begin with the state \"the fixtures\", which makes it independent of the others",
				i.Description)
		}
		for _, s := range i.ProviderStates {
			given[s.Name] = true
			if p.states[s.Name] == nil {
				t.Errorf("%q is given %q, which no handler sets up", i.Description, s.Name)
			}
		}
	}
	for name := range p.states {
		if !given[name] {
			t.Errorf("the handler of %q is used by no interaction", name)
		}
	}
}

// The next tests check the pacts without libpact_ffi.

func TestEveryStateOfThePactsHasAHandler(t *testing.T) {
	for _, p := range pacts {
		t.Run(p.provider, func(t *testing.T) { p.requireStates(t) })
	}
}

// TestEveryStateCanBeSetUp sets up each state in a world with the fixtures only.
func TestEveryStateCanBeSetUp(t *testing.T) {
	for _, p := range pacts {
		sim := simtest.Start(t, simulator.Options{})
		for name, set := range p.states {
			t.Run(p.provider+": "+name, func(t *testing.T) {
				for _, set := range []state{p.states["the fixtures"], set} {
					s := script{sim: sim, portal: p.baseURL(sim)}
					given := set(&s)
					if s.err != nil {
						t.Fatal(s.err)
					}
					for name, value := range given {
						if value == "" || value == nil {
							t.Errorf("the value %s is empty", name)
						}
					}
				}
			})
		}
	}
}

func TestPactsHaveInteractionsAndRefusals(t *testing.T) {
	const atLeast, refusalsAtLeast = 12, 6
	for _, p := range pacts {
		d := p.read(t)
		refusals := 0
		for _, i := range d.Interactions {
			if i.refused() {
				refusals++
			}
		}
		if len(d.Interactions) < atLeast || refusals < refusalsAtLeast {
			t.Errorf("%s has %d interactions, of which %d are refusals; want %d and %d at least",
				p.file(), len(d.Interactions), refusals, atLeast, refusalsAtLeast)
		}
		if d.Provider.Name != p.provider || d.Metadata.PactSpecification.Version != "4.0" {
			t.Errorf("%s is a pact of version %s with %s", p.file(), d.Metadata.PactSpecification.Version, d.Provider.Name)
		}
	}
}
