package world_test

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/nicsim/nicsim/simulator/inbox"
	"github.com/nicsim/nicsim/simulator/journal"
	"github.com/nicsim/nicsim/simulator/store"
	"github.com/nicsim/nicsim/simulator/world"
)

func deliver(t *testing.T, w *world.World, ids ...string) {
	t.Helper()
	var list []inbox.Message
	for _, id := range ids {
		list = append(list, inbox.Message{ID: id, OTP: "1" + id, SentAt: w.Clock.Now(), ArrivesAt: w.Clock.Now()})
	}
	if err := w.Deliver(t.Context(), list...); err != nil {
		t.Fatal(err)
	}
}

func delivered(t *testing.T, w *world.World) string {
	t.Helper()
	list, err := w.Messages(t.Context(), inbox.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, m := range list {
		ids = append(ids, m.ID)
	}
	return strings.Join(ids, " ")
}

func recorded(t *testing.T, w *world.World) string {
	t.Helper()
	var list []string
	for _, e := range w.Recorded(t.Context()).Exchanges(journal.Filter{}) {
		list = append(list, strconv.FormatInt(e.ID, 10)+e.RequestID)
	}
	return strings.Join(list, " ")
}

// The next process finds the messages and the exchanges, with their numbers. Two processes find each other's.
func TestLogsAreKept(t *testing.T) {
	d := &database{disk: &disk{stores: map[string]store.Store{}}, using: &sync.Mutex{}}
	first := get(t, d.process(), "w")
	deliver(t, first, "a", "b")
	full := journal.Exchange{RequestID: "x", Request: json.RawMessage(`{"a":1}`), Response: json.RawMessage(`not JSON`),
		Headers: []journal.Header{{Name: "A", Value: "b"}}, Faults: []string{"f"},
		Reason: &journal.Reason{Code: "2117", Kind: "the kind", Fields: []journal.FieldReason{{Field: "f"}}}}
	first.Record(full)
	gone, leave := context.WithCancel(t.Context())
	leave()
	first.Recorded(gone) // a client that does not wait for the journal
	if got := recorded(t, first); got != "1x" {
		t.Errorf("recorded %s", got)
	}
	second := get(t, d.process(), "w")
	if got := delivered(t, second); got != "b a" {
		t.Errorf("delivered %s", got)
	}
	second.Record(journal.Exchange{RequestID: "y"})
	if got := recorded(t, second); got != "2y 1x" {
		t.Errorf("recorded %s", got)
	}
	e, _ := second.Journal.Exchange(1)
	want := full
	want.ID, want.Request, want.Response = 1, nil, nil // a body that is not JSON is left out, and the other with it
	if diff := cmp.Diff(want, *e); diff != "" {
		t.Error(diff)
	}
	first.Record(journal.Exchange{RequestID: "z"})
	deliver(t, first, "c")
	if got := recorded(t, first); got != "3z 2y 1x" {
		t.Errorf("recorded %s", got)
	}
	if got := delivered(t, second); got != "c b a" {
		t.Errorf("delivered %s", got)
	}
	if err := second.ClearInbox(t.Context()); err != nil {
		t.Fatal(err)
	}
	deliver(t, first, "d")
	for _, w := range []*world.World{first, second, get(t, d.process(), "w")} {
		if got := delivered(t, w); got != "d" {
			t.Errorf("after clearing: %s", got)
		}
	}
}

// The oldest entries go, in memory and in the store.
func TestLogsAreBounded(t *testing.T) {
	d := &disk{stores: map[string]store.Store{}}
	w := get(t, d.start(&walls{}), "w")
	for range journal.Capacity + 10 {
		w.Record(journal.Exchange{})
		deliver(t, w, "m")
	}
	all, _ := w.Recorded(t.Context()).Kept()
	var stored int
	err := w.Store.View(t.Context(), func(r store.Reader) error {
		for _, log := range []string{"journal", "inbox"} {
			list, err := r.Entries(log, 5*journal.Capacity)
			if err != nil {
				return err
			}
			stored += len(list)
		}
		return nil
	})
	if err != nil || all != journal.Capacity || stored != journal.Capacity+inbox.Capacity {
		t.Errorf("kept %d, in the store %d, %v", all, stored, err)
	}
}

// A message that cannot be kept is an error. An exchange that cannot be kept is lost, as the log of the program says.
func TestLogsFail(t *testing.T) {
	d := &disk{stores: map[string]store.Store{}}
	var said strings.Builder
	ws := world.NewWorlds(world.Options{Stores: failingLogs{d}, Populate: populate,
		Log: slog.New(slog.NewTextHandler(&said, nil))})
	w := get(t, ws, "w")
	if err := w.Deliver(t.Context(), inbox.Message{ID: "a"}); !errors.Is(err, errFull) {
		t.Errorf("Deliver: %v", err)
	}
	w.Record(journal.Exchange{})
	if all, _ := w.Recorded(t.Context()).Kept(); all != 0 || !strings.Contains(said.String(), errFull.Error()) {
		t.Errorf("kept %d, said %s", all, &said)
	}
}

var errFull = errors.New("the disk is full")

// failingLogs are stores in which no entry can be added.
type failingLogs struct{ *disk }

func (f failingLogs) Open(ctx context.Context, name string) (store.Store, error) {
	s, err := f.disk.Open(ctx, name)
	return noEntries{s}, err
}

func (f failingLogs) Make(ctx context.Context, name string, content func(store.Reader) (func(store.Tx) error, error)) (
	store.Store, error,
) {
	s, err := f.disk.Make(ctx, name, content)
	return noEntries{s}, err
}

type noEntries struct{ store.Store }

func (n noEntries) Update(ctx context.Context, f func(store.Tx) error) error {
	return n.Store.Update(ctx, func(tx store.Tx) error { return f(noEntry{tx}) })
}

type noEntry struct{ store.Tx }

func (noEntry) AddEntries(string, int64, ...[]byte) (int64, error) { return 0, errFull }

// counting are stores that count their units.
type counting struct {
	*disk
	units *int
}

func (c counting) Make(ctx context.Context, name string, content func(store.Reader) (func(store.Tx) error, error)) (
	store.Store, error,
) {
	*c.units++
	s, err := c.disk.Make(ctx, name, content)
	return counted{s, c.units}, err
}

type counted struct {
	store.Store
	units *int
}

func (c counted) Update(ctx context.Context, f func(store.Tx) error) error {
	*c.units++
	return c.Store.Update(ctx, f)
}

// A process that ends while it makes a world leaves nothing of it: records, state, situation and messages
// are written as one unit.
func TestAWorldIsWrittenAsOneUnit(t *testing.T) {
	d := &disk{stores: map[string]store.Store{}}
	units := 0
	from := world.Origin{Situation: "api-down", Populate: func(ctx context.Context, w *world.World) error {
		w.Inbox.Deliver(inbox.Message{ID: "first"})
		return errors.Join(populate(ctx, w), w.Store.Update(ctx, func(tx store.Tx) error {
			return tx.PutTaxpayer(store.Taxpayer{GSTIN: "second unit"})
		}))
	}}
	ws := world.NewWorlds(world.Options{Stores: counting{d, &units}, Populate: from.Populate, Situation: from.Situation})
	w := get(t, ws, "w")
	if units != 1 || delivered(t, w) != "first" {
		t.Errorf("written in %d units; the inbox has %s", units, delivered(t, w))
	}
	w = get(t, d.start(&walls{}), "w")
	if name := w.Situation(); name != from.Situation || delivered(t, w) != "first" {
		t.Errorf("opened again, it is in the situation %s, and its inbox has %s", name, delivered(t, w))
	}
}

// A snapshot whose messages cannot be delivered is not restored at all.
func TestASnapshotIsRestoredAsOneUnit(t *testing.T) {
	d := &disk{stores: map[string]store.Store{}}
	w := get(t, d.start(&walls{}), "w")
	deliver(t, w, "a")
	if _, err := w.TakeSnapshot(t.Context(), "s"); err != nil {
		t.Fatal(err)
	}
	update(t, w, func(tx store.Tx) error { return tx.PutTaxpayer(store.Taxpayer{GSTIN: "since"}) })
	w = get(t, world.NewWorlds(world.Options{Stores: failingLogs{d}, Populate: populate}), "w")
	if err := w.RestoreSnapshot(t.Context(), "s"); !errors.Is(err, errFull) {
		t.Errorf("restored: %v", err)
	}
	err := w.Store.View(t.Context(), func(r store.Reader) error { _, err := r.Taxpayer("since"); return err })
	if err != nil || delivered(t, w) != "a" {
		t.Errorf("after a failed restore: %v, the inbox has %s", err, delivered(t, w))
	}
}

// A world that is kept and not open is listed with the times of its making and of its last use. One that was never used
// is not kept.
func TestClosedWorlds(t *testing.T) {
	d := &disk{stores: map[string]store.Store{}}
	at := time.Date(2026, time.November, 22, 12, 0, 0, 0, time.UTC)
	wall := &walls{at: at}
	get(t, d.start(wall), "killed") // in a process that closes no world
	first := d.start(wall)
	get(t, first, "never-used")
	if _, err := first.Use(t.Context(), "rested"); err != nil {
		t.Fatal(err)
	}
	wall.wait(time.Minute)
	get(t, first, "rested")
	first.Close()
	wall.wait(time.Minute)
	second := d.start(wall)
	list, err := second.Closed(t.Context())
	if err != nil || len(list) != 2 || list[0].Name != "killed" || list[1].Name != "rested" {
		t.Fatalf("listed are %+v, %v", list, err)
	}
	if !list[0].CreatedAt.Equal(at) || !list[0].UsedAt.Equal(at) || !list[1].UsedAt.Equal(at.Add(time.Minute)) {
		t.Errorf("the times are %+v", list)
	}
	get(t, second, "killed")
	if list, err := second.Closed(t.Context()); err != nil || len(list) != 1 {
		t.Errorf("with one open: %+v, %v", list, err)
	}
}
