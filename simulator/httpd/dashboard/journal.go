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

// pageOfEntries is the number of entries on a page of the journal.
const pageOfEntries = 100

// entryFilter selects entries of the journal. An empty field selects all.
type entryFilter struct {
	Text        string // anywhere in the address, the bodies and the reason
	Environment string
	Outcome     string // refused or accepted
	Kind        string // pages, json or api
	Method      string
	Views       string // leftOut hides views of pages
	Cause       string // ID of a cause on the page of refusals
	Before      int64  // only entries with a smaller number; 0 is no limit
}

// leftOut is the value of Views that hides views of pages.
const leftOut = "none"

func filterOf(q url.Values) entryFilter {
	before, _ := strconv.ParseInt(q.Get("before"), 10, 64) // anything else is 0
	return entryFilter{
		Text: strings.TrimSpace(q.Get("q")), Environment: q.Get("environment"), Outcome: q.Get("outcome"),
		Kind: q.Get("kind"), Method: q.Get("method"), Views: q.Get("views"), Before: before,
		Cause: q.Get("cause"),
	}
}

// Query returns the filter as the query of an address, without Before.
func (f entryFilter) Query() template.URL {
	q := url.Values{}
	for name, value := range map[string]string{
		"q": f.Text, "environment": f.Environment, "outcome": f.Outcome, "kind": f.Kind, "method": f.Method, "views": f.Views,
		"cause": f.Cause,
	} {
		if value != "" {
			q.Set(name, value)
		}
	}
	return template.URL(q.Encode()) //nolint:gosec // it is encoded
}

func (f entryFilter) matches(e *journal.Exchange) bool {
	return (f.Environment == "" || f.Environment == string(e.Environment)) &&
		(f.Kind == "" || f.Kind == kindOf(e)) &&
		(f.Views != leftOut || !e.View) &&
		(f.Method == "" || f.Method == e.Method) &&
		(f.Before == 0 || e.ID < f.Before) &&
		(f.Outcome == "" || (f.Outcome == "refused") == e.Refused()) &&
		(f.Cause == "" || e.RefusedFor(f.Cause)) &&
		(f.Text == "" || mentions(e, strings.ToLower(f.Text)))
}

func mentions(e *journal.Exchange, text string) bool {
	if strconv.Itoa(e.Status) == text || strings.EqualFold(e.Method, text) {
		return true
	}
	reason, _ := json.Marshal(e.Reason) // never fails for text and numbers
	for _, in := range []string{e.Path, e.Query, e.Location, string(e.Request), string(e.Response), string(reason),
		e.RequestID} {
		if strings.Contains(strings.ToLower(in), text) {
			return true
		}
	}
	return false
}

// kindOf returns the kind of a request: for a web page, the JSON of a portal, or the e-Invoice API. What a GSP answers
// otherwise than with a page is the API of a gateway.
func kindOf(e *journal.Exchange) string {
	path := strings.ToLower(strings.TrimLeft(withoutWorld(e.Path), "/"))
	switch {
	case strings.HasPrefix(path, "portal/"):
		return "json"
	case strings.HasPrefix(path, "ei"), strings.HasPrefix(path, "ewaybillapi"):
		return "api"
	case e.Environment == nic.GSP && e.Answered != httpd.HTMLType && e.Location == "":
		return "api"
	}
	return "pages"
}

// found returns the newest entries that match, the newest first, and reports whether there are more.
func (v *visit) found(f entryFilter, limit int) (list []*journal.Exchange, more bool) {
	for _, e := range v.world.Recorded(v.ctx).Exchanges(journal.Filter{Environment: nic.Environment(f.Environment)}) {
		if !f.matches(e) {
			continue
		}
		if len(list) == limit {
			return list, true
		}
		list = append(list, e)
	}
	return list, false
}

// journalView is the data of the page Journal.
type journalView struct {
	Filter   entryFilter
	Entries  []*journal.Exchange
	Filtered bool  // the journal is not empty
	Older    int64 // Before of the next page; 0 if there is none
}

func journalPage(v *visit) (layout.Page, error) {
	shown := journalView{Filter: filterOf(v.r.URL.Query())}
	list, more := v.found(shown.Filter, pageOfEntries)
	if shown.Entries = list; more {
		shown.Older = list[len(list)-1].ID
	}
	all, _ := v.world.Journal.Kept() // found has read it
	shown.Filtered = all > 0
	return layout.Page{Title: "Journal", Name: "journal", Data: shown}, nil
}

// entryView is an exchange with its neighbours among the entries that match the filter.
type entryView struct {
	*journal.Exchange
	Choice         template.URL // the filter, for links to other entries
	Kind           string
	Milliseconds   float64
	Newer, Earlier int64 // 0 if there is none
	// Legs are the other exchanges with this request id, if one of them is at a GSP: what the GSP was asked, and what it
	// asked NIC for that. The oldest comes first.
	Legs []*journal.Exchange
}

func entry(v *visit) (layout.Page, error) {
	id, _ := strconv.ParseInt(httpd.Var(v.r, "id"), 10, 64) // anything else is 0, which no entry has
	e, ok := v.world.Recorded(v.ctx).Exchange(id)
	if !ok {
		return layout.Page{}, notFound
	}
	f := filterOf(v.r.URL.Query())
	f.Before = 0
	shown := entryView{Exchange: e, Choice: f.Query(), Kind: kindOf(e),
		Milliseconds: milliseconds(e.Duration)}
	shown.Newer, shown.Earlier = v.neighbours(id, f)
	shown.Legs = v.world.Journal.Legs(e)
	return layout.Page{Title: "Journal entry " + strconv.FormatInt(id, 10), Name: "entry", Data: shown}, nil
}

// neighbours returns the numbers of the next and the previous entry that match, or 0.
func (v *visit) neighbours(id int64, f entryFilter) (newer, earlier int64) {
	find := func(step int64) int64 {
		for next := id + step; ; next += step {
			e, ok := v.world.Journal.Exchange(next)
			if !ok {
				return 0
			}
			if f.matches(e) {
				return next
			}
		}
	}
	return find(1), find(-1)
}
