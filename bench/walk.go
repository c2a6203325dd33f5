package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/simulator/nic"
)

// walker is one connection's world, with as many taxpayers in it as it will register.
type walker struct {
	world   string
	control *client.Control // of that world
	sandbox *client.Sandbox
	plans   []client.SandboxPlan
}

// walk performs section 1 of the guide on all connections at once, in a new world each, and removes
// the worlds. Only the performing is measured: captcha and OTP are read through the control API, as
// a client's test does it.
func walk(ctx context.Context, urls map[string]string, round int, p plan) (measured sample, err error) {
	root, err := client.NewControl(urls["control"], client.Options{})
	if err != nil {
		return sample{}, err
	}
	var walkers []*walker
	defer func() {
		for _, w := range walkers {
			err = errors.Join(err, root.DeleteWorld(ctx, w.world))
		}
	}()
	for n := range p.connections {
		w, err := newWalker(ctx, urls, fmt.Sprintf("bench-%d-%d", round, n), p.walks)
		if err != nil {
			return sample{}, fmt.Errorf("preparing the world of a walk: %w", err)
		}
		walkers = append(walkers, w)
	}

	var (
		mu   sync.Mutex // guards measured.took and errs
		errs []error
		wg   sync.WaitGroup
	)
	began := time.Now()
	for _, w := range walkers {
		wg.Go(func() {
			took, err := w.perform(ctx)
			mu.Lock()
			defer mu.Unlock()
			measured.took = append(measured.took, took...)
			errs = append(errs, err)
		})
	}
	wg.Wait()
	measured.over = time.Since(began)
	return measured, errors.Join(errs...)
}

func newWalker(ctx context.Context, urls map[string]string, world string, walks int) (*walker, error) {
	options := client.Options{HTTP: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 1}}}
	inside := "/w/" + world
	control, err := client.NewControl(urls["control"]+inside, options)
	if err != nil {
		return nil, err
	}
	sandbox, err := client.NewSandbox(urls["sandbox"]+inside, options)
	if err != nil {
		return nil, err
	}
	w := &walker{world: world, control: control, sandbox: sandbox}
	for n := range walks {
		plan, err := newPlan(n)
		if err != nil {
			return nil, err
		}
		if err := control.AddTaxpayer(ctx, client.Taxpayer{
			GSTIN: plan.GSTIN, LegalName: fmt.Sprintf("Bench %d", n), Status: "ACTIVE", TaxpayerType: "REG",
			Mobile: plan.Mobile, Email: plan.Email, EInvoiceEnabled: true,
		}); err != nil {
			return nil, err
		}
		w.plans = append(w.plans, plan)
	}
	return w, nil
}

// newPlan is the guide's own, for a made-up taxpayer. A GSTIN takes one user for a client id, so each
// walk needs another.
func newPlan(n int) (client.SandboxPlan, error) {
	gstin := fmt.Sprintf("29BNCCH%04dK1Z", n)
	check, err := nic.CheckCharacter(gstin)
	if err != nil {
		return client.SandboxPlan{}, err
	}
	return client.SandboxPlan{
		GSTIN: gstin + string(check), Mobile: fmt.Sprintf("98765%05d", n), Email: fmt.Sprintf("books%d@bench.example", n),
		CompanyName: "Sahyadri GST Suvidha", ClientID: "AAFCC29ERP82ZSO",
		Username: fmt.Sprintf("bench_%d", n), Password: "Testing@123",
	}, nil
}

func (w *walker) perform(ctx context.Context) ([]time.Duration, error) {
	var took []time.Duration
	for _, plan := range w.plans {
		began := time.Now()
		if _, err := client.PerformSandbox(ctx, w.sandbox, client.FromControl(w.control), plan, nil); err != nil {
			return took, fmt.Errorf("a walk in world %s: %w", w.world, err)
		}
		took = append(took, time.Since(began))
	}
	return took, nil
}
