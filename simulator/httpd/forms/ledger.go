package forms

import (
	"context"
	"fmt"
	"sync"

	"github.com/nicsim/nicsim/simulator/httpd"
)

// Limits of what a ledger remembers, of all worlds together. The oldest go first.
const (
	maxForms   = 10_000
	maxExpired = 100      // forms with a wrong token
	maxBytes   = 16 << 20 // a few thousand refused forms, or a few with long texts that were pasted into a tool
)

// ledger remembers what each submission did, so that a double click, a reload or a step back has the effect and
// the answer of the first submission.
type ledger struct {
	most int // entries

	mu      sync.Mutex // guards what follows
	entries map[string]*submission
	order   []*submission // all entries, oldest first
	kept    []*submission // entries that came to have a kept form, oldest first; some have lost it since
	bytes   int           // of all entries and their kept forms
}

// submission is a form that was sent; done is closed once its outcome is known.
type submission struct {
	key  string
	done chan struct{}
	outcome
	err error

	bytes, keptBytes int // once the outcome is counted
}

// outcome is what a submission did: the answer, and the form that the next page shows.
type outcome struct {
	answer httpd.Reply
	kept   *Kept  // nil when the browser was led to another page
	owner  string // see Browser.owner
}

func newLedger(most int) *ledger { return &ledger{most: most, entries: map[string]*submission{}} }

// once performs a submission, or waits for the same one that came before.
func (l *ledger) once(ctx context.Context, key string, perform func() (outcome, error)) (httpd.Reply, error) {
	entry, first := l.enter(key)
	if !first {
		select {
		case <-entry.done:
			return entry.answer, entry.err
		case <-ctx.Done():
			return httpd.Reply{}, ctx.Err()
		}
	}
	defer l.settle(entry)
	entry.err = errLost // stays if perform panics
	entry.outcome, entry.err = perform()
	return entry.answer, entry.err
}

func (l *ledger) enter(key string) (entry *submission, first bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if entry, known := l.entries[key]; known {
		return entry, false
	}
	if len(l.order) == l.most {
		l.forgetOldest()
	}
	entry = &submission{key: key, done: make(chan struct{})}
	l.entries[key] = entry
	l.order = append(l.order, entry)
	return entry, true
}

// settle counts what a submission occupies, and makes room: kept forms go first, then whole entries. The newest
// stays, however large it is.
func (l *ledger) settle(entry *submission) {
	l.mu.Lock()
	defer l.mu.Unlock()
	defer close(entry.done)
	if l.entries[entry.key] != entry { // it was forgotten meanwhile
		return
	}
	entry.bytes = len(entry.key) + len(entry.answer.Location) + sizeOf(entry.answer.Reason)
	l.bytes += entry.bytes
	if entry.kept != nil {
		entry.keptBytes = entry.kept.size()
		l.bytes += entry.keptBytes
		l.kept = append(l.kept, entry)
	}
	for len(l.kept) > 1 && (l.bytes > maxBytes || l.kept[0].kept == nil) {
		l.drop(l.kept[0])
		l.kept = l.kept[1:]
	}
	for l.bytes > maxBytes && l.order[0] != entry {
		l.forgetOldest()
	}
}

// drop forgets the kept form of an entry.
func (l *ledger) drop(entry *submission) {
	l.bytes -= entry.keptBytes
	entry.kept, entry.keptBytes = nil, 0
}

// forgetOldest forgets an entry. If it is still being performed, nothing of it was counted.
func (l *ledger) forgetOldest() {
	oldest := l.order[0]
	l.order = l.order[1:]
	delete(l.entries, oldest.key)
	l.bytes -= oldest.bytes
	if oldest.bytes > 0 {
		l.drop(oldest)
	}
}

// find returns the kept form of a submission to the owner; nil for none, or while it is being performed.
func (l *ledger) find(key, owner string) *Kept {
	l.mu.Lock()
	defer l.mu.Unlock()
	entry, known := l.entries[key]
	if !known || entry.bytes == 0 || entry.owner != owner {
		return nil
	}
	return entry.kept
}

// sizeOf is about how many bytes a value occupies.
func sizeOf(v any) int { return len(fmt.Sprintf("%+v", v)) }
