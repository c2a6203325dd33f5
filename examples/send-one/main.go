// Command send-one registers one invoice, as a client must that lives with NIC's failures: it logs in again when the
// token or the session key is no longer valid, waits when it is asked to, sends a document again when it does not know
// what became of it, and reads what is registered already. It passes the drills of nicsim:
//
//	nicsim drill --exec ./send-one
//
// Address, keys, credentials and the document's file come from the environment, as nicsim drill sets it.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/nicsim/nicsim/client"
)

func main() {
	timeout := flag.Duration("timeout", 20*time.Second, "longest time of one call")
	pause := flag.Duration("pause", 500*time.Millisecond, "time before the first repeat; it doubles with each")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, *timeout, *pause)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "send-one:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, timeout, pause time.Duration) error {
	document, err := os.ReadFile(os.Getenv("NIC_INVOICE"))
	if err != nil {
		return fmt.Errorf("the invoice: %w", err)
	}
	api, err := connect(client.Options{HTTP: &http.Client{Timeout: timeout}})
	if err != nil {
		return err
	}
	registered, err := register(ctx, api, document, pause)
	if err != nil {
		return err
	}
	fmt.Println(registered.IRN)
	return nil
}

// connect makes the client from the variables.
func connect(o client.Options) (*client.API, error) {
	key, err := os.ReadFile(os.Getenv("NIC_SANDBOX_PUBLIC_KEY"))
	if err != nil {
		return nil, fmt.Errorf("the public key: %w", err)
	}
	return client.NewAPI(os.Getenv("NIC_SANDBOX_URL"), client.Credentials{
		ClientID: os.Getenv("NIC_CLIENT_ID"), ClientSecret: os.Getenv("NIC_CLIENT_SECRET"), GSTIN: os.Getenv("NIC_GSTIN"),
		Username: os.Getenv("NIC_SANDBOX_USERNAME"), Password: os.Getenv("NIC_SANDBOX_PASSWORD"),
	}, key, o)
}

// attempts is how often a call is made before the program gives up.
const attempts = 4

// register sends a document until it is registered, and returns the invoice with its signed QR code.
func register(ctx context.Context, api *client.API, document json.RawMessage, pause time.Duration) (client.Invoice,
	error) {
	sent, err := repeat(ctx, pause, func() (client.Invoice, error) { return api.Generate(ctx, document) })
	known, ok := errors.AsType[*client.AlreadyRegistered](err)
	if !ok {
		return sent, err
	}
	// An answer was lost. The refusal has the IRN, but not the QR code.
	read, err := repeat(ctx, pause, func() (client.Invoice, error) { return api.InvoiceByIRN(ctx, known.IRN) })
	if refused, ok := errors.AsType[*client.APIError](err); ok && refused.Has("2283") { // too old to be read
		return client.Invoice{IRN: known.IRN, AckNo: client.Number(known.AckNo), AckDt: known.AckDt}, nil
	}
	return read, err
}

// repeat makes a call until it succeeds, or is refused for good.
func repeat(ctx context.Context, pause time.Duration, call func() (client.Invoice, error)) (client.Invoice, error) {
	for attempt := 1; ; attempt++ {
		answer, err := call()
		if err == nil || attempt == attempts || !passes(err) {
			return answer, err
		}
		wait := pause << (attempt - 1)
		if unexpected, ok := errors.AsType[*client.UnexpectedAnswer](err); ok {
			wait = max(wait, unexpected.RetryAfter)
		}
		select {
		case <-time.After(wait):
		case <-ctx.Done():
			return answer, ctx.Err()
		}
	}
}

// passes reports whether a call that failed may succeed later as it is.
func passes(err error) bool {
	if _, lost := errors.AsType[*client.Unreachable](err); lost {
		return true // nothing is known of the call
	}
	if _, page := errors.AsType[*client.UnexpectedAnswer](err); page {
		return true // a gateway answered, or the answer cannot be read
	}
	refused, ok := errors.AsType[*client.APIError](err)
	if !ok {
		return false
	}
	for _, code := range []string{
		"3020", "3043", "5001", // NIC is down
		"2148", // the IRN has not arrived at this portal yet
	} {
		if refused.Has(code) {
			return true
		}
	}
	return false
}
