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

// cache has values that were read or written, for a database that no other process writes. A View holds reading, and a
// commit writing, so that the cache and the database show a View the same state.
type cache struct {
	commits sync.RWMutex // held for writing during a commit, and for reading during a View

	mu     sync.Mutex // guards what follows
	bytes  int
	worlds map[int64]*known
}

// known is what is known of a world.
type known struct {
	bytes int
	rows  map[place]value      // by key
	found map[search]result    // what Find and Count have found
	kinds map[*store.Table]int // counts the commits that changed rows of a kind
}

// value is that of a row: nil for a row that does not exist.
type value struct {
	of   any
	size int // of its JSON
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

func (c *cache) row(p place) (any, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if k := c.worlds[p.world]; k != nil {
		v, has := k.rows[p]
		return v.of, has
	}
	return nil, false
}

func (c *cache) search(s search) (result, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if k := c.worlds[s.world]; k != nil {
		r, has := k.found[s]
		return r, has && r.since == k.kinds[s.table]
	}
	return result{}, false
}

// had reports whether a Count was more than 0 when it was last kept.
func (c *cache) had(s search) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	k := c.worlds[s.world]
	return k != nil && k.found[s].n > 0
}

func (c *cache) keepRow(p place, v value) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.put(p, v)
}

func (c *cache) put(p place, v value) {
	if k := c.room(p.world, v.size); k != nil {
		c.remove(k, p)
		k.rows[p] = v
		c.grow(k, v.size+overhead)
	}
}

func (c *cache) keepResult(s search, found result, size int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if k := c.room(s.world, size); k != nil {
		found.since = k.kinds[s.table]
		k.found[s] = found
		c.grow(k, size+overhead)
	}
}

// overhead is about how many bytes an entry has beside its values.
const overhead = 200

// room returns where a value of a world is kept, or nil for one that is too large. It empties a cache that is full.
func (c *cache) room(world int64, size int) *known {
	if size > largestCached {
		return nil
	}
	if c.bytes+size+overhead > maxCached || c.worlds == nil {
		c.bytes, c.worlds = 0, map[int64]*known{}
	}
	k := c.worlds[world]
	if k == nil {
		k = &known{rows: map[place]value{}, found: map[search]result{}, kinds: map[*store.Table]int{}}
		c.worlds[world] = k
	}
	return k
}

func (c *cache) grow(k *known, by int) { c.bytes, k.bytes = c.bytes+by, k.bytes+by }

func (c *cache) remove(k *known, p place) {
	if v, has := k.rows[p]; has {
		delete(k.rows, p)
		c.grow(k, -v.size-overhead)
	}
}

// changes are what the units of a transaction have written, those that failed included.
type changes struct {
	rows   map[place]*value // nil for a row whose value is not known
	kinds  map[kind]bool
	worlds map[int64]bool // of which other rows may have changed too
}

func newChanges() *changes {
	return &changes{map[place]*value{}, map[kind]bool{}, map[int64]bool{}}
}

// put notes that a row has a value now.
func (w *changes) put(p place, v *value) { w.rows[p], w.kinds[p.kind] = v, true }

// all notes that any row of a world may have changed.
func (w *changes) all(world int64) {
	w.worlds[world] = true
	for p := range w.rows {
		if p.world == world {
			w.rows[p] = nil
		}
	}
}

// row returns the value of a row that was changed, or nil if it is not known, and reports whether it may have been
// changed.
func (w *changes) row(p place) (*value, bool) {
	if w == nil {
		return nil, false
	}
	v, has := w.rows[p]
	return v, has || w.worlds[p.world]
}

// kind reports whether a row of a kind may have been changed.
func (w *changes) kind(k kind) bool { return w != nil && (w.worlds[k.world] || w.kinds[k]) }

// note notes that a row has a value, or one that is not known.
func (r *rows) note(t *store.Table, k store.Key, v *value) {
	if r.cache == nil {
		return
	}
	p := place{kind{r.world, t}, k}
	*r.written = append(*r.written, p)
	r.changed.put(p, v)
}

// undone notes that what was written was undone.
func (r *rows) undone() {
	for _, p := range *r.written {
		r.changed.put(p, nil)
	}
}

// follow applies what a transaction has changed, if it was kept, and otherwise forgets it. The caller holds commits.
func (c *cache) follow(w *changes, kept bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for world := range w.worlds {
		if k := c.worlds[world]; k != nil {
			c.bytes -= k.bytes
			delete(c.worlds, world)
		}
	}
	for changed := range w.kinds {
		if k := c.worlds[changed.world]; k != nil {
			k.kinds[changed.table]++
		}
	}
	for p, v := range w.rows {
		if kept && v != nil {
			c.put(p, *v)
		} else if k := c.worlds[p.world]; k != nil {
			c.remove(k, p)
		}
	}
}
