package main

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// apiReport is what was measured of the e-Invoice API.
type apiReport struct {
	bare, auth, one, hundred           series
	few, many                          int64 // invoices, before the two series of reads
	readFew, readMany                  series
	authFloor, oneFloor, hundredFloor  []float64 // a second
	heapFew, heapMany, rssFew, rssMany int64     // bytes
}

const (
	fewIRNs   = 1000
	manyLines = 100
	forever   = 24 * time.Hour
)

// measureAPI starts both programs anew, so that the memory of nicsim is that of its invoices.
func measureAPI(ctx context.Context, p plan, r *apiReport) (err error) {
	bare, err := start(ctx, p.bare)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, bare.stop()) }()
	var heap liveHeap
	nicsim, err := startTraced(ctx, &heap, p.nicsim, arguments...)
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

	readAfter := func(irns int64, of *series) error {
		fill := one.request
		if fill.most = irns - user.numbers.Load(); fill.most > 0 {
			if _, err := press(ctx, fill, p.connections, forever); err != nil {
				return err
			}
		}
		read, err := user.read(ctx)
		if err != nil {
			return err
		}
		return inTurns(ctx, p, bareAnd(bare, &r.bare, turn{of, read}))
	}
	r.few, r.many = min(fewIRNs, p.irns), p.irns
	if err := readAfter(r.few, &r.readFew); err != nil {
		return err
	}
	r.heapFew, r.rssFew = heap.bytes.Load(), nicsim.memory(ctx)
	if err := readAfter(r.many, &r.readMany); err != nil {
		return err
	}
	r.heapMany, r.rssMany = heap.bytes.Load(), nicsim.memory(ctx)
	return measureSealed(ctx, p, user, one, r)
}

// turn is a kind of request and where its measurements go.
type turn struct {
	of   *series
	what request
}

func bareAnd(bare *server, of *series, then turn) []turn {
	return []turn{{of, bareRequest(bare)}, then}
}

// inTurns lets each kind of request have its turn in every round, once it has been seen.
func inTurns(ctx context.Context, p plan, turns []turn) error {
	for round := range p.rounds + 1 {
		for _, t := range turns {
			length := p.turn
			if round == 0 {
				length /= 4
			}
			s, err := press(ctx, t.what, p.connections, length)
			if err != nil {
				return err
			}
			if round > 0 {
				t.of.add(s)
			}
		}
	}
	return nil
}

// measureSealed measures what is mostly cryptography beside just that, in turns.
func measureSealed(ctx context.Context, p plan, user *apiUser, one *generation, r *apiReport) error {
	hundred, err := user.generate(ctx, manyLines)
	if err != nil {
		return err
	}
	floor, err := newFloor()
	if err != nil {
		return err
	}
	open, err := floor.auth()
	if err != nil {
		return err
	}
	kinds := []struct {
		of    *series
		what  request
		floor *[]float64
		least func() error
	}{
		{&r.auth, user.auth, &r.authFloor, open},
		{&r.one, one.request, &r.oneFloor, floor.generate(one)},
		{&r.hundred, hundred.request, &r.hundredFloor, floor.generate(hundred)},
	}
	for range p.rounds {
		for _, k := range kinds {
			least, err := rate(ctx, k.least, p.turn)
			if err != nil {
				return err
			}
			*k.floor = append(*k.floor, least)
			s, err := press(ctx, k.what, p.connections, p.turn)
			if err != nil {
				return err
			}
			k.of.add(s)
		}
	}
	return nil
}
