package layout

import "sync"

// shelf keeps what was used last: at least half of it when it is full, and nothing that was not used
// while so much else was. Use newShelf. It is safe for concurrent use.
type shelf[K comparable, V any] struct {
	half int // so many are put on it before those that were not used since go

	mu       sync.Mutex // guards what follows
	new, old map[K]V
}

func newShelf[K comparable, V any](size int) *shelf[K, V] {
	return &shelf[K, V]{half: size / 2, new: map[K]V{}}
}

func (s *shelf[K, V]) get(key K) (V, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	v, ok := s.new[key]
	if !ok {
		if v, ok = s.old[key]; ok {
			s.add(key, v)
		}
	}
	return v, ok
}

func (s *shelf[K, V]) put(key K, v V) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.add(key, v)
}

func (s *shelf[K, V]) add(key K, v V) {
	if len(s.new) >= s.half {
		s.old, s.new = s.new, map[K]V{}
	}
	s.new[key] = v
}
