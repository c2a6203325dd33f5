package world_test

import (
	"sync"
	"testing"

	"github.com/nicsim/nicsim/simulator/world"
)

func closed(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

func TestNotifyWakesEveryWatcher(t *testing.T) {
	var n world.Notifier
	n.Notify() // without a watcher
	first, second := n.Wait(), n.Wait()
	if closed(first) || closed(second) {
		t.Fatal("a channel is closed before any change")
	}
	n.Notify()
	if !closed(first) || !closed(second) {
		t.Error("a watcher was not woken")
	}
	third := n.Wait()
	if closed(third) {
		t.Error("a later watcher sees the earlier change")
	}
	n.Notify()
	n.Notify()
	if !closed(third) {
		t.Error("the third watcher was not woken")
	}
}

// A watcher that waits and then reads the state again sees the last of any number of changes.
func TestNoChangeIsMissed(t *testing.T) {
	var n world.Notifier
	var mu sync.Mutex
	changes := 0
	const all = 1000
	var changers sync.WaitGroup
	for range 4 {
		changers.Go(func() {
			for range all / 4 {
				mu.Lock()
				changes++
				mu.Unlock()
				n.Notify()
			}
		})
	}
	for {
		next := n.Wait()
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
	changers.Wait()
}
