package world

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"sync"

	"github.com/nicsim/nicsim/simulator/inbox"
	"github.com/nicsim/nicsim/simulator/journal"
	"github.com/nicsim/nicsim/simulator/store"
)

// logs keep the inbox and the journal of a world beside its records. The Inbox and the Journal of the world have in
// memory what is kept, as far as it was read.
type logs struct {
	log *slog.Logger

	delivering sync.Mutex // guards messages and inboxRead
	messages   store.Log
	inboxRead  int64 // the number of the last entry that is in the Inbox

	reading     sync.Mutex // guards exchanges, journalRead and losing
	exchanges   store.Log
	journalRead int64
	losing      bool // the last exchanges could not be kept, which was logged

	recording sync.Mutex // guards the fields below
	pending   []journal.Exchange
	writing   bool // a goroutine writes what is pending
}

// maxPending is how many exchanges wait to be kept at most. The next one is kept before its answer ends.
const maxPending = 256

func newLogs(s store.Store, log *slog.Logger) *logs {
	return &logs{
		log:       log,
		messages:  inboxOf(s),
		exchanges: store.Log{Store: s, Name: "journal", Capacity: journal.Capacity},
	}
}

func inboxOf(s store.Store) store.Log {
	return store.Log{Store: s, Name: "inbox", Capacity: inbox.Capacity}
}

// Deliver adds messages to the inbox. They are kept when it returns.
func (w *World) Deliver(ctx context.Context, messages ...inbox.Message) error {
	if w.logs == nil || len(messages) == 0 {
		w.Inbox.Deliver(messages...)
		return nil
	}
	return w.Store.Update(ctx, func(tx store.Tx) error { return deliver(tx, messages...) })
}

// deliver adds messages to the inbox within a unit.
func deliver(tx store.Tx, messages ...inbox.Message) error {
	for _, m := range messages {
		text, err := json.Marshal(m) //nolint:gosec // the inbox has the secrets that NIC sends
		if err == nil {
			_, err = inboxOf(nil).Add(tx, text)
		}
		if err != nil {
			return fmt.Errorf("keeping a message of the inbox: %w", err)
		}
	}
	return nil
}

// Messages returns the messages that have arrived, the newest first.
func (w *World) Messages(ctx context.Context, f inbox.Filter) ([]inbox.Message, error) {
	if w.logs != nil {
		if err := w.readInbox(ctx); err != nil {
			return nil, fmt.Errorf("reading the inbox: %w", err)
		}
	}
	return w.Inbox.Messages(f, w.Clock.Now()), nil
}

// readInbox delivers what was kept since it was last called.
func (w *World) readInbox(ctx context.Context) error {
	l := w.logs
	l.delivering.Lock()
	defer l.delivering.Unlock()
	list, err := l.messages.After(ctx, l.inboxRead)
	if err != nil {
		return err
	}
	for _, entry := range list {
		if l.inboxRead = entry.No; entry.Cleared() {
			w.Inbox.Clear()
			continue
		}
		var m inbox.Message
		if err := json.Unmarshal(entry.JSON, &m); err != nil {
			return err
		}
		w.Inbox.Deliver(m)
	}
	return nil
}

// ClearInbox deletes every message, also those that have not arrived yet.
func (w *World) ClearInbox(ctx context.Context) error {
	if w.logs == nil {
		w.Inbox.Clear()
		return nil
	}
	return w.logs.messages.Clear(ctx)
}

// Record adds an exchange to the journal. It is kept shortly after: when the process ends at once, the last exchanges
// may be missing from the journal, though not what they did.
func (w *World) Record(e journal.Exchange) {
	l := w.logs
	if l == nil {
		w.Journal.Record(e)
		return
	}
	l.recording.Lock()
	l.pending = append(l.pending, e)
	begins, full := !l.writing, len(l.pending) > maxPending
	l.writing = true
	l.recording.Unlock()
	switch {
	case begins:
		go w.keepExchanges()
	case full:
		w.flush(context.Background())
	}
}

// keepExchanges keeps exchanges until none is pending.
func (w *World) keepExchanges() {
	for {
		w.flush(context.Background())
		w.logs.recording.Lock()
		if len(w.logs.pending) == 0 {
			w.logs.writing = false
			w.logs.recording.Unlock()
			return
		}
		w.logs.recording.Unlock()
	}
}

// flush keeps the exchanges that are pending. Exchanges that cannot be kept are lost, which the program's log says.
func (w *World) flush(ctx context.Context) {
	l := w.logs
	if l == nil {
		return
	}
	l.reading.Lock()
	defer l.reading.Unlock()
	l.recording.Lock()
	list := l.pending
	l.pending = nil
	l.recording.Unlock()
	if len(list) == 0 {
		return
	}
	texts := make([][]byte, len(list))
	for n, e := range list {
		texts[n] = written(e)
	}
	last, err := l.exchanges.Append(ctx, texts...)
	defer func() { l.losing = err != nil }()
	switch {
	case errors.Is(err, store.ErrDropped): // and its journal with it
	case err != nil && !l.losing: // a client can have a full disk refuse many
		l.log.Error("the journal could not be kept", "world", w.Name, "exchanges", len(list), "error", err)
	case err == nil && last-int64(len(list)) == l.journalRead:
		for n, e := range list {
			e.ID = l.journalRead + 1 + int64(n)
			w.Journal.Restore(e)
		}
		l.journalRead = last
	}
}

// Recorded returns the journal with all exchanges that are kept, those that other processes recorded too.
func (w *World) Recorded(ctx context.Context) *journal.Journal {
	if w.logs != nil {
		w.flush(ctx)
		if err := w.readJournal(ctx); err != nil && ctx.Err() == nil {
			w.logs.log.Error("the journal could not be read", "world", w.Name, "error", err)
		}
	}
	return w.Journal
}

func (w *World) readJournal(ctx context.Context) error {
	l := w.logs
	l.reading.Lock()
	defer l.reading.Unlock()
	list, err := l.exchanges.After(ctx, l.journalRead)
	if err != nil {
		return err
	}
	for _, entry := range list {
		l.journalRead = entry.No
		e, err := readExchange(entry)
		if err != nil {
			return err
		}
		w.Journal.Restore(e)
	}
	return nil
}

// exchange is an exchange as it is kept. Kind is that of its reason, which the wire does not show.
type exchange struct {
	journal.Exchange
	Kind string `json:",omitempty"`
}

func written(e journal.Exchange) []byte {
	kept := exchange{Exchange: e}
	if e.Reason != nil {
		kept.Kind = e.Reason.Kind
	}
	text, err := json.Marshal(kept)
	if err != nil { // a body is not JSON; no other member can fail
		kept.Request, kept.Response = nil, nil
		text, _ = json.Marshal(kept)
	}
	return text
}

func readExchange(entry store.Entry) (journal.Exchange, error) {
	var kept exchange
	if err := json.Unmarshal(entry.JSON, &kept); err != nil {
		return journal.Exchange{}, fmt.Errorf("reading exchange %d: %w", entry.No, err)
	}
	kept.ID = entry.No
	for _, body := range []*json.RawMessage{&kept.Request, &kept.Response} {
		if string(*body) == "null" {
			*body = nil
		}
	}
	if kept.Reason != nil {
		kept.Reason.Kind = kept.Kind
	}
	return kept.Exchange, nil
}
