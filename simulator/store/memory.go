package store

import (
	"context"
	"slices"
	"sync"
	"time"
)

// NewMemory returns an empty store that lives in memory and ends with the process.
func NewMemory() Store { return New(NewMemoryBackend()) }

// NewMemoryBackend returns the backend of NewMemory.
func NewMemoryBackend() Backend { return newMemory() }

func newMemory() *memory { return &memory{tables: map[*Table]table{}, series: map[Key]int64{}} }

// memory writes in place and takes back what a failed unit wrote.
type memory struct {
	mu     sync.RWMutex // guards the fields below and all that hangs on them
	tables map[*Table]table
	series map[Key]int64
	last   uint64   // serial of the entry that was added last
	undo   []func() // of the unit that runs, in the order of its writes
	quota  *Quota   // nil for a store without bounds, and after Release
	used   int64    // bytes of the rows, about; 0 without a quota
}

// longestUndo is the length of the longest undo log whose array the next unit uses again. Filling a world makes a much
// longer one.
const longestUndo = 1024

type table struct {
	rows  map[Key]*entry
	rings map[Term]*ring
}

// entry is a row and its places in rings: the first among all rows, then one for each index.
type entry struct {
	row    Row
	size   int64
	serial uint64 // rows are in the order of their serials
	links  []link
}

// ring has the entries of one term, in their order, between the next and the prev of its own link.
type ring struct {
	link
	n int
}

type link struct {
	of         *entry
	ring       *ring // nil where the row has the empty value
	prev, next *link
}

// join puts an entry into the rings of its terms.
func (t table) join(e *entry) {
	for i := range e.links {
		term := Term{Index: i - 1, Value: Key{Environment: e.row.Key.Environment}}
		if i > 0 {
			if term.Value.ID = e.row.IndexValues[i-1]; term.Value.ID == "" {
				continue
			}
		}
		r, ok := t.rings[term]
		if !ok {
			r = &ring{}
			r.prev, r.next = &r.link, &r.link
			t.rings[term] = r
		}
		before := r.prev
		for before != &r.link && before.of.serial > e.serial {
			before = before.prev
		}
		e.links[i] = link{of: e, ring: r, prev: before, next: before.next}
	}
	t.restore(e)
}

// restore puts an entry between the neighbours that it has, and drop takes it away from them. When writes are
// taken back in reverse, an entry that was dropped finds its neighbours as it left them.
func (t table) restore(e *entry) {
	t.rows[e.row.Key] = e
	for i := range e.links {
		if l := &e.links[i]; l.ring != nil {
			l.prev.next, l.next.prev = l, l
			l.ring.n++
		}
	}
}

func (t table) drop(e *entry) {
	delete(t.rows, e.row.Key)
	for _, l := range e.links {
		if l.ring != nil {
			l.prev.next, l.next.prev = l.next, l.prev
			l.ring.n--
		}
	}
}

func (m *memory) View(ctx context.Context, f func(Rows) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	m.mu.RLock()
	defer m.mu.RUnlock()
	return f(m)
}

func (m *memory) Update(ctx context.Context, f func(Rows) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	kept, before := false, m.used
	defer func() {
		if !kept { // f failed or panicked
			for _, takeBack := range slices.Backward(m.undo) {
				takeBack()
			}
		}
		clear(m.undo)
		if m.undo = m.undo[:0]; cap(m.undo) > longestUndo {
			m.undo = nil
		}
	}()
	if err := f(m); err != nil {
		return err
	}
	if !m.quota.grow(m.used-before, m.used) {
		return ErrTooMuch
	}
	kept = true
	return nil
}

// size returns what a row counts.
func (m *memory) size(r Row) int64 {
	if m.quota == nil {
		return 0
	}
	return sizeOf(r.Value)
}

func (m *memory) Get(t *Table, k Key) (any, error) {
	if e, ok := m.tables[t].rows[k]; ok {
		return e.row.Value, nil
	}
	return nil, ErrNotFound
}

func (m *memory) Find(t *Table, s Span) ([]any, error) {
	r, ok := m.tables[t].rings[s.Term]
	e, has := m.tables[t].rows[Key{s.Value.Environment, s.After}]
	switch {
	case s.After != "" && (!ok || !has || e.links[s.Index+1].ring != r):
		return nil, ErrNotFound
	case !ok:
		return nil, nil
	}
	at := &r.link
	if s.After != "" {
		at = &e.links[s.Index+1]
	}
	found := make([]any, 0, min(s.Limit, r.n))
	for at = at.following(s.Oldest); at != &r.link && len(found) < s.Limit; at = at.following(s.Oldest) {
		found = append(found, at.of.row.Value)
	}
	return found, nil
}

// following returns the link that follows in a span.
func (l *link) following(oldest bool) *link {
	if oldest {
		return l.next
	}
	return l.prev
}

func (m *memory) Count(t *Table, i Term, most int) (int, error) {
	if r, ok := m.tables[t].rings[i]; ok {
		return min(r.n, most), nil
	}
	return 0, nil
}

func (m *memory) Put(t *Table, r Row) error {
	in, ok := m.tables[t]
	if !ok {
		in = table{rows: map[Key]*entry{}, rings: map[Term]*ring{}}
		m.tables[t] = in
	}
	before, had := in.rows[r.Key]
	if had && slices.Equal(before.row.IndexValues, r.IndexValues) {
		row, size := before.row, before.size
		before.row, before.size = r, m.size(r)
		m.used += before.size - size
		m.undo = append(m.undo, func() { m.used += size - before.size; before.row, before.size = row, size })
		return nil
	}
	m.last++
	e := &entry{row: r, size: m.size(r), serial: m.last, links: make([]link, 1+len(r.IndexValues))}
	if had {
		e.serial = before.serial
		_ = m.Delete(t, r.Key) // it returns no error
	}
	in.join(e)
	m.used += e.size
	m.undo = append(m.undo, func() { in.drop(e); m.used -= e.size })
	return nil
}

func (m *memory) PutAll(t *Table, list []Row) error {
	for _, r := range list {
		_ = m.Put(t, r) // it returns no error
	}
	return nil
}

func (m *memory) Delete(t *Table, k Key) error {
	in := m.tables[t]
	if e, ok := in.rows[k]; ok {
		in.drop(e)
		m.used -= e.size
		m.undo = append(m.undo, func() { in.restore(e); m.used += e.size })
	}
	return nil
}

func (m *memory) Next(series Key, by int64) (int64, error) {
	m.series[series] += by
	m.undo = append(m.undo, func() { m.series[series] -= by })
	return m.series[series], nil
}

func (m *memory) Sweep(before time.Time) error {
	for t, in := range m.tables {
		if !t.Expires {
			continue
		}
		for k, e := range in.rows {
			if !e.row.ExpiresAt.IsZero() && e.row.ExpiresAt.Before(before) {
				_ = m.Delete(t, k) // it returns no error
			}
		}
	}
	return nil
}
