package main

import (
	"slices"
	"time"
)

// sample is what one turn measured.
type sample struct {
	took []time.Duration // each answer, in no order
	over time.Duration   // the turn as a whole
}

// rate is answers a second.
func (s sample) rate() float64 {
	if s.over <= 0 {
		return 0
	}
	return float64(len(s.took)) / s.over.Seconds()
}

// series is one kind of request over all rounds.
type series struct {
	rates []float64
	took  []time.Duration
}

func (s *series) add(turn sample) {
	s.rates = append(s.rates, turn.rate())
	s.took = append(s.took, turn.took...)
}

// rate is the median round's, so that a round in which the machine was busy elsewhere does not count.
func (s *series) rate() float64 { return quantile(s.rates, 0.5) }

// quantile is the value that a share of all values do not exceed; 0 when there are none.
func quantile[T float64 | time.Duration](values []T, share float64) T {
	if len(values) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(values))
	return sorted[min(len(sorted)-1, int(share*float64(len(sorted))))]
}
