package inbox_test

import (
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/nicsim/nicsim/simulator/budget"
	"github.com/nicsim/nicsim/simulator/inbox"
)

// Inboxes share a budget: the oldest message of all goes first, and a cleared inbox gives its part back.
func TestInboxesShareABudget(t *testing.T) {
	shared := budget.New(64 << 10)
	boxes := []*inbox.Inbox{{Budget: shared}, {Budget: shared}}
	for range 300 {
		for _, b := range boxes {
			b.Deliver(inbox.Message{Text: strings.Repeat("x", 500)}, inbox.Message{Text: "the newest"})
		}
	}
	for i, b := range boxes {
		list := b.Messages(inbox.Filter{}, time.Now())
		if len(list) < 20 || len(list) > 128 || list[0].Text != "the newest" {
			t.Errorf("inbox %d has %d messages", i, len(list))
		}
		b.Clear()
	}
	if shared.Used() != 0 {
		t.Errorf("%d bytes are counted of inboxes that are empty", shared.Used())
	}
}

// A message is bounded, and keeps nothing of larger texts.
func TestMessagesAreBounded(t *testing.T) {
	var before, after runtime.MemStats
	var b inbox.Inbox
	runtime.GC()
	runtime.ReadMemStats(&before)
	for range inbox.Capacity {
		big := strings.Repeat("x", 30<<10)
		b.Deliver(inbox.Message{Text: big, To: big[:200], GSTIN: big[:15]})
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	if kept := int64(after.HeapAlloc) - int64(before.HeapAlloc); kept > 4<<20 {
		t.Errorf("%d kB are kept of %d messages", kept>>10, inbox.Capacity)
	}
	runtime.KeepAlive(&b)
}
