package forms

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
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
	entries map[key]*submission
	order   []*submission // all entries, oldest first
	kept    []*submission // entries that came to have a kept form, oldest first; some have lost it since
	bytes   int           // of all entries and their kept forms
}

// key identifies a submission. It is a hash: paths can be long.
type key [sha256.Size]byte

func keyOf(path, number string) key { return sha256.Sum256([]byte(path + " " + number)) }

// submission is a form that was sent; done is closed once its outcome is known.
type submission struct {
	key  key
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

func newLedger(most int) *ledger { return &ledger{most: most, entries: map[key]*submission{}} }

// once performs a submission, or waits for the same one that came before. One that ended because its request did is
// performed again.
func (l *ledger) once(ctx context.Context, key key, perform func() (outcome, error)) (httpd.Reply, error) {
	entry, first := l.enter(key)
	for !first {
		select {
		case <-entry.done:
		case <-ctx.Done():
			return httpd.Reply{}, ctx.Err()
		}
		if !errors.Is(entry.err, context.Canceled) {
			return entry.answer, entry.err
		}
		entry, first = l.enter(key)
	}
	defer l.settle(entry)
	entry.err = errLost // stays if perform panics
	entry.outcome, entry.err = perform()
	return entry.answer, entry.err
}

func (l *ledger) enter(key key) (entry *submission, first bool) {
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
	if errors.Is(entry.err, context.Canceled) {
		delete(l.entries, entry.key)
		l.order = slices.DeleteFunc(l.order, func(s *submission) bool { return s == entry })
		return
	}
	entry.copyTexts()
	entry.bytes = perSubmission + len(entry.answer.Location) + len(entry.owner) + sizeOf(entry.answer.Reason)
	for _, c := range entry.answer.Cookies {
		entry.bytes += perSubmission + len(c.Value)
	}
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

// perSubmission is about what a submission, or a cookie of its answer, occupies besides its texts, in bytes.
const perSubmission = 500

// copyTexts copies the texts that may be parts of a request: a part keeps the whole request in memory.
func (o *outcome) copyTexts() {
	o.answer.Location, o.owner = strings.Clone(o.answer.Location), strings.Clone(o.owner)
	if o.kept == nil {
		return
	}
	o.kept.Lock()
	defer o.kept.Unlock()
	typed := make(url.Values, len(o.kept.Typed))
	for name, values := range o.kept.Typed {
		copies := make([]string, len(values))
		for i, value := range values {
			copies[i] = strings.Clone(value)
		}
		typed[strings.Clone(name)] = copies
	}
	o.kept.Typed, o.kept.Captcha = typed, strings.Clone(o.kept.Captcha)
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
func (l *ledger) find(key key, owner string) *Kept {
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
