package admin

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
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

// Cut returns the page of a list whose records have keys, and what After is for the next page: empty at the end.
func Cut[T any](p Page, list []T, key func(T) string) (page []T, next string, err error) {
	var violations findings
	limit, begin := p.limit(&violations), 0
	if p.After != "" {
		begin = 1 + slices.IndexFunc(list, func(record T) bool { return key(record) == p.After })
		if begin == 0 {
			violations.add("after", "value-invalid", "is not the next of a page of this list, or that record is gone: "+
				"begin with the first page")
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
