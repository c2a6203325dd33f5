package forms

import (
	"context"
	"slices"
	"sync"

	"github.com/nicsim/nicsim/simulator/httpd"
)

// How many submissions a site remembers, of all worlds; the oldest go first.
const (
	remembered        = 10_000
	rememberedExpired = 100 // of forms that are not ours
)

// pageBytes bounds the pages that are remembered: some thousands, or a few on which a tool repeats
// the long text that was pasted.
const pageBytes = 16 << 20

// ledger remembers what came of each submitted form, so that a double click, a reload or a step
// back has the effect and the answer of the first submission.
type ledger struct {
	most int // entries

	mu      sync.Mutex // guards what follows
	entries map[string]*submission
	order   []string      // of the entries, oldest first
	pages   []*submission // those that came to have a page, oldest first; some have lost it since
	bytes   int           // of their pages
}

// submission is a form that was sent in; done is closed once the outcome is there.
type submission struct {
	done chan struct{}
	outcome
	err error
}

// outcome is what came of a form: where the browser goes, and the page that it finds there if no
// other does.
type outcome struct {
	answer httpd.Reply
	page   *httpd.Reply // nil when the next page shows itself
	tokens []string     // of the page's forms
	open   bool         // the page has its form, which could still be sent
	owner  string       // who may see it
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
	defer close(entry.done)
	entry.err = errLost // unless it ends in the usual way
	entry.outcome, entry.err = perform()
	l.keep(key, entry)
	return entry.answer, entry.err
}

// keep makes room for a page. The oldest pages go, and what came of their forms stays.
func (l *ledger) keep(key string, entry *submission) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if entry.page == nil || l.entries[key] != entry {
		return
	}
	l.pages = append(l.pages, entry)
	l.bytes += len(entry.page.Raw)
	for len(l.pages) > 1 && (l.bytes > pageBytes || l.pages[0].page == nil) {
		l.drop(l.pages[0])
		l.pages = l.pages[1:]
	}
}

// drop forgets a page.
func (l *ledger) drop(entry *submission) {
	if entry.page != nil {
		l.bytes -= len(entry.page.Raw)
		entry.page = nil
	}
}

func (l *ledger) enter(key string) (entry *submission, first bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if entry, known := l.entries[key]; known {
		return entry, false
	}
	if len(l.order) == l.most {
		oldest := l.entries[l.order[0]]
		delete(l.entries, l.order[0])
		l.order = l.order[1:]
		select {
		case <-oldest.done:
			l.drop(oldest)
		default: // still at work: its page is not kept
		}
	}
	entry = &submission{done: make(chan struct{})}
	l.entries[key] = entry
	l.order = append(l.order, key)
	return entry, true
}

// page returns what came of a submission that has a page, to who made it.
func (l *ledger) page(key string, owners []string) (outcome, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	entry, known := l.entries[key]
	if !known {
		return outcome{}, false
	}
	select {
	case <-entry.done:
		return entry.outcome, entry.page != nil && slices.Contains(owners, entry.owner)
	default:
		return outcome{}, false // not yet
	}
}
