package layout

import "testing"

// However much is put on a shelf, it holds no more than its size, and what is used stays.
func TestShelf(t *testing.T) {
	const size = 10
	s := newShelf[int, int](size)
	s.put(-1, 42)
	for i := range 100 {
		s.put(i, i)
		if v, ok := s.get(-1); !ok || v != 42 {
			t.Fatalf("what is used is gone after %d others", i+1)
		}
		if n := len(s.new) + len(s.old); n > size {
			t.Fatalf("it holds %d", n)
		}
	}
	if _, ok := s.get(0); ok {
		t.Error("what was not used for long is there")
	}
	if v, ok := s.get(99); !ok || v != 99 {
		t.Error("what was put last is gone")
	}
}
