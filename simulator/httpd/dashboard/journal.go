package dashboard

import (
	"encoding/json"
	"html/template"
	"net/url"
	"strconv"
	"strings"

	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/httpd/layout"
	"github.com/nicsim/nicsim/simulator/journal"
	"github.com/nicsim/nicsim/simulator/nic"
)

// pageOfEntries is how many entries of the journal one page shows.
const pageOfEntries = 100

// wish is what somebody looks for in the journal.
type wish struct {
	Text        string // anywhere in path, bodies and reason
	Environment string
	Outcome     string // "refused", "accepted", or both
	Kind        string // "pages", "json", "api", or all
	Method      string
	Views       string // leftOut, or shown too
	Before      int64  // number of the entry to go on before; 0 begins with the newest
}

// leftOut is the wish to see no views of pages.
const leftOut = "none"

func wishOf(q url.Values) wish {
	before, _ := strconv.ParseInt(q.Get("before"), 10, 64) // what is no number begins with the newest
	return wish{
		Text: strings.TrimSpace(q.Get("q")), Environment: q.Get("environment"), Outcome: q.Get("outcome"),
		Kind: q.Get("kind"), Method: q.Get("method"), Views: q.Get("views"), Before: before,
	}
}

// Query is the wish as an address says it.
func (w wish) Query() template.URL {
	q := url.Values{}
	for name, value := range map[string]string{
		"q": w.Text, "environment": w.Environment, "outcome": w.Outcome, "kind": w.Kind, "method": w.Method, "views": w.Views,
	} {
		if value != "" {
			q.Set(name, value)
		}
	}
	return template.URL(q.Encode()) //nolint:gosec // it is encoded
}

func (w wish) wants(e *journal.Exchange) bool {
	return (w.Environment == "" || w.Environment == string(e.Environment)) &&
		(w.Kind == "" || w.Kind == kindOf(e)) &&
		(w.Views != leftOut || !e.View) &&
		(w.Method == "" || w.Method == e.Method) &&
		(w.Before == 0 || e.ID < w.Before) &&
		(w.Outcome == "" || (w.Outcome == "refused") == e.Refused()) &&
		(w.Text == "" || mentions(e, strings.ToLower(w.Text)))
}

func mentions(e *journal.Exchange, text string) bool {
	if strconv.Itoa(e.Status) == text || strings.EqualFold(e.Method, text) {
		return true
	}
	reason, _ := json.Marshal(e.Reason) // text and numbers always marshal
	for _, in := range []string{e.Path, e.Query, e.Location, string(e.Request), string(e.Response), string(reason),
		e.RequestID} {
		if strings.Contains(strings.ToLower(in), text) {
			return true
		}
	}
	return false
}

// kindOf says how a request came: from a page, as JSON, or to the e-Invoice API.
func kindOf(e *journal.Exchange) string {
	path := strings.ToLower(strings.TrimLeft(withoutWorld(e.Path), "/"))
	switch {
	case strings.HasPrefix(path, "portal/"):
		return "json"
	case strings.HasPrefix(path, "ei"), strings.HasPrefix(path, "ewaybillapi"):
		return "api"
	}
	return "pages"
}

// found are the entries that were wished for, the newest first, and whether there are more.
func (v *visit) found(w wish, limit int) (list []*journal.Exchange, more bool) {
	for _, e := range v.world.Journal.Exchanges(journal.Filter{Environment: nic.Environment(w.Environment)}) {
		if !w.wants(e) {
			continue
		}
		if len(list) == limit {
			return list, true
		}
		list = append(list, e)
	}
	return list, false
}

// journalView is a page of the journal.
type journalView struct {
	Wish     wish
	Entries  []*journal.Exchange
	Filtered bool  // there are others
	Older    int64 // where the next page begins; 0 when there is none
}

func journalPage(v *visit) (layout.Page, error) {
	shown := journalView{Wish: wishOf(v.r.URL.Query())}
	list, more := v.found(shown.Wish, pageOfEntries)
	if shown.Entries = list; more {
		shown.Older = list[len(list)-1].ID
	}
	all, _ := v.world.Journal.Kept()
	shown.Filtered = all > 0
	return layout.Page{Title: "Journal", Name: "journal", Data: shown}, nil
}

// entryView is one exchange, and its neighbours among the entries of a choice.
type entryView struct {
	*journal.Exchange
	Choice         template.URL // how the journal was filtered, for the links to other entries
	Kind           string
	Milliseconds   float64
	Newer, Earlier int64 // 0 when there is none
}

func entry(v *visit) (layout.Page, error) {
	id, _ := strconv.ParseInt(httpd.Var(v.r, "id"), 10, 64) // what is no number is no entry
	e, ok := v.world.Journal.Exchange(id)
	if !ok {
		return layout.Page{}, notFound
	}
	w := wishOf(v.r.URL.Query())
	w.Before = 0
	shown := entryView{Exchange: e, Choice: w.Query(), Kind: kindOf(e),
		Milliseconds: float64(e.Duration.Microseconds()) / 1000}
	shown.Newer, shown.Earlier = v.beside(id, w)
	return layout.Page{Title: "Journal entry " + strconv.FormatInt(id, 10), Name: "entry", Data: shown}, nil
}

// beside finds the neighbours of an entry.
func (v *visit) beside(id int64, w wish) (newer, earlier int64) {
	find := func(step int64) int64 {
		for next := id + step; ; next += step {
			e, ok := v.world.Journal.Exchange(next)
			if !ok {
				return 0
			}
			if w.wants(e) {
				return next
			}
		}
	}
	return find(1), find(-1)
}
