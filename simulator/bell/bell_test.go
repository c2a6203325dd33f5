package bell_test

import (
	"sync"
	"testing"

	"github.com/nicsim/nicsim/simulator/bell"
)

func rung(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

func TestEverybodyWhoWaitsIsWoken(t *testing.T) {
	var b bell.Bell
	b.Ring() // nobody waits
	first, second := b.Next(), b.Next()
	if rung(first) || rung(second) {
		t.Fatal("it rang before it was rung")
	}
	b.Ring()
	if !rung(first) || !rung(second) {
		t.Error("somebody was not woken")
	}
	third := b.Next()
	if rung(third) {
		t.Error("who comes later hears the former ring")
	}
	b.Ring()
	b.Ring()
	if !rung(third) {
		t.Error("the third was not woken")
	}
}

// Who waits and looks again each time sees the last of any number of changes.
func TestNoChangeIsMissed(t *testing.T) {
	var b bell.Bell
	var mu sync.Mutex
	changes := 0
	const all = 1000
	var ringers sync.WaitGroup
	for range 4 {
		ringers.Go(func() {
			for range all / 4 {
				mu.Lock()
				changes++
				mu.Unlock()
				b.Ring()
			}
		})
	}
	for {
		next := b.Next()
		mu.Lock()
		seen := changes
		mu.Unlock()
		if seen == all {
			break
		}
		select {
		case <-next:
		case <-t.Context().Done():
			t.Fatal("a change was missed")
		}
	}
	ringers.Wait()
}
