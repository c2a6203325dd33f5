package admin

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"

	"github.com/nicsim/nicsim/simulator/store"
	"github.com/nicsim/nicsim/simulator/world"
)

// Page chooses a part of a list by texts of a query. Its zero value is the first one.
type Page struct {
	Limit string // a whole number from 1 to 1000; empty: 200
	After string // the key of the last record of the page before
}

// The number of records of a page.
const (
	DefaultLimit = 200
	LargestLimit = 1000
)

// limit reads the number of records.
func (p Page) limit(violations *findings) int {
	n, err := strconv.Atoi(cmp.Or(p.Limit, strconv.Itoa(DefaultLimit)))
	if err != nil || n < 1 || n > LargestLimit {
		violations.add("limit", "value-invalid", fmt.Sprintf("must be a whole number from 1 to %d", LargestLimit))
	}
	return n
}

// afterGone is the violation of a page that follows no record of its list.
var afterGone = Violation{"after", "value-invalid",
	"is not the next of a page of this list, or that record is gone: begin with the first page"}

// Cut returns the page of a list whose records have keys, and what After is for the next page: empty at the end.
func Cut[T any](p Page, list []T, key func(T) string) (page []T, next string, err error) {
	var violations findings
	limit, begin := p.limit(&violations), 0
	if p.After != "" {
		begin = 1 + slices.IndexFunc(list, func(record T) bool { return key(record) == p.After })
		if begin == 0 {
			violations = append(violations, afterGone)
		}
	}
	if err := violations.refusal(); err != nil {
		return nil, "", err
	}
	page = list[begin:]
	if len(page) > limit {
		page = page[:limit]
		next = key(page[limit-1])
	}
	return page, next, nil
}

// chunk is how many records List reads at once after the first ones.
const chunk = 1000

// List returns a page of a list of the store, as far as show takes its records, and what After is for the next page. It
// reads no more records than the page has and show leaves out, and one more. No unit of the store is longer than the
// reading of some of them.
func List[Record, Shown any](ctx context.Context, w *world.World, p Page,
	read func(store.Reader, store.Page) ([]Record, error), key func(Record) string,
	show func(store.Reader, Record) (shown Shown, take bool, err error)) (page []Shown, next string, err error) {
	var violations findings
	limit := p.limit(&violations)
	if err := violations.refusal(); err != nil {
		return nil, "", err
	}
	page = []Shown{}
	part, last, more := store.Page{After: p.After, Limit: limit + 1}, "", true
	for more && next == "" {
		err := w.Store.View(ctx, func(r store.Reader) error {
			records, err := read(r, part)
			if store.IsMissing(err) {
				return Refuse(afterGone)
			}
			if err != nil {
				return err
			}
			for _, record := range records {
				shown, take, err := show(r, record)
				if err != nil {
					return err
				}
				if take && len(page) == limit {
					next = last
					return nil
				}
				part.After = key(record)
				if take {
					page, last = append(page, shown), part.After
				}
			}
			more = len(records) == part.Limit
			return nil
		})
		if err != nil {
			return nil, "", err
		}
		part.Limit = max(part.Limit, chunk)
	}
	return page, next, nil
}

// all is the show of a List of all records.
func all[Record, Shown any](show func(Record) Shown) func(store.Reader, Record) (Shown, bool, error) {
	return func(_ store.Reader, record Record) (Shown, bool, error) { return show(record), true, nil }
}
