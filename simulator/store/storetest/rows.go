package storetest

import (
	"errors"
	"strconv"

	"github.com/nicsim/nicsim/simulator/store"
)

// rows are the promises of Rows, with values that the sequences do not draw.
func rows() []Case {
	return []Case{
		{"a row is read as it was written, in its own unit and later", func(t T, b store.Backend) {
			update(t, b, func(r store.Rows) error {
				defer func() { has(t, r, probes, "e", full.ID, &full) }()
				return put(probes, "e", full)(r)
			})
			view(t, b, func(r store.Rows) { has(t, r, probes, "e", full.ID, &full) })
		}},
		{"keys and terms are exact, and their case counts", func(t T, b store.Backend) {
			update(t, b, put(probes, "e", full))
			view(t, b, func(r store.Rows) {
				for _, id := range []string{"A", "a ", "a%", ""} {
					has(t, r, probes, "e", id, nil)
				}
				for _, value := range []string{"L", "l ", "_", "r"} {
					finds(t, r, probes, span("e", left, value, "", false, 9), []string{})
				}
			})
		}},
		{"a row that does not expire outlives every Sweep, and an expiry is not before itself", func(t T, b store.Backend) {
			update(t, b, put(probes, "e", full, probe{ID: "never"}))
			update(t, b, func(r store.Rows) error { return r.Sweep(noon.UTC()) })
			view(t, b, func(r store.Rows) { has(t, r, probes, "e", full.ID, &full) })
			update(t, b, func(r store.Rows) error { return r.Sweep(noon.AddDate(900, 0, 0)) })
			view(t, b, func(r store.Rows) {
				finds(t, r, probes, span("e", store.All, "", "", false, 9), []string{"never"})
			})
		}},
		{"rows that are added together are in their order, and in the indexes", func(t T, b store.Backend) {
			var list []store.Row
			var newest []string
			for n := range 75 { // more than one statement adds
				p := probe{ID: strconv.Itoa(n), Left: strconv.Itoa(n % 2)}
				list, newest = append(list, row("e", p)), append([]string{p.ID}, newest...)
			}
			update(t, b, func(r store.Rows) error { return errors.Join(r.PutAll(probes, nil), r.PutAll(probes, list)) })
			view(t, b, func(r store.Rows) {
				all := span("e", store.All, "", "", false, 99)
				finds(t, r, probes, all, newest)
				finds(t, r, probes, span("e", left, "1", "", false, 1), []string{"73"})
				finds(t, r, probes, span("e", left, "1", "7", true, 2), []string{"9", "11"})
				finds(t, r, probes, span("e", left, "1", "8", true, 2), nil)
				counts(t, r, probes, all.Term, 99, len(newest))
				counts(t, r, probes, all.Term, 9, 9)
			})
		}},
		{"each series counts from 1", func(t T, b store.Backend) {
			for _, series := range []store.Key{
				{Environment: "e", ID: "s"}, {Environment: "f", ID: "s"}, {Environment: "e", ID: "S"},
			} {
				update(t, b, func(r store.Rows) error {
					first, err := r.Next(series, 1)
					second, otherErr := r.Next(series, 1)
					if first != 1 || second != 2 {
						t.Errorf("%v begins with %d, %d", series, first, second)
					}
					return errors.Join(err, otherErr)
				})
			}
		}},
	}
}
