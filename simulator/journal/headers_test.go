package journal_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nicsim/nicsim/simulator/journal"
)

func TestHeaders(t *testing.T) {
	for _, c := range []struct{ name, value, want string }{
		{"Client_id", "AAFCC29ERP82ZSO", "AAFCC29ERP82ZSO"},
		{"Clientid", "AAFCC29ERP82ZSO", "AAFCC29ERP82ZSO"},
		{"Client_id", "SahyadriSecret000001", "***"},
		{"User_name", "Testing@123", "***"},
		{"Gstin", "", ""},
		{"Irp", "NIC2", "NIC2"},
		{"Client_secret", "SahyadriSecret000001", "***"},
		{"Client-Secret", "", ""},
		{"Authtoken", "0123456789abcdefghijklmno", "***"},
		{"Authorization", "Bearer x", "***"},
		{"Cookie", "nicsim=x", "***"},
		{"Content-Type", "text/plain; charset=Testing@123", "text/plain"},
		{"Content-Type", "Testing@123", "***"},
		{"User-Agent", strings.Repeat("x", 200), strings.Repeat("x", 128)},
		{strings.Repeat("X", 100), "secret", "***"},
	} {
		got := journal.Headers(map[string][]string{c.name: {c.value}})
		want := []journal.Header{{Name: c.name[:min(len(c.name), 64)], Value: c.want}}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s: %s", c.name, c.value, diff)
		}
	}
}

func TestHeadersAreBounded(t *testing.T) {
	sent := map[string][]string{}
	for i := range 1000 {
		sent[fmt.Sprintf("X-%050d", i)] = []string{"value"}
	}
	size := 0
	for _, h := range journal.Headers(sent) {
		size += len(h.Name) + len(h.Value)
	}
	if size == 0 || size > 4<<10 {
		t.Errorf("%d bytes of headers are kept", size)
	}
}

// Each request pays for its headers: one list, and no copies of texts of usual lengths.
func TestHeadersAreCheap(t *testing.T) {
	sent := map[string][]string{
		"Client_id": {"AAFCC29ERP82ZSO"}, "Client_secret": {"SahyadriSecret000001"}, "Gstin": {"29ABCCD1234E1Z1"},
		"User_name": {"dakshin_api"}, "Authtoken": {"0123456789abcdefghijklmno"}, "User-Agent": {"a program"},
		"Content-Type": {"application/json"},
	}
	if n := testing.AllocsPerRun(100, func() { journal.Headers(sent) }); n > 1 {
		t.Errorf("%v allocations", n)
	}
}
