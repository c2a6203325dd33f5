package store

import (
	"reflect"
	"sync/atomic"
)

// Quota bounds the bytes of the records in memory, about. What a unit would write above it is undone, and the error of
// the unit is ErrTooMuch. A unit that writes no more than it deletes is never refused.
type Quota struct {
	World, All int64 // of one store, and of all stores together; 0 is no bound

	used atomic.Int64
}

// NewMemory returns an empty store that lives in memory. Its bytes count until it is released.
func (q *Quota) NewMemory() Store {
	m := newMemory()
	m.quota = q
	return New(m)
}

// Count counts a store in memory that was made without a quota from now on, with what it has already.
func (q *Quota) Count(s Store) {
	r, ok := s.(records)
	if !ok {
		return
	}
	m, ok := r.backend.(*memory)
	if !ok {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.quota != nil {
		return
	}
	m.quota = q
	for _, in := range m.tables {
		for _, e := range in.rows {
			e.size = m.size(e.row)
			m.used += e.size
		}
	}
	q.used.Add(m.used)
}

// Release stops counting the bytes of a store that is not used any more, if it is one of a Quota.
func Release(s Store) {
	r, ok := s.(records)
	if !ok {
		return
	}
	if m, ok := r.backend.(*memory); ok && m.quota != nil {
		m.mu.Lock()
		defer m.mu.Unlock()
		m.quota.used.Add(-m.used)
		m.quota = nil
	}
}

// Used returns how many bytes the stores have together.
func (q *Quota) Used() int64 { return q.used.Load() }

// grow counts what a unit has added to a store that has a number of bytes now. It reports whether there is room.
func (q *Quota) grow(by, now int64) bool {
	if q == nil {
		return true
	}
	all := q.used.Add(by)
	if by > 0 && (q.World > 0 && now > q.World || q.All > 0 && all > q.All) {
		q.used.Add(-by)
		return false
	}
	return true
}

// rowOverhead is about what a row occupies beside its value, in bytes.
const rowOverhead = 400

// sizeOf returns about how many bytes a record occupies.
func sizeOf(value any) int64 { return rowOverhead + sizeIn(reflect.ValueOf(value)) }

func sizeIn(v reflect.Value) int64 {
	size := int64(v.Type().Size())
	switch v.Kind() {
	case reflect.String:
		size += int64(v.Len())
	case reflect.Slice:
		if of := v.Type().Elem(); of.Kind() == reflect.Uint8 {
			return size + int64(v.Len())
		}
		for n := range v.Len() {
			size += sizeIn(v.Index(n))
		}
	case reflect.Map:
		for members := v.MapRange(); members.Next(); {
			size += sizeIn(members.Key()) + sizeIn(members.Value())
		}
	case reflect.Struct:
		for n := range v.NumField() {
			size += sizeIn(v.Field(n)) - int64(v.Field(n).Type().Size())
		}
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() && v.Type() != reflect.TypeFor[any]() && v.Elem().Type().PkgPath() != "time" {
			size += sizeIn(v.Elem())
		}
	}
	return size
}
