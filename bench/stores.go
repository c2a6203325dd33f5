package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync/atomic"

	"github.com/nicsim/nicsim/client"
)

// kept is a store of nicsim and the measurements of it.
type kept struct {
	name                         string
	flags                        []string // of nicsim serve
	nicsim                       *server
	user                         *apiUser
	worlds                       atomic.Int64 // that walks have made
	walks, auth, generate, reads series
}

// measureStores measures what nicsim does in memory, in SQLite and, if TEST_POSTGRES names a server, in PostgreSQL.
func measureStores(ctx context.Context, p plan, r *report) (err error) {
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
		if err := k.start(ctx, p); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, k.nicsim.stop()) }()
		if k.user, err = newAPIUser(ctx, k.nicsim.urls); err != nil {
			return fmt.Errorf("%s: making a user: %w", k.name, err)
		}
	}
	for range p.rounds {
		for _, turn := range []func(*kept, context.Context, plan) error{
			(*kept).walk, (*kept).login, (*kept).register, (*kept).read,
		} {
			for _, k := range r.stores {
				if err := turn(k, ctx, p); err != nil {
					return fmt.Errorf("%s: %w", k.name, err)
				}
			}
		}
	}
	return nil
}

func (k *kept) start(ctx context.Context, p plan) (err error) {
	if k.nicsim, err = start(ctx, p.nicsim, append(serve[:len(serve):len(serve)], k.flags...)...); err != nil {
		return fmt.Errorf("%s: %w", k.name, err)
	}
	return nil
}

// address is that of the e-Invoice API.
// sandbox is the listener of most requests.
const sandbox = "sandbox"

func (k *kept) address() string { return k.addressOf(sandbox) }

func (k *kept) addressOf(listener string) string {
	return strings.TrimPrefix(k.nicsim.urls[listener], "http://")
}

func (k *kept) walk(ctx context.Context, p plan) error {
	return k.walks.turn(ctx, connections, until(p.turn), k.performWalks)
}

func (k *kept) login(ctx context.Context, p plan) error {
	return k.auth.turn(ctx, connections, until(p.turn), k.user.auth.dial)
}

func (k *kept) register(ctx context.Context, p plan) error {
	one, err := k.user.generate(ctx, 1)
	if err != nil {
		return err
	}
	return k.generate.turn(ctx, connections, until(p.turn), one.request.dial)
}

func (k *kept) read(ctx context.Context, p plan) error {
	read, err := k.user.read(ctx)
	if err != nil {
		return err
	}
	return k.reads.turn(ctx, connections, until(p.turn), read.dial)
}

// sectionOne makes an API user with section 1 of the guide.
var sectionOne = client.SandboxPlan{
	GSTIN: seller, Mobile: mobile, Email: email, CompanyName: "Sahyadri GST Suvidha", ClientID: "AAFCC29ERP82ZSO",
	Username: "bench_api", Password: "Testing@123",
}

// performWalks performs section 1 of the guide, each time in a world of its own, which it deletes: the number of worlds
// of a server has a bound.
func (k *kept) performWalks(ctx context.Context) (func() error, error) {
	urls := k.nicsim.urls
	return func() error {
		name := fmt.Sprintf("bench-%d-%d", os.Getpid(), k.worlds.Add(1))
		world := "/w/" + name
		control, err := client.NewControl(urls["control"]+world, client.Options{})
		if err != nil {
			return err
		}
		sandbox, err := client.NewSandbox(urls["sandbox"]+world, client.Options{})
		if err != nil {
			return err
		}
		_, err = client.PerformSandbox(ctx, sandbox, client.FromControl(control), sectionOne, nil)
		return errors.Join(err, control.DeleteWorld(ctx, name))
	}, nil
}
