package storetest

import (
	"errors"
	"maps"
	"math"
	"slices"
	"time"

	"pgregory.net/rapid"

	"github.com/nicsim/nicsim/simulator/store"
)

// place is a table in an environment.
type place struct {
	table *store.Table
	env   string
}

// model is compared with a backend. It has the probes of each place in the order of their addition, and the count of a
// series.
type model struct {
	probes map[place][]probe
	count  int64
}

func at(list []probe, id string) int {
	return slices.IndexFunc(list, func(p probe) bool { return p.ID == id })
}

// The values are few, so that operations often concern the same record.
var (
	places = []place{{probes, "e"}, {probes, ""}, {others, "e"}}
	ids    = []string{"a", "b", "c"}
	values = []string{"", "x", "y"}
	ways   = []string{"succeeds", "succeeds", "fails", "panics"}
)

// sequences runs units of random operations and compares everything that can be read after each, and within it.
func sequences(t T, b store.Backend) {
	rapid.Check(t, func(rt *rapid.T) {
		kept := model{probes: map[place][]probe{}}
		update(rt, b, func(r store.Rows) (err error) {
			for _, p := range places { // the records of the sequence before
				for _, id := range ids {
					err = errors.Join(err, r.Delete(p.table, store.Key{Environment: p.env, ID: id}))
				}
			}
			var nextErr error
			kept.count, nextErr = r.Next(store.Key{ID: "model"}, 1)
			return errors.Join(err, nextErr)
		})
		rt.Repeat(map[string]func(*rapid.T){
			"unit": func(rt *rapid.T) {
				next := model{maps.Clone(kept.probes), kept.count}
				way := rapid.SampledFrom(ways).Draw(rt, "the unit")
				err := run(rt, b, func(r store.Rows) error {
					for range rapid.IntRange(1, 6).Draw(rt, "operations") {
						if err := operate(rt, r, &next); err != nil {
							return err
						}
					}
					compare(rt, r, next, rapid.SampledFrom(places).Draw(rt, "compared"))
					switch way {
					case "fails":
						return errChanged
					case "panics":
						panic(errChanged)
					}
					return nil
				})
				switch {
				case way != "succeeds" && !errors.Is(err, errChanged), way == "succeeds" && err != nil:
					rt.Fatalf("a unit that %s: %v", way, err)
				case way == "succeeds":
					kept = next
				}
			},
			"": func(rt *rapid.T) { view(rt, b, func(r store.Rows) { compare(rt, r, kept, places...) }) },
		})
	})
}

// run runs a unit and returns its error. A panic with errChanged is returned as one.
func run(t T, b store.Backend, f func(store.Rows) error) (err error) {
	defer func() {
		if cause := recover(); cause == errChanged { //nolint:errorlint // the very value
			err = errChanged
		} else if cause != nil {
			panic(cause)
		}
	}()
	return b.Update(t.Context(), f)
}

// operate performs a random operation on the rows and on the model.
func operate(rt *rapid.T, r store.Rows, m *model) error {
	p := rapid.SampledFrom(places).Draw(rt, "place")
	id, value := rapid.SampledFrom(ids).Draw(rt, "id"), rapid.SampledFrom(values)
	ends := noon.Add(time.Duration(rapid.IntRange(0, 3).Draw(rt, "minutes")) * time.Minute)
	list := slices.Clone(m.probes[p])
	switch rapid.SampledFrom([]string{"put", "put", "delete", "sweep", "next"}).Draw(rt, "operation") {
	case "put":
		v := probe{ID: id, Left: value.Draw(rt, "left"), Right: value.Draw(rt, "right"), ExpiresAt: ends}
		if i := at(list, id); i >= 0 {
			list[i] = v
		} else {
			list = append(list, v)
		}
		m.probes[p] = list
		return put(p.table, p.env, v)(r)
	case "delete":
		m.probes[p] = slices.DeleteFunc(list, func(v probe) bool { return v.ID == id })
		return r.Delete(p.table, store.Key{Environment: p.env, ID: id})
	case "sweep":
		for _, p := range places {
			m.probes[p] = slices.DeleteFunc(slices.Clone(m.probes[p]), func(v probe) bool { return v.ExpiresAt.Before(ends) })
		}
		return r.Sweep(ends)
	}
	m.count++
	n, err := r.Next(store.Key{ID: "model"}, 1)
	if n != m.count {
		rt.Errorf("Next: %d; want %d", n, m.count)
	}
	return err
}

// terms returns the indexes with the values of a probe.
var terms = map[int]func(probe) string{
	store.All: func(probe) string { return "" },
	left:      func(p probe) string { return p.Left },
	right:     func(p probe) string { return p.Right },
}

// compare compares everything in the given places that can be read. Of the pages of a list, a random one is read.
func compare(rt *rapid.T, r store.Rows, m model, in ...place) {
	limit := rapid.SampledFrom([]int{1, 2, math.MaxInt}).Draw(rt, "limit")
	after := rapid.SampledFrom(append([]string{""}, ids...)).Draw(rt, "after")
	oldest := rapid.Bool().Draw(rt, "oldest first")
	for _, p := range in {
		list := m.probes[p]
		for _, id := range ids {
			var want *probe
			if i := at(list, id); i >= 0 {
				want = &list[i]
			}
			has(rt, r, p.table, p.env, id, want)
		}
		for index, of := range terms {
			for _, value := range values {
				want := []string{}
				for _, v := range slices.Backward(list) {
					if of(v) == value && (index == store.All || value != "") {
						want = append(want, v.ID)
					}
				}
				whole := span(p.env, index, value, "", false, math.MaxInt)
				finds(rt, r, p.table, whole, want)
				counts(rt, r, p.table, whole.Term, limit, min(limit, len(want)))
				if oldest {
					slices.Reverse(want)
				}
				findsPage(rt, r, p.table, span(p.env, index, value, after, oldest, limit), want)
			}
		}
	}
}

// findsPage compares a span of a list, which begins after a probe. If that is not in the list, it is ErrNotFound.
func findsPage(rt *rapid.T, r store.Rows, table *store.Table, s store.Span, want []string) {
	at := slices.Index(want, s.After)
	if s.After != "" && at < 0 {
		finds(rt, r, table, s, nil)
		return
	}
	rest := want[at+1:]
	finds(rt, r, table, s, rest[:min(s.Limit, len(rest))])
}
