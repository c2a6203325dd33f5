package client_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"

	"github.com/nicsim/nicsim/client"
)

// The client reads the journal page after page, as many entries as are wanted.
func TestRequestsAreReadInPages(t *testing.T) {
	for _, c := range []struct {
		limit, entries int
		asked          []string
	}{
		{0, 5, []string{"", "before=4", "before=2"}},
		{1, 1, []string{"limit=1"}},
		{3, 3, []string{"limit=3", "before=4&limit=1"}},
	} {
		var asked []string
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			asked = append(asked, r.URL.RawQuery)
			w.Header().Set("Content-Type", "application/json")
			switch {
			case r.URL.Query().Get("before") == "2":
				_, _ = fmt.Fprint(w, `{"requests":[{"id":1}]}`)
			case r.URL.Query().Get("limit") == "1":
				_, _ = fmt.Fprint(w, `{"requests":[{"id":3}],"next":3}`)
			case r.URL.Query().Get("before") == "4":
				_, _ = fmt.Fprint(w, `{"requests":[{"id":3},{"id":2}],"next":2}`)
			default:
				_, _ = fmt.Fprint(w, `{"requests":[{"id":5},{"id":4}],"next":4}`)
			}
		}))
		control, err := client.NewControl(server.URL, client.Options{})
		if err != nil {
			t.Fatal(err)
		}
		rows, err := control.Requests(t.Context(), client.RequestFilter{Limit: c.limit})
		if err != nil || len(rows) != c.entries || !slices.Equal(asked, c.asked) {
			t.Errorf("limit %d: %d entries, %v, asked %q", c.limit, len(rows), err, asked)
		}
		server.Close()
	}
}
