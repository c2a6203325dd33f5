package httpd_test

import (
	"fmt"
	"net/http"
	"slices"
	"testing"
)

// The journal is read in pages: 1,000 exchanges in one answer were hundreds of megabytes.
func TestTheJournalIsReadInPages(t *testing.T) {
	v := open(t).visit(t)
	for range 450 {
		v.ask("GET", v.sandbox+v1+"/session", nil).is(401)
	}
	var ids []float64
	path, pages := "/requests", 0
	for pages < 10 {
		page := v.asks("GET", v.at(path), nil, http.StatusOK)
		rows := page.rows("requests")
		if len(rows) > 200 {
			t.Fatalf("a page has %d exchanges", len(rows))
		}
		for _, row := range rows {
			ids = append(ids, row["id"].(float64))
		}
		pages++
		next, more := page.doc["next"].(float64)
		if !more {
			break
		}
		if pages == 1 {
			v.ask("GET", v.sandbox+v1+"/session", nil) // it moves no page
		}
		path = fmt.Sprintf("/requests?before=%.0f", next)
	}
	if pages != 3 || len(ids) != 450 || !slices.IsSortedFunc(ids, func(a, b float64) int { return int(b - a) }) ||
		ids[0] != 450 || ids[449] != 1 {
		t.Errorf("%d pages with %d exchanges, from %v to %v", pages, len(ids), ids[0], ids[len(ids)-1])
	}
	rows := v.asks("GET", v.at("/requests?limit=2&before=10&environment=sandbox"), nil, 200).rows("requests")
	if len(rows) != 2 || rows[0]["id"] != 9.0 {
		t.Errorf("before 10 are %v", rows)
	}
	v.ask("GET", v.at("/requests?before=x"), nil).refused(422, "value-invalid", "", "before value-invalid")
	v.ask("GET", v.at("/requests?limit=1001"), nil).refused(422, "value-invalid", "", "limit value-invalid")
	if rows := v.asks("GET", v.at("/requests?limit=1000"), nil, 200).rows("requests"); len(rows) != 451 {
		t.Errorf("a thousand are %d", len(rows))
	}
}
