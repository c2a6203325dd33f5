// Package budget bounds the bytes that the worlds of a simulator keep together, such as their journals and inboxes.
// When there are too many, the oldest entries of all worlds go first.
package budget

import (
	"container/list"
	"sync"
)

// Budget counts the entries of several keepers, oldest first. A nil Budget has no bound. It is safe for concurrent use.
type Budget struct {
	most int64

	mu      sync.Mutex // guards what follows, and the fields of all entries
	used    int64
	entries list.List // of *Entry, oldest first
}

// Entry is what a keeper keeps.
type Entry struct {
	size   int64
	forget func()
	at     *list.Element // nil when the entry is not counted any more
}

// overhead is about what counting an entry occupies, in bytes.
const overhead = 160

// New returns a budget of a number of bytes.
func New(most int64) *Budget { return &Budget{most: most} }

// Keep counts an entry of a number of bytes, and has the oldest entries forgotten for which there is no room. The
// newest stays, however large it is. The function forget must drop the entry; it is called once at most, from any call
// of Keep, and never after Release. A keeper does not hold a lock that its forget takes when it calls Keep.
func (b *Budget) Keep(size int, forget func()) *Entry {
	if b == nil {
		return nil
	}
	e := &Entry{size: int64(size) + overhead, forget: forget}
	for _, old := range b.add(e) {
		old.forget()
	}
	return e
}

func (b *Budget) add(e *Entry) (over []*Entry) {
	b.mu.Lock()
	defer b.mu.Unlock()
	e.at = b.entries.PushBack(e)
	b.used += e.size
	for b.used > b.most && b.entries.Len() > 1 {
		old := b.entries.Front().Value.(*Entry)
		b.remove(old)
		over = append(over, old)
	}
	return over
}

func (b *Budget) remove(e *Entry) {
	b.entries.Remove(e.at)
	e.at = nil
	b.used -= e.size
}

// Release stops counting an entry that its keeper dropped by itself.
func (b *Budget) Release(e *Entry) {
	if b == nil {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if e.at != nil {
		b.remove(e)
	}
}

// Counts reports whether an entry is counted: Keep of another entry may have had it forgotten already.
func (b *Budget) Counts(e *Entry) bool {
	if b == nil {
		return true
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	return e.at != nil
}

// Used returns how many bytes are counted.
func (b *Budget) Used() int64 {
	if b == nil {
		return 0
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.used
}
