package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"sync/atomic"
	"time"
)

// group is a number of processes that share a database, and the measurements of them.
type group struct {
	processes             int
	auth, generate, reads series
}

// measureProcesses measures one, two and four processes with one load on one PostgreSQL, which TEST_POSTGRES names.
func measureProcesses(ctx context.Context, p plan, out io.Writer) error {
	address := os.Getenv("TEST_POSTGRES")
	if address == "" {
		return errors.New("TEST_POSTGRES does not name a PostgreSQL server")
	}
	k := &kept{name: "PostgreSQL", flags: []string{"--database", address}}
	requests, err := k.prepare(ctx, p)
	if err != nil {
		return err
	}
	groups := []*group{{processes: 1}, {processes: 2}, {processes: 4}}
	for range p.rounds {
		for _, g := range groups {
			if err := g.measure(ctx, p, k.flags, requests); err != nil {
				return fmt.Errorf("%d processes: %w", g.processes, err)
			}
		}
	}
	var b strings.Builder
	b.WriteString(p.machine() + "\nProcesses on one PostgreSQL; each a second.\n\n")
	row := table(&b, "processes", "auth", "generate", "reads by IRN", "p99 of a read")
	for _, g := range groups {
		row(fmt.Sprint(g.processes), rate(g.auth.rate()), rate(g.generate.rate()), rate(g.reads.rate()),
			ms(g.reads.took, 0.99))
	}
	_, err = io.WriteString(out, b.String())
	return err
}

// calls are the requests of a user.
type calls struct{ auth, generate, read request }

// prepare makes a user with some invoices in a store, and ends nicsim.
func (k *kept) prepare(ctx context.Context, p plan) (c calls, err error) {
	if err := k.start(ctx, p); err != nil {
		return c, err
	}
	defer func() { err = errors.Join(err, k.nicsim.stop()) }()
	if k.user, err = newAPIUser(ctx, k.nicsim.urls); err != nil {
		return c, fmt.Errorf("%s: making a user: %w", k.name, err)
	}
	c.auth = k.user.auth
	one, err := k.user.generate(ctx, 1)
	if err != nil {
		return c, err
	}
	c.generate = one.request
	more := func(time.Time) bool { return k.user.registered.Load() < fewInvoices }
	if err := new(series).turn(ctx, connections, more, c.generate.dial); err != nil {
		return c, err
	}
	c.read, err = k.user.read(ctx)
	return c, err
}

// measure starts the processes for a turn of each request. The first, short turn is for their caches and connections.
func (g *group) measure(ctx context.Context, p plan, flags []string, c calls) (err error) {
	var addresses []string
	for range g.processes {
		k := &kept{flags: flags}
		if err := k.start(ctx, p); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, k.nicsim.stop()) }()
		addresses = append(addresses, k.address())
	}
	for _, turn := range []struct {
		of      *series
		request request
		length  time.Duration
	}{
		{new(series), c.read, p.turn / 2}, {&g.auth, c.auth, p.turn}, {&g.generate, c.generate, p.turn},
		{&g.reads, c.read, p.turn},
	} {
		if err := turn.of.turn(ctx, connections, until(turn.length), turn.request.over(addresses...)); err != nil {
			return err
		}
	}
	return nil
}

// over spreads the connections of a request over addresses.
func (r request) over(addresses ...string) starter {
	var last atomic.Int64
	return func(ctx context.Context) (func() error, error) {
		other := r
		other.address = addresses[last.Add(1)%int64(len(addresses))]
		return other.dial(ctx)
	}
}
