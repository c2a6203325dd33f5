package layout

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	_ "github.com/nicsim/nicsim/internal/seeded"
	"github.com/nicsim/nicsim/simulator/httpd"
)

// data has a field of each kind that pages show.
type data struct {
	Text    string
	Number  int64
	Share   float64
	At      time.Time
	Body    []byte
	Names   []string
	Inner   *data
	Any     any
	By      map[string]int
	Pair    [2]bool
	private string
}

func drawData(t *rapid.T, depth int) data {
	few := func(name string) string { return rapid.SampledFrom([]string{"", "a", "b"}).Draw(t, name) }
	d := data{
		Text: few("text"), Number: rapid.Int64Range(0, 1).Draw(t, "number"),
		Share: float64(rapid.IntRange(0, 1).Draw(t, "share")),
		At:    time.Unix(rapid.Int64Range(0, 1).Draw(t, "at"), 0), Body: []byte(few("body")), private: few("private"),
	}
	d.Pair[1] = rapid.Bool().Draw(t, "pair")
	if rapid.Bool().Draw(t, "names") {
		d.Names = slices.Clone([]string{few("first"), few("second")}[:rapid.IntRange(0, 2).Draw(t, "how many")])
	}
	if rapid.Bool().Draw(t, "by") {
		d.By = map[string]int{few("key"): rapid.IntRange(0, 1).Draw(t, "value")}
	}
	d.Any = rapid.SampledFrom([]any{nil, "a", "b", 1, int64(1), []string{"a"}, []string{"b"}}).Draw(t, "any")
	if depth > 0 && rapid.Bool().Draw(t, "inner") {
		inner := drawData(t, depth-1)
		d.Inner = &inner
	}
	return d
}

// A page is taken for another when Go's library takes it so, and not otherwise.
func TestSamePages(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := func() Page {
			p := Page{Title: rapid.SampledFrom([]string{"a", "b"}).Draw(t, "title"), Data: drawData(t, 1)}
			if rapid.Bool().Draw(t, "refused") {
				p.Problem = &httpd.Problem{Status: rapid.IntRange(400, 401).Draw(t, "status")}
			}
			if rapid.Bool().Draw(t, "form") {
				p.Form = &Form{Fields: []Field{{Value: rapid.SampledFrom([]string{"a", "b"}).Draw(t, "value")}}}
			}
			return p
		}
		a, b := draw(), draw()
		if rapid.Bool().Draw(t, "one of them twice, but for one thing") {
			b = a
			changed := a.Data.(data)
			if rapid.Bool().Draw(t, "changed") {
				changed.private += "x"
			}
			changed.Names, changed.Body = slices.Clone(changed.Names), slices.Clone(changed.Body)
			b.Data = changed
		}
		if got, want := same(&a, &b), reflect.DeepEqual(a, b); got != want {
			t.Fatalf("%v; want %v for\n%#v\n%#v", got, want, a, b)
		}
	})
}
