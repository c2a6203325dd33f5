package sqlstore

import (
	"sync"

	"github.com/nicsim/nicsim/simulator/store"
)

// maxCached is how many bytes of JSON the values in a cache had. A larger value than largestCached is not kept.
const (
	maxCached     = 64 << 20
	largestCached = maxCached / 8
)

// cache has values that were read, for a database that no other process writes. A View holds reading, and a commit
// writing, so that the cache and the database show a View the same state.
type cache struct {
	commits sync.RWMutex // held for writing during a commit, and for reading during a View

	mu    sync.Mutex // guards what follows
	bytes int
	rows  map[place]any     // by key; nil for a row that does not exist
	found map[search]result // what Find and Count have found
	kinds map[kind]int      // counts the commits that changed rows of a kind
}

// kind is a table in a world.
type kind struct {
	world int64
	table *store.Table
}

type place struct {
	kind
	key store.Key
}

// search is a Find, or a Count of at most the limit of a span.
type search struct {
	kind
	span  store.Span
	count bool
}

type result struct {
	values []any
	n      int // of a Count
	since  int // the count of the kind at which this was found
}

func (c *cache) row(p place) (value any, known bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	value, known = c.rows[p]
	return value, known
}

func (c *cache) search(s search) (result, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	r, known := c.found[s]
	return r, known && r.since == c.kinds[s.kind]
}

func (c *cache) keepRow(p place, value any, size int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.makeRoom(size) {
		c.rows[p] = value
	}
}

func (c *cache) keepResult(s search, found result, size int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.makeRoom(size) {
		found.since = c.kinds[s.kind]
		c.found[s] = found
	}
}

// makeRoom empties a cache that has no room for a value. It reports whether the value may be kept.
func (c *cache) makeRoom(size int) bool {
	if size > largestCached {
		return false
	}
	const overhead = 200 // of an entry, about
	if c.bytes += size + overhead; c.bytes > maxCached || c.rows == nil {
		c.bytes, c.rows, c.found = size+overhead, map[place]any{}, map[search]result{}
	}
	if c.kinds == nil {
		c.kinds = map[kind]int{}
	}
	return true
}

// changes are what the units of a transaction have written, those that failed included.
type changes struct {
	rows  map[place]bool
	kinds map[kind]bool
	all   bool // anything may have changed
}

func (w *changes) put(p place) {
	if w.rows == nil {
		w.rows, w.kinds = map[place]bool{}, map[kind]bool{}
	}
	w.rows[p], w.kinds[p.kind] = true, true
}

// row reports whether a row may have been changed.
func (w *changes) row(p place) bool { return w != nil && (w.all || w.rows[p]) }

// kind reports whether a row of a kind may have been changed.
func (w *changes) kind(k kind) bool { return w != nil && (w.all || w.kinds[k]) }

// forget drops what a transaction has changed. The caller holds commits.
func (c *cache) forget(w *changes) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if w.all {
		c.bytes, c.rows, c.found = 0, nil, nil
		return
	}
	for p := range w.rows {
		delete(c.rows, p)
	}
	for k := range w.kinds {
		if c.kinds != nil {
			c.kinds[k]++
		}
	}
}
