package main

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"
)

// series holds the measurements of one kind of call.
type series struct {
	rates []float64       // calls a second, one for each turn
	took  []time.Duration // of each call, unordered
}

// starter prepares a worker and returns its call, which the worker repeats. Connections close with the context.
type starter func(context.Context) (call func() error, err error)

// turn runs a number of workers in parallel as long as more returns true, and adds their measurements.
func (s *series) turn(ctx context.Context, workers int, more func(time.Time) bool, start starter) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var (
		mu   sync.Mutex // guards took and errs
		took []time.Duration
		errs []error
		wg   sync.WaitGroup
	)
	began := time.Now()
	for range workers {
		wg.Go(func() {
			mine, err := work(ctx, more, start)
			mu.Lock()
			defer mu.Unlock()
			took, errs = append(took, mine...), append(errs, err)
		})
	}
	wg.Wait()
	s.took = append(s.took, took...)
	s.rates = append(s.rates, float64(len(took))/time.Since(began).Seconds())
	return errors.Join(errs...)
}

func work(ctx context.Context, more func(time.Time) bool, start starter) ([]time.Duration, error) {
	call, err := start(ctx)
	if err != nil {
		return nil, err
	}
	var took []time.Duration
	for now := time.Now(); more(now) && ctx.Err() == nil; {
		if err := call(); err != nil {
			return took, err
		}
		then := time.Now()
		took = append(took, then.Sub(now))
		now = then
	}
	return took, ctx.Err()
}

// until stops workers after a duration.
func until(length time.Duration) func(time.Time) bool {
	end := time.Now().Add(length)
	return func(now time.Time) bool { return now.Before(end) }
}

// rate returns the rate of the median turn, so that a turn in which the machine was busy does not count.
func (s *series) rate() float64 { return quantile(s.rates, 0.5) }

// quantile returns the value that a share of all values does not exceed, or 0 if there are no values.
func quantile[T int64 | float64 | time.Duration](values []T, share float64) T {
	if len(values) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(values))
	return sorted[min(len(sorted)-1, int(share*float64(len(sorted))))]
}
