package world

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	json "github.com/go-json-experiment/json/v1"

	"github.com/nicsim/nicsim/simulator/clock"
	"github.com/nicsim/nicsim/simulator/inbox"
	"github.com/nicsim/nicsim/simulator/journal"
	"github.com/nicsim/nicsim/simulator/store"
)

// logs keep the inbox and the journal of a world beside its records. The Inbox and the Journal of the world have in
// memory what is kept, as far as it was read.
type logs struct {
	log *slog.Logger

	delivering sync.Mutex // guards the fields below
	messages   store.Log
	inboxRead  int64 // the number of the last entry that is in the Inbox
	behind     bool  // the store has entries with higher numbers, perhaps

	reading     sync.Mutex // guards exchanges, journalRead and losing
	exchanges   store.Log
	journalRead int64
	losing      bool // the last exchanges could not be kept, which was logged

	recording sync.Mutex // guards the fields below
	pending   []journal.Exchange
	writing   bool // a goroutine will write what is pending

	enough chan struct{} // receives when so much is pending that it is written at once
}

// journalPause is how long exchanges wait for others, to be kept in one unit with them.
const journalPause = 100 * time.Millisecond

// maxPending is how many exchanges wait to be kept at most. The next one is kept before its answer ends.
const maxPending = 256

func newLogs(s store.Store, log *slog.Logger) *logs {
	return &logs{
		log:      log,
		messages: inboxOf(s), behind: true, enough: make(chan struct{}, 1),
		exchanges: store.Log{Store: s, Name: "journal", Capacity: journal.Capacity, Bytes: journal.MaxBytes},
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
	var last int64
	err := w.Store.Update(ctx, func(tx store.Tx) (err error) {
		last, err = deliver(tx, messages...)
		return err
	})
	if err == nil {
		w.logs.delivered(w.Inbox, last, messages)
	}
	return err
}

// delivered adds messages to the Inbox that were kept with the numbers up to the last, unless others before them are
// not there yet.
func (l *logs) delivered(to *inbox.Inbox, last int64, messages []inbox.Message) {
	l.delivering.Lock()
	defer l.delivering.Unlock()
	if last-int64(len(messages)) != l.inboxRead {
		l.behind = true
		return
	}
	to.Deliver(messages...)
	l.inboxRead = last
}

// deliver adds messages to the inbox within a unit. Their numbers end with the last.
func deliver(tx store.Tx, messages ...inbox.Message) (last int64, err error) {
	texts := make([][]byte, len(messages))
	for n, m := range messages {
		if texts[n], err = json.Marshal(m); err != nil {
			return 0, fmt.Errorf("keeping a message of the inbox: %w", err)
		}
	}
	if len(texts) > 0 {
		last, err = inboxOf(nil).Add(tx, texts...)
	}
	if err != nil {
		return 0, fmt.Errorf("keeping a message of the inbox: %w", err)
	}
	return last, nil
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
	if !l.behind && !w.shared {
		return nil
	}
	list, err := l.messages.After(ctx, l.inboxRead)
	if err != nil {
		return err
	}
	l.behind = false
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
	defer w.logs.changed()
	return w.logs.messages.Clear(ctx)
}

// changed notes that the inbox in the store was changed by other means than Deliver.
func (l *logs) changed() {
	l.delivering.Lock()
	defer l.delivering.Unlock()
	l.behind = true
}

// Record adds an exchange to the journal. It is kept within journalPause: when the process ends before, the last
// exchanges may be missing from the journal, though not what they did.
func (w *World) Record(e journal.Exchange) {
	l := w.logs
	if l == nil {
		w.Journal.Record(e)
		return
	}
	l.recording.Lock()
	l.pending = append(l.pending, e)
	begins, many, full := !l.writing, len(l.pending) > maxPending/4, len(l.pending) > maxPending
	l.writing = true
	l.recording.Unlock()
	if begins {
		go w.keepExchanges()
	}
	if many {
		select {
		case l.enough <- struct{}{}:
		default:
		}
	}
	if full {
		w.flush()
	}
}

// keepExchanges keeps the exchanges of a while together. An exchange that is recorded meanwhile begins the next while.
func (w *World) keepExchanges() {
	over, stop := clock.Alarm(journalPause)
	select {
	case <-over:
	case <-w.logs.enough:
		stop()
	}
	w.logs.recording.Lock()
	w.logs.writing = false
	w.logs.recording.Unlock()
	w.flush()
}

// flush keeps the exchanges that are pending. Exchanges that cannot be kept are lost, which the program's log says.
// They are those of other requests, so the end of the request that looks at them must not lose them.
func (w *World) flush() {
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
	if len(list) == 0 || w.dropped.Load() {
		return
	}
	texts := make([][]byte, len(list))
	for n, e := range list {
		texts[n] = written(e)
	}
	last, err := l.exchanges.Append(context.Background(), texts...)
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
		w.flush()
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
	if string(kept.Request) == "null" {
		kept.Request = nil
	}
	if string(kept.Response) == "null" {
		kept.Response = nil
	}
	if kept.Reason != nil {
		kept.Reason.Kind = kept.Kind
	}
	return kept.Exchange, nil
}
