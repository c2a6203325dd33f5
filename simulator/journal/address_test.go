package journal_test

import (
	"strings"
	"testing"

	"github.com/nicsim/nicsim/simulator/journal"
)

func TestAddress(t *testing.T) {
	for _, c := range []struct{ name, address, want string }{
		{"no query", "/companies", "/companies"},
		{"what a page asks for", "/companies?through=GSP", "/companies?through=GSP"},
		{"what the API asks for, in any case", "/x?DocType=INV&docnum=A%2F1&docdate=01/04/2026",
			"/x?DocType=INV&docdate=01%2F04%2F2026&docnum=A%2F1"},
		{"a secret", "/login?Pass-Word=P&through=GSP", "/login?password=%2A%2A%2A&through=GSP"},
		{"a result that one browser may see", "/register?again=17", "/register"},
		{"a fragment", "/a?done=frozen#secret", "/a?done=frozen"},
		{"no query that can be read", "/a?%zz=1;2", "/a"},
		{"more than is kept", "/a?through=" + strings.Repeat("x", 300), "/a"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := journal.Address(c.address); got != c.want {
				t.Errorf("%s; want %s", got, c.want)
			}
		})
	}
}
