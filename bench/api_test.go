package main

import (
	"bytes"
	"crypto/aes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/simulator/nic"
)

var (
	aDay   = time.Date(2026, time.July, 1, 0, 0, 0, 0, nic.IST)
	aKey   = []byte("32 letters that stand for a key.")
	tokens = client.Invoice{SignedInvoice: "header.claims.signature", SignedQRCode: "header.claims.signature"}
)

// TestRenumbered opens what is sent: nothing but the number is another.
func TestRenumbered(t *testing.T) {
	block, err := aes.NewCipher(aKey)
	if err != nil {
		t.Fatal(err)
	}
	for _, lines := range []int{1, 2, manyLines} {
		document := invoiceOf(numberOf(1), aDay, lines)
		fill := 16 - len(document)%16
		sealed := append([]byte(document), bytes.Repeat([]byte{byte(fill)}, fill)...)
		eachBlock(sealed, block.Encrypt)
		data := base64.StdEncoding.EncodeToString(sealed)

		n := int64(1)
		vary, err := renumbered(block, document, data, func() int64 { n++; return n })
		if err != nil {
			t.Fatal(err)
		}
		raw := []byte("POST / HTTP/1.1\r\n\r\n" + `{"Data":"` + data + `"}`)
		change := vary(raw)
		for want := int64(2); want < 5; want++ {
			change()
			sent := strings.TrimSuffix(strings.TrimPrefix(string(raw), "POST / HTTP/1.1\r\n\r\n"+`{"Data":"`), `"}`)
			opened, err := base64.StdEncoding.DecodeString(sent)
			if err != nil {
				t.Fatal(err)
			}
			eachBlock(opened, block.Decrypt)
			if got := string(opened[:len(opened)-fill]); got != invoiceOf(numberOf(want), aDay, lines) {
				t.Fatalf("%d lines, number %d: sent\n%s", lines, want, got)
			}
		}
	}
	late := strings.Repeat(" ", 48) + numberOf(1)
	if _, err := renumbered(block, late, "", nil); err == nil {
		t.Error("a number in the last block, which has the padding, was taken")
	}
	if _, err := renumbered(block, "{}", "", nil); err == nil {
		t.Error("a document without the number was taken")
	}
}

func TestInvoicesAreJSON(t *testing.T) {
	for _, lines := range []int{1, manyLines} {
		var document struct {
			ItemList []any
			ValDtls  struct{ TotInvVal float64 }
		}
		if err := json.Unmarshal([]byte(invoiceOf(numberOf(1), aDay, lines)), &document); err != nil {
			t.Fatal(err)
		}
		if len(document.ItemList) != lines || document.ValDtls.TotInvVal != float64(1180*lines) {
			t.Errorf("%d lines: %d, of %f", lines, len(document.ItemList), document.ValDtls.TotInvVal)
		}
	}
}

func TestFloor(t *testing.T) {
	f, err := newFloor()
	if err != nil {
		t.Fatal(err)
	}
	auth, err := f.auth()
	if err != nil {
		t.Fatal(err)
	}
	if got, err := rate(t.Context(), auth, 20*time.Millisecond); err != nil || got <= 0 {
		t.Errorf("auth: %f a second, %v", got, err)
	}
	block, err := aes.NewCipher(aKey)
	if err != nil {
		t.Fatal(err)
	}
	document := []byte(`{"Version":"1.1"}               `)[:16]
	sealed := bytes.Clone(document)
	eachBlock(sealed, block.Encrypt)
	g := &generation{block: block, data: base64.StdEncoding.EncodeToString(sealed), length: len(document), answer: tokens}
	if _, err := rate(t.Context(), f.generate(g), 20*time.Millisecond); err == nil {
		t.Error("JSON that is cut off was decoded")
	}
	wanted := errors.New("broken")
	if _, err := rate(t.Context(), func() error { return wanted }, time.Minute); !errors.Is(err, wanted) {
		t.Errorf("work that fails: %v", err)
	}
}

func TestLiveHeap(t *testing.T) {
	var h liveHeap
	for _, text := range []string{
		"gc 1 @0.011s 2%: 0.02+0.5 ms clock, 0.05+0.1 ms cpu, 3->4->2 MB, 4 MB goal, 0 MB stacks, 2 P\n",
		"level=INFO msg=\"gc 9->9->9 MB,\"\ngc 2 @1s 2%: ms clock, ms cpu, 9->9",
		"->7 MB, 14 MB goal\ngc 3 @2s",
	} {
		if n, err := io.WriteString(&h, text); err != nil || n != len(text) {
			t.Fatal(n, err)
		}
	}
	if got := h.bytes.Load(); got != 7<<20 {
		t.Errorf("%d bytes are alive, want 7 MiB", got)
	}
}

func TestAPIReport(t *testing.T) {
	of := func(rate float64) series {
		return series{rates: []float64{rate}, took: []time.Duration{time.Millisecond}}
	}
	r := apiReport{
		bare: of(1000), auth: of(80), one: of(40), hundred: of(20), few: 1000, many: 2024, readFew: of(600),
		readMany:  of(500),
		authFloor: []float64{100}, oneFloor: []float64{50}, hundredFloor: []float64{40},
		heapFew: 1 << 20, heapMany: 5 << 20, rssFew: 1 << 20, rssMany: 9 << 20,
	}
	var out strings.Builder
	r.write(&out)
	for _, row := range []string{
		"| auth, a second | 100 | 80.0 | 0.80 |",
		"| generate, 1 line, a second | 50.0 | 40.0 | 0.80 |",
		"| generate, 100 lines, a second | 40.0 | 20.0 | 0.50 |",
		"| read by IRN, a second | 1000 | 600 | 500 | 0.83 |",
		"| … to bare | – | 0.60 | 0.50 | – |",
		"| … p99 | 1.00 ms | 1.00 ms | 1.00 ms | 1.00 |",
		"Of memory alive, an invoice of one line takes 4.0 KiB; of resident memory, 8.0 KiB.",
	} {
		if !strings.Contains(out.String(), row+"\n") {
			t.Errorf("no row %q in\n%s", row, out.String())
		}
	}
}
