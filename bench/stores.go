package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync/atomic"

	"github.com/nicsim/nicsim/client"
)

// kept is a store of nicsim and the measurements of it.
type kept struct {
	name                         string
	flags                        []string // of nicsim serve
	walks, auth, generate, reads series
}

// measureStores measures what nicsim does in memory, in SQLite and, if TEST_POSTGRES names a server, in PostgreSQL.
func measureStores(ctx context.Context, p plan, r *report) error {
	dir, err := os.MkdirTemp("", "nicsim-bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	r.stores = []*kept{{name: "memory"}, {name: "SQLite", flags: []string{"--data", dir}}}
	if address := os.Getenv("TEST_POSTGRES"); address != "" {
		r.stores = append(r.stores, &kept{name: "PostgreSQL", flags: []string{"--database", address}})
	}
	for _, k := range r.stores {
		if err := k.measure(ctx, p); err != nil {
			return fmt.Errorf("%s: %w", k.name, err)
		}
	}
	return nil
}

func (k *kept) measure(ctx context.Context, p plan) (err error) {
	nicsim, err := start(ctx, p.nicsim, append(serve[:len(serve):len(serve)], k.flags...)...)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, nicsim.stop()) }()
	user, err := newAPIUser(ctx, nicsim.urls)
	if err != nil {
		return fmt.Errorf("making a user: %w", err)
	}
	one, err := user.generate(ctx, 1)
	if err != nil {
		return err
	}
	enough := func(s *series, start starter) error {
		for range p.rounds {
			if err := s.turn(ctx, connections, until(p.turn), start); err != nil {
				return err
			}
		}
		return nil
	}
	if err := errors.Join(enough(&k.walks, walks(nicsim.urls)), enough(&k.auth, user.auth.dial),
		enough(&k.generate, one.request.dial)); err != nil {
		return err
	}
	read, err := user.read(ctx)
	if err != nil {
		return err
	}
	return enough(&k.reads, read.dial)
}

// sectionOne makes an API user with section 1 of the guide.
var sectionOne = client.SandboxPlan{
	GSTIN: seller, Mobile: mobile, Email: email, CompanyName: "Sahyadri GST Suvidha", ClientID: "AAFCC29ERP82ZSO",
	Username: "bench_api", Password: "Testing@123",
}

// walks performs section 1 of the guide, each time in a world of its own.
func walks(urls map[string]string) starter {
	var last atomic.Int64
	return func(ctx context.Context) (func() error, error) {
		return func() error {
			world := fmt.Sprintf("/w/bench-%d-%d", os.Getpid(), last.Add(1))
			control, err := client.NewControl(urls["control"]+world, client.Options{})
			if err != nil {
				return err
			}
			sandbox, err := client.NewSandbox(urls["sandbox"]+world, client.Options{})
			if err != nil {
				return err
			}
			_, err = client.PerformSandbox(ctx, sandbox, client.FromControl(control), sectionOne, nil)
			return err
		}, nil
	}
}
