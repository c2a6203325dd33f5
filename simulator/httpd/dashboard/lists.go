package dashboard

import (
	"html/template"
	"strconv"

	"github.com/nicsim/nicsim/internal/count"
	"github.com/nicsim/nicsim/simulator/admin"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/store"
)

// listed is a page of a list, with the addresses of the first page and the next one. Both are empty when the page has
// the whole list.
type listed[Row any] struct {
	Rows        []Row
	First, Next template.URL
}

// pageOf is the page of a list that a parameter of the query chooses. A page with several lists has one for each.
func (v *visit) pageOf(parameter string) admin.Page {
	return admin.Page{After: v.r.URL.Query().Get(parameter)}
}

// newListed returns a page of a list of which a parameter of the query is the position.
func newListed[Row any](v *visit, parameter string, rows []Row, next string) listed[Row] {
	l := listed[Row]{Rows: rows}
	query := v.r.URL.Query()
	if next != "" {
		query.Set(parameter, next)
		l.Next = template.URL("?" + query.Encode()) //nolint:gosec // Encode leaves nothing that ends an attribute
	}
	if v.pageOf(parameter).After != "" {
		query.Del(parameter)
		l.First = template.URL("?" + query.Encode()) //nolint:gosec // see above
	}
	return l
}

// listOf reads a page of a list of the store. It leaves out the records for which row reports false.
func listOf[Record, Row any](v *visit, parameter string, read func(store.Reader, store.Page) ([]Record, error),
	key func(Record) string, row func(store.Reader, Record) (Row, bool, error)) (listed[Row], error) {
	rows, next, err := admin.List(v.ctx, v.world, v.pageOf(parameter), read, key, row)
	return newListed(v, parameter, rows, next), err
}

// Caption counts the rows: "1 invoice", "200 invoices on this page".
func (l listed[Row]) Caption(noun string) string {
	if l.First != "" || l.Next != "" {
		return count.Of(len(l.Rows), noun) + " on this page"
	}
	return count.Of(len(l.Rows), noun)
}

// inEnvironment is a list of an environment.
type inEnvironment[Row any] struct {
	Environment nic.Environment
	listed[Row]
}

// inBoth reads a page of the list of each environment, whose name is the parameter.
func inBoth[Record, Row any](v *visit, read func(store.Reader, nic.Environment, store.Page) ([]Record, error),
	key func(Record) string, row func(store.Reader, Record) (Row, bool, error)) (both []inEnvironment[Row], err error) {
	for _, env := range nic.Environments {
		list, err := listOf(v, string(env), func(r store.Reader, p store.Page) ([]Record, error) {
			return read(r, env, p)
		}, key, row)
		if err != nil {
			return nil, err
		}
		both = append(both, inEnvironment[Row]{env, list})
	}
	return both, nil
}

// limited is count.Of for records of which at most one more than most was counted.
func limited(n, most int, noun string) string {
	if n > most {
		return "more than " + strconv.Itoa(most) + " " + noun + "s"
	}
	return count.Of(n, noun)
}
