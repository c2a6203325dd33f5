package world_test

import (
	"encoding/json"
	"strconv"
	"strings"
	"testing"

	"github.com/nicsim/nicsim/simulator/inbox"
	"github.com/nicsim/nicsim/simulator/journal"
	"github.com/nicsim/nicsim/simulator/world"
)

// The journals and inboxes of all worlds have one bound, and a world that ends gives its part back.
func TestWorldsKeepABoundedNumberOfBytes(t *testing.T) {
	const most = 1 << 20
	ws := world.NewWorlds(world.Options{Populate: populate, MaxKept: most})
	for n := range 300 {
		w := get(t, ws, "w"+strconv.Itoa(n))
		for range 3 {
			w.Journal.Record(journal.Exchange{Response: json.RawMessage(strings.Repeat("1", 8000))})
			w.Inbox.Deliver(inbox.Message{Text: strings.Repeat("x", 1000)})
		}
	}
	if kept := ws.Kept(); kept > most || kept < most/2 {
		t.Errorf("%d bytes are kept; the bound is %d", kept, most)
	}
	if all, _ := get(t, ws, "w299").Journal.Kept(); all != 3 {
		t.Errorf("the newest world keeps %d exchanges", all)
	}
	if all, _ := get(t, ws, "w0").Journal.Kept(); all != 0 {
		t.Errorf("the oldest world keeps %d exchanges", all)
	}
	for n := range 300 {
		if err := ws.Delete(t.Context(), "w"+strconv.Itoa(n)); err != nil {
			t.Fatal(err)
		}
	}
	if kept := ws.Kept(); kept != 0 {
		t.Errorf("%d bytes are counted of worlds that ended", kept)
	}
}
