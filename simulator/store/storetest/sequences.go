package storetest

import (
	"errors"
	"slices"
	"time"

	"pgregory.net/rapid"

	"github.com/nicsim/nicsim/simulator/store"
)

// model is what a backend is compared with: probes in the order in which they were added, and a count.
type model struct {
	list []probe
	n    int64
}

func (m *model) put(p probe) {
	if at := m.at(p.ID); at >= 0 {
		m.list[at] = p
		return
	}
	m.list = append(m.list, p)
}

func (m *model) at(id string) int {
	return slices.IndexFunc(m.list, func(p probe) bool { return p.ID == id })
}

func (m *model) drop(ends func(probe) bool) { m.list = slices.DeleteFunc(m.list, ends) }

// by returns the IDs of the probes for which a value is one that is wanted, the newest first.
func (m *model) by(value func(probe) string, want string) []string {
	ids := []string{}
	for _, p := range slices.Backward(m.list) {
		if value(p) == want {
			ids = append(ids, p.ID)
		}
	}
	return ids
}

// sequences runs units of random operations, some of which fail, and compares everything that can be read.
func sequences(t T, b store.Backend) {
	rapid.Check(t, func(rt *rapid.T) {
		update(rt, b, func(r store.Rows) error { // what the sequence before left
			for _, id := range ids {
				if err := r.Delete(probes, store.Key{In: "e", ID: id}); err != nil {
					return err
				}
			}
			return nil
		})
		var kept model
		update(rt, b, func(r store.Rows) (err error) { kept.n, err = r.Next(store.Key{ID: "model"}); return err })
		rt.Repeat(map[string]func(*rapid.T){
			"unit": func(rt *rapid.T) {
				next := model{slices.Clone(kept.list), kept.n}
				failing := rapid.Bool().Draw(rt, "fails")
				err := b.Update(rt.Context(), func(r store.Rows) error {
					for range rapid.IntRange(1, 6).Draw(rt, "operations") {
						if err := operate(rt, r, &next); err != nil {
							return err
						}
					}
					compare(rt, r, &next)
					if failing {
						return errChanged
					}
					return nil
				})
				switch {
				case failing && !errors.Is(err, errChanged), !failing && err != nil:
					rt.Fatalf("Update: %v", err)
				case !failing:
					kept = next
				}
			},
			"": func(rt *rapid.T) { view(rt, b, func(r store.Rows) { compare(rt, r, &kept) }) },
		})
	})
}

// ids and values are few, so that operations meet.
var ids, values = []string{"a", "b", "c", "d"}, []string{"", "x", "y"}

// operate does one random operation to both.
func operate(rt *rapid.T, r store.Rows, m *model) error {
	id := rapid.SampledFrom(ids).Draw(rt, "id")
	at := noon.Add(time.Duration(rapid.IntRange(0, 3).Draw(rt, "minutes")) * time.Minute)
	switch rapid.SampledFrom([]string{"put", "put", "delete", "sweep", "next"}).Draw(rt, "operation") {
	case "put":
		value := rapid.SampledFrom(values)
		p := probe{ID: id, Left: value.Draw(rt, "left"), Right: value.Draw(rt, "right"), Ends: at}
		m.put(p)
		return put(probes, p)(r)
	case "delete":
		m.drop(func(p probe) bool { return p.ID == id })
		return r.Delete(probes, store.Key{In: "e", ID: id})
	case "sweep":
		m.drop(func(p probe) bool { return p.Ends.Before(at) })
		return r.Sweep(at)
	}
	m.n++
	if n, err := r.Next(store.Key{ID: "model"}); n != m.n || err != nil {
		rt.Fatalf("Next: %d, %v; want %d", n, err, m.n)
	}
	return nil
}

func compare(rt *rapid.T, r store.Rows, m *model) {
	for _, id := range ids {
		var want *probe
		if at := m.at(id); at >= 0 {
			want = &m.list[at]
		}
		has(rt, r, probes, "e", id, want)
	}
	all := m.by(func(probe) string { return "" }, "")
	finds(rt, r, store.All, "", len(ids), all, len(all))
	terms := []func(probe) string{func(p probe) string { return p.Left }, func(p probe) string { return p.Right }}
	for _, value := range values[1:] {
		for index, of := range terms {
			want := m.by(of, value)
			finds(rt, r, index, value, 2, want[:min(2, len(want))], len(want))
		}
	}
}
