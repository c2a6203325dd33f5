package journal_test

import (
	"encoding/json"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/nicsim/nicsim/simulator/budget"
	"github.com/nicsim/nicsim/simulator/journal"
)

// heap returns the bytes in use, without garbage.
func heap() int64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// wrongLines is the reason of an invoice with 200 wrong lines, three violations each.
func wrongLines(n int) *journal.Reason {
	r := &journal.Reason{Code: "2240", Detail: strings.Repeat("d", 5000), Cause: strings.Repeat("c", 5000)}
	for line := range 200 {
		for _, field := range []string{"TotAmt", "AssAmt", "TotItemVal"} {
			r.Fields = append(r.Fields, journal.FieldReason{Field: fmt.Sprintf("ItemList[%d].%s", line, field), Code: "2240",
				Message: fmt.Sprintf("The value of line %d of invoice %d is not the product of quantity and price", line, n),
				Rule:    "line-total", Want: strings.Repeat("9", 300)})
		}
	}
	return r
}

// 1,000 invoices with many wrong lines each occupied gigabytes.
func TestReasonsAreBounded(t *testing.T) {
	var j journal.Journal
	before := heap()
	for n := range 1000 {
		j.Record(journal.Exchange{Status: 200, Reason: wrongLines(n)})
	}
	if kept := heap() - before; kept > 1.5*journal.MaxBytes {
		t.Errorf("%d MB are kept", kept>>20)
	}
	e := j.Exchanges(journal.Filter{Limit: 1})[0]
	if n := len(e.Reason.Fields); n == 0 || n+e.Reason.FieldsLeftOut != 600 {
		t.Errorf("%d fields are shown and %d left out", n, e.Reason.FieldsLeftOut)
	}
	document, err := json.Marshal(e.Reason)
	if err != nil || len(document) > 64<<10 {
		t.Errorf("a reason of %d bytes, %v", len(document), err)
	}
	all, refused := j.Kept()
	if all < 100 || refused != all {
		t.Errorf("%d are kept, %d of them refused", all, refused)
	}
	if e, ok := j.Exchange(int64(1000)); !ok || e.ID != 1000 {
		t.Error("the newest is not found by its number")
	}
	if _, ok := j.Exchange(int64(1000 - all)); ok {
		t.Error("one that is gone is found by its number")
	}
	j.Record(journal.Exchange{Reason: wrongLines(0)}) // the caller's reason is not changed
	if r := wrongLines(0); len(r.Fields) != 600 {
		t.Error("the reason of the caller was changed")
	}
}

// Journals share a budget: the oldest entry of all goes first, and a journal that is closed gives its part back.
func TestJournalsShareABudget(t *testing.T) {
	shared := budget.New(1 << 20)
	worlds := make([]journal.Journal, 8)
	for i := range worlds {
		worlds[i].Budget = shared
	}
	before := heap()
	for n := range 4000 {
		worlds[n%8].Record(journal.Exchange{Status: 200, Response: json.RawMessage(`"` + strings.Repeat("x", 8000) + `"`)})
	}
	if kept := heap() - before; kept > 2<<20 || shared.Used() > 1<<20 {
		t.Errorf("%d kB are kept, %d counted", kept>>10, shared.Used()>>10)
	}
	for i := range worlds {
		all, _ := worlds[i].Kept()
		if all < 10 || all > 17 {
			t.Errorf("world %d keeps %d", i, all)
		}
		if got := worlds[i].Exchanges(journal.Filter{Limit: 1}); got[0].ID != 500 {
			t.Errorf("the newest of world %d is %d", i, got[0].ID)
		}
		worlds[i].Close()
	}
	if shared.Used() != 0 {
		t.Errorf("%d bytes are counted of journals that are closed", shared.Used())
	}
}

// Parts of large texts keep the whole text in memory, unless they are copied.
func TestPartsOfLargeTextsAreNotKept(t *testing.T) {
	for name, record := range map[string]func(*journal.Journal, string){
		"location":     func(j *journal.Journal, big string) { j.Record(journal.Exchange{Location: big[:300]}) },
		"long address": func(j *journal.Journal, big string) { j.Record(journal.Exchange{Location: big}) },
		"media type":   func(j *journal.Journal, big string) { j.Record(journal.Exchange{Sent: big[:20]}) },
		"header": func(j *journal.Journal, big string) {
			j.Record(journal.Exchange{Headers: journal.Headers(map[string][]string{"Content-Type": {"text/plain;" + big}})})
		},
		"request id": func(j *journal.Journal, big string) { j.Record(journal.Exchange{RequestID: big[:30]}) },
		"field": func(j *journal.Journal, big string) {
			j.Record(journal.Exchange{Reason: &journal.Reason{Fields: []journal.FieldReason{{Field: big[:10], Want: big[:9]}}}})
		},
	} {
		t.Run(name, func(t *testing.T) {
			var j journal.Journal
			before := heap()
			for range 1000 {
				record(&j, "text/plain; "+strings.Repeat("x", 30<<10))
			}
			if kept := heap() - before; kept > 4<<20 {
				t.Errorf("%d kB are kept of 1000 exchanges", kept>>10)
			}
			runtime.KeepAlive(&j)
		})
	}
}
