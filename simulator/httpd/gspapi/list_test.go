package gspapi_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
)

// The connections of GSPs are listed page by page, as JSON and on the page of a GSP.
func TestConnectionsHavePages(t *testing.T) {
	t.Parallel()
	p := open(t)
	const konkanName, other = "Konkan Tax Gateway", "Sahyadri GST Suvidha"
	added := map[string][]string{} // ids by GSP
	for n := range 203 {
		company := konkanName
		if n < 2 {
			company = other
		}
		gstin := fmt.Sprintf("29AABCK7654P%03d", n)
		_, got := p.json("POST", p.GSP+connections, entry(company, "sandbox", gstin, "x", password))
		added[company] = append(added[company], fmt.Sprint(got["connectionId"]))
	}
	page := func(query string) (ids []string, next string) {
		t.Helper()
		status, got := p.json("GET", p.GSP+connections+query, "")
		if status != http.StatusOK {
			t.Fatalf("%s: %d %v", query, status, got)
		}
		for _, c := range got["connections"].([]any) {
			ids = append(ids, c.(map[string]any)["connectionId"].(string))
		}
		next, _ = got["next"].(string)
		return ids, next
	}

	const ofKonkan = "?companyName=Konkan+Tax+Gateway"
	first, next := page(ofKonkan)
	last, end := page(ofKonkan + "&after=" + next)
	if len(first) != 200 || end != "" || !slices.Equal(append(first, last...), added[konkanName]) {
		t.Errorf("pages of %d and %d connections, then %q", len(first), len(last), end)
	}
	if _, next := page(ofKonkan + "&limit=201"); next != "" {
		t.Errorf("after all connections, next is %q", next)
	}

	var all []string
	for after := ""; ; {
		ids, next := page("?limit=67&after=" + after)
		if all = append(all, ids...); next == "" {
			break
		}
		if len(ids) != 67 {
			t.Errorf("a page that is not the last has %d connections, want 67", len(ids))
		}
		after = next
	}
	want := slices.Concat(added[other], added[konkanName])
	if !slices.Equal(all, want) {
		t.Errorf("of all GSPs there are %d connections, want %d in order", len(all), len(want))
	}

	at := p.GSP + "/companies/" + konkan
	for query, want := range map[string]struct {
		rows  int
		links string
	}{"": {200, "Next page"}, "?after=" + next: {1, "First page"}} {
		_, text := p.text("GET", at+query, "")
		var links []string
		for _, link := range []string{"First page", "Next page"} {
			if strings.Contains(text, link) {
				links = append(links, link)
			}
		}
		if rows := strings.Count(text, `data-row="connection"`); rows != want.rows || strings.Join(links, " ") != want.links {
			t.Errorf("the page %q has %d rows and the links %q", query, rows, links)
		}
	}
	if _, text := p.text("GET", at, ""); !strings.Contains(text, `href="?after=`+next+`"`) {
		t.Error("the first page does not lead to the next one")
	}

	for query, field := range map[string]string{"?limit=0": "limit", "?limit=1001": "limit", "?limit=x": "limit",
		"?after=nothing": "after", "?companyName=Sahyadri+GST+Suvidha&after=" + next: "after"} {
		status, got := p.json("GET", p.GSP+connections+query, "")
		if status != http.StatusUnprocessableEntity || got["code"] != "value-invalid" ||
			got["errors"].([]any)[0].(map[string]any)["field"] != field {
			t.Errorf("%s: %d %v", query, status, got)
		}
	}
	if status, _ := p.text("GET", at+"?after=nothing", ""); status != http.StatusUnprocessableEntity {
		t.Errorf("a page after nothing: %d", status)
	}
}
