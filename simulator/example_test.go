package simulator_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"

	"github.com/nicsim/nicsim/simulator"
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
