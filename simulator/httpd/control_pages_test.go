package httpd_test

import (
	"fmt"
	"strings"
	"testing"
)

// Every list of control can be read a record at a time, and refuses the same parameters.
func TestControlListsHavePages(t *testing.T) {
	v := open(t).visit(t)
	for n := range 3 {
		v.asks("POST", v.at("/api-users"), object{"environment": "sandbox", "username": fmt.Sprint("pages_", n),
			"password": "stubpass", "gstin": asha.gstin, "clientId": "AAFCC29ERP82ZSO"}, 201)
		v.asks("POST", v.at("/invoices"), object{"environment": "sandbox", "irp": "CYGNET", "sellerGstin": asha.gstin,
			"documentType": "INV", "documentNumber": fmt.Sprint("P/", n), "documentDate": "01/04/2025"}, 201)
		v.asks("POST", v.at("/snapshots"), object{"name": fmt.Sprint("s-", n)}, 201)
		v.asks("POST", v.at("/faults"), object{"name": fmt.Sprint("f-", n), "when": object{"call": "auth"},
			"does": object{"kind": "html"}}, 201)
	}
	for path, member := range map[string]string{
		"/taxpayers": "taxpayers", "/organisations": "organisations", "/providers": "providers", "/inbox": "messages",
		"/subscriptions": "subscriptions", "/portal-users": "portalUsers", "/api-users": "apiUsers", "/faults": "faults",
		"/invoices": "invoices", "/snapshots": "snapshots", "/worlds": "worlds",
	} {
		t.Run(member, func(t *testing.T) {
			whole := v.asks("GET", v.at(path), nil, 200).only(member).rows(member)
			after := ""
			for n := range whole {
				page := v.asks("GET", v.at(path)+"?limit=1"+after, nil, 200)
				rows := page.rows(member)
				delete(whole[n], "lastUsedAt") // of a world
				delete(rows[0], "lastUsedAt")
				if len(rows) != 1 || fmt.Sprint(rows[0]) != fmt.Sprint(whole[n]) {
					t.Fatalf("page %d has %v; want %v", n, rows, whole[n])
				}
				next, more := page.doc["next"].(string)
				if more != (n < len(whole)-1) {
					t.Fatalf("page %d of %d: next is %v", n, len(whole), page.doc["next"])
				}
				after = "&after=" + strings.ReplaceAll(next, "/", "%2F")
			}
			v.ask("GET", v.at(path)+"?limit=1001", nil).refused(422, "value-invalid", "", "limit value-invalid")
			v.ask("GET", v.at(path)+"?after=never-listed", nil).refused(422, "value-invalid", "", "after value-invalid")
		})
	}
}
