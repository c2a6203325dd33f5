package store

import (
	"context"
	"errors"
	"slices"
)

// Log is a list of JSON texts that a world keeps beside its records. Its oldest entries are deleted.
type Log struct {
	Store    Store
	Name     string
	Capacity int   // entries that are kept
	Bytes    int64 // of the entries that are kept, or of the newest if it has more; 0 is no bound
}

// cleared is the entry that says that all entries before it are gone.
const cleared = "null"

// Cleared reports whether the entry says that all entries before it were deleted.
func (e Entry) Cleared() bool { return string(e.JSON) == cleared }

// Append keeps entries before it returns. Their numbers end with the last.
func (l Log) Append(ctx context.Context, texts ...[]byte) (last int64, err error) {
	err = l.Store.Update(ctx, func(tx Tx) error {
		last, err = l.Add(tx, texts...)
		return err
	})
	return last, err
}

// Add adds entries within a unit. Their numbers end with the last.
func (l Log) Add(tx Tx, texts ...[]byte) (last int64, err error) {
	var end int64
	if l.Bytes > 0 {
		newest, err := tx.Entries(l.Name, 1)
		if err != nil {
			return 0, err
		}
		if len(newest) > 0 {
			end = newest[0].End
		}
	}
	last, err = tx.AddEntries(l.Name, end, texts...)
	for old := max(0, last-int64(l.Capacity)-int64(len(texts))); old < last-int64(l.Capacity) && err == nil; {
		old++
		err = tx.DeleteEntry(l.Name, old)
	}
	if err != nil || l.Bytes == 0 {
		return last, err
	}
	for _, text := range texts {
		end += int64(len(text))
	}
	return last, l.shorten(tx, last, end)
}

// shorten deletes the oldest entries until the bytes up to an end are not more than the log may have.
func (l Log) shorten(tx Tx, last, end int64) error {
	for {
		oldest, err := tx.OldestEntry(l.Name)
		if err != nil || oldest.No == last || end-oldest.End+int64(len(oldest.JSON)) <= l.Bytes {
			return err
		}
		if err := tx.DeleteEntry(l.Name, oldest.No); err != nil {
			return err
		}
	}
}

// After returns the entries that are kept and have a higher number than the given one, the oldest first.
func (l Log) After(ctx context.Context, no int64) (list []Entry, err error) {
	err = l.Store.View(ctx, func(r Reader) error {
		newest, err := r.Entries(l.Name, 1)
		if err != nil || len(newest) == 0 || newest[0].No <= no {
			return err
		}
		list, err = r.Entries(l.Name, int(min(newest[0].No-no, int64(l.Capacity))))
		return err
	})
	slices.Reverse(list)
	return slices.DeleteFunc(list, func(e Entry) bool { return e.No <= no }), err
}

// Clear deletes all entries, and adds one that is Cleared.
func (l Log) Clear(ctx context.Context) error {
	return l.Store.Update(ctx, l.Empty)
}

// Empty is Clear within a unit.
func (l Log) Empty(tx Tx) error {
	all, err := tx.Entries(l.Name, l.Capacity)
	for _, e := range all {
		err = errors.Join(err, tx.DeleteEntry(l.Name, e.No))
	}
	if err == nil {
		_, err = tx.AddEntries(l.Name, 0, []byte(cleared))
	}
	return err
}
