package simulator_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"

	"github.com/nicsim/nicsim/simulator"
	"github.com/nicsim/nicsim/simulator/worldfile"
)

// A program serves both portals and the control API on free ports of this machine.
func Example() {
	sim, err := simulator.New(simulator.Options{Seed: "example"})
	if err != nil {
		fmt.Println(err)
		return
	}
	running, err := sim.Start(context.Background(), simulator.Addresses{})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer running.Close(context.Background()) //nolint:errcheck // no request is under way

	answer, err := http.Get(running.URLs.Sandbox + "/portal/v1/providers?through=GSP")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer answer.Body.Close()
	fmt.Println(answer.Status)
	// Output: 200 OK
}

// A program that has its own server mounts the handlers, each at the root of a host.
func ExampleNew() {
	sim, err := simulator.New(simulator.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	control := httptest.NewServer(sim.Control)
	defer control.Close()
	sim.Ready()

	answer, err := http.Get(control.URL + "/readyz")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer answer.Body.Close()
	fmt.Println(answer.Status)
	// Output: 200 OK
}

// Tests bring taxpayers and users of their own with the content of a world file. Most tests use package simtest.
func ExampleOptions_worlds() {
	worlds, err := worldfile.Read(strings.NewReader(`
version: 1
worlds:
  - name: default
    clock: {mode: frozen, now: "2025-03-15T10:00:00+05:30"}
    taxpayers: [{gstin: 29AWGPV7107B1Z1, legalName: Made Up Traders}]
`), "team.yaml")
	if err != nil {
		fmt.Println(err)
		return
	}
	sim, err := simulator.New(simulator.Options{Worlds: worlds})
	if err != nil {
		fmt.Println(err)
		return
	}
	control := httptest.NewServer(sim.Control)
	defer control.Close()

	answer, err := http.Get(control.URL + "/control/v1/taxpayers/29AWGPV7107B1Z1")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer answer.Body.Close()
	fmt.Println(answer.Status)
	// Output: 200 OK
}
