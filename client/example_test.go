package client_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/simulator"
)

// serve runs a simulator for an example. A real program uses the addresses of one that runs, or of NIC.
func serve() (simulator.URLs, func(), error) {
	sim, err := simulator.New(simulator.Options{Seed: "example", Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		return simulator.URLs{}, nil, err
	}
	running, err := sim.Start(context.Background(), simulator.Addresses{})
	if err != nil {
		return simulator.URLs{}, nil, err
	}
	return running.URLs, func() { _ = running.Close(context.Background()) }, nil
}

// Dakshin is a taxpayer of the simulator's fixtures.
var dakshinPlan = client.SandboxPlan{
	GSTIN: "29ABCCD1234E1Z1", Mobile: "9876543210", Email: "accounts@dakshin.example",
	CompanyName: "Sahyadri GST Suvidha", ClientID: "AAFCC29ERP82ZSO",
	Username: "dakshin_test", Password: "Testing@123",
}

// A taxpayer registers on the sandbox portal and makes an API user, which is section 1 of NIC's guide.
func ExamplePerformSandbox() {
	urls, stop, err := serve()
	if err != nil {
		fmt.Println(err)
		return
	}
	defer stop()
	ctx := context.Background()
	sandbox, err := client.NewSandbox(urls.Sandbox, client.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	control, err := client.NewControl(urls.Control, client.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	// The control API tells the answers of captchas and the OTPs. Against NIC use FromPrompt or FromCommand.
	result, err := client.PerformSandbox(ctx, sandbox, client.FromControl(control), dakshinPlan, nil)
	fmt.Println(result.Username, err)
	// Output: dakshin_test <nil>
}

// A program registers an invoice, which the API refuses here, and looks a taxpayer up. Each call logs in if need be.
func ExampleAPI() {
	urls, stop, err := serve()
	if err != nil {
		fmt.Println(err)
		return
	}
	defer stop()
	ctx := context.Background()
	sandbox, err := client.NewSandbox(urls.Sandbox, client.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	control, err := client.NewControl(urls.Control, client.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	if _, err := client.PerformSandbox(ctx, sandbox, client.FromControl(control), dakshinPlan, nil); err != nil {
		fmt.Println(err)
		return
	}
	key, err := control.PublicKey(ctx, client.EnvironmentSandbox)
	if err != nil {
		fmt.Println(err)
		return
	}
	api, err := client.NewAPI(urls.Sandbox, client.Credentials{
		ClientID: dakshinPlan.ClientID, ClientSecret: "SahyadriSecret000001",
		GSTIN: dakshinPlan.GSTIN, Username: dakshinPlan.Username, Password: dakshinPlan.Password,
	}, key, client.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}

	_, err = api.Generate(ctx, json.RawMessage(`{"Version":"1.1"}`))
	if refused, ok := errors.AsType[*client.APIError](err); ok {
		fmt.Println(refused.Details[0].Code)
	}
	taxpayer, err := api.Taxpayer(ctx, dakshinPlan.GSTIN)
	fmt.Println(taxpayer.LegalName, err)
	// Output:
	// 5002
	// Dakshin Components Private Limited <nil>
}
