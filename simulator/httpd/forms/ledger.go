package forms

import (
	"context"
	"slices"
	"sync"

	"github.com/nicsim/nicsim/simulator/httpd"
)

// remembered is how many submissions a site remembers; the oldest go first.
const remembered = 1000

// ledger remembers what came of each submitted form, so that a double click, a reload or a step
// back has the effect and the answer of the first submission.
type ledger struct {
	mu      sync.Mutex // guards what follows
	entries map[string]*submission
	order   []string // of the entries, oldest first
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
	answer  httpd.Reply
	page    *httpd.Reply // nil when the next page shows itself
	open    bool         // the page has its form, which could still be sent
	browser string       // whose it is
}

func newLedger() *ledger { return &ledger{entries: map[string]*submission{}} }

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
	return entry.answer, entry.err
}

func (l *ledger) enter(key string) (entry *submission, first bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if entry, known := l.entries[key]; known {
		return entry, false
	}
	if len(l.order) == remembered {
		delete(l.entries, l.order[0])
		l.order = l.order[1:]
	}
	entry = &submission{done: make(chan struct{})}
	l.entries[key] = entry
	l.order = append(l.order, key)
	return entry, true
}

// page returns what came of a submission that has a page, to the browser that made it.
func (l *ledger) page(key string, browsers []string) (outcome, bool) {
	l.mu.Lock()
	entry, known := l.entries[key]
	l.mu.Unlock()
	if !known {
		return outcome{}, false
	}
	select {
	case <-entry.done:
		return entry.outcome, entry.page != nil && slices.Contains(browsers, entry.browser)
	default:
		return outcome{}, false // not yet
	}
}
