package admin

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/store"
	"github.com/nicsim/nicsim/simulator/world"
)

// Filter chooses API users or invoices by texts of a query. Its zero value chooses those of both environments, the one
// that was added last first. Of the next records of the two environments, the later one comes first.
type Filter struct {
	Environment string
	GSTIN       string // of the API user, or of a party of the invoice
	Status      string // ACTIVE or FROZEN, or ACT or CNL
	Since       string // an RFC 3339 time: made then or later
	Page
}

// facts are what a filter asks about a record.
type facts struct {
	env    nic.Environment
	key    string // within its environment
	at     time.Time
	status string
	gstins []string
}

// check refuses a filter that is not valid, and reads its time.
func (f *Filter) check(statuses []string) (since time.Time, limit int, err error) {
	var violations findings
	if _, err := EnvironmentOrBoth(f.Environment); err != nil {
		violations.add("environment", "environment-invalid", environmentRule)
	}
	if f.Status != "" {
		violations.oneOf("status", &f.Status, &f.Status, statuses)
	}
	since, err = time.Parse(time.RFC3339, f.Since)
	if err != nil && f.Since != "" {
		violations.add("since", "value-invalid",
			"must be an RFC 3339 time, such as 2025-03-14T10:00:00+05:30; in a query, + is written %2B")
	}
	f.GSTIN = normal(f.GSTIN)
	limit = f.limit(&violations)
	return since, limit, violations.refusal()
}

// after returns what Page.After says of each environment: the key of the last record that the pages before had.
func (f *Filter) after() (after map[nic.Environment]string, err error) {
	after = map[nic.Environment]string{}
	for part := range strings.SplitSeq(f.After, ",") {
		env, key := cutID(part)
		if f.After != "" && (!slices.Contains(f.environments(), env) || key == "" || after[env] != "") {
			return nil, Refuse(afterGone)
		}
		after[env] = key
	}
	return after, nil
}

func (f *Filter) environments() []nic.Environment {
	if f.Environment != "" {
		return []nic.Environment{nic.Environment(f.Environment)}
	}
	return nic.Environments[:]
}

// filtered returns a page of the records of a kind that a filter lets pass. It reads a page of each environment, and
// takes the later record of the two until the page is full.
func filtered[Record, Shown any](ctx context.Context, w *world.World, f Filter, statuses []string,
	read func(store.Reader, nic.Environment, store.Page) ([]Record, error), about func(Record) facts,
	show func(store.Reader, Record) (Shown, error)) (page []Shown, next string, err error) {
	since, limit, err := f.check(statuses)
	if err != nil {
		return nil, "", err
	}
	after, err := f.after()
	if err != nil {
		return nil, "", err
	}
	passes := func(_ store.Reader, record Record) (Record, bool, error) {
		of := about(record)
		return record, (f.GSTIN == "" || slices.Contains(of.gstins, f.GSTIN)) &&
			(f.Status == "" || f.Status == of.status) && !of.at.Before(since), nil
	}
	key := func(record Record) string { return about(record).key }
	var found []Record
	more := false
	for _, env := range f.environments() {
		list, rest, err := List(ctx, w, Page{f.Limit, after[env]}, func(r store.Reader, p store.Page) ([]Record, error) {
			return read(r, env, p)
		}, key, passes)
		if err != nil {
			return nil, "", err
		}
		found, more = merge(found, list, func(record Record) time.Time { return about(record).at }), more || rest != ""
	}
	more = more || len(found) > limit
	found = found[:min(len(found), limit)]
	for _, record := range found {
		of := about(record)
		after[of.env] = of.key
	}
	for _, env := range f.environments() {
		if more && after[env] != "" {
			next = strings.TrimPrefix(next+","+string(env)+"/"+after[env], ",")
		}
	}
	page, err = view(ctx, w, func(r store.Reader) ([]Shown, error) {
		page := make([]Shown, len(found))
		for i, record := range found {
			if page[i], err = show(r, record); err != nil {
				return nil, err
			}
		}
		return page, nil
	})
	return page, next, err
}

// merge returns the records of two lists in their order. Of the next ones of both, the later one comes first.
func merge[Record any](a, b []Record, at func(Record) time.Time) (merged []Record) {
	for len(a) > 0 && len(b) > 0 {
		from := &a
		if at(b[0]).After(at(a[0])) {
			from = &b
		}
		merged, *from = append(merged, (*from)[0]), (*from)[1:]
	}
	return append(append(merged, a...), b...)
}
