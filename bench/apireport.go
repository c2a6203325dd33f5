package main

import (
	"fmt"
	"strings"
	"time"
)

// write adds the API's table.
func (r *apiReport) write(b *strings.Builder) {
	fmt.Fprintf(b, "\nThe e-Invoice API, under the key and the token of one user. The floor is what a call cannot do "+
		"without, by\n"+
		"Go's library alone, in a loop on all processors and without anybody who asks: of auth one RSA-2048\n"+
		"decryption; of generate two RSA-2048 signatures, AES both ways and decoding the JSON.\n\n")
	row := rowsInto(b)
	row("", "floor", "nicsim", "nicsim to floor")
	row("---", "--:", "--:", "--:")
	for _, k := range []struct {
		name  string
		of    *series
		floor []float64
	}{
		{"auth", &r.auth, r.authFloor},
		{"generate, 1 line", &r.one, r.oneFloor},
		{fmt.Sprintf("generate, %d lines", manyLines), &r.hundred, r.hundredFloor},
	} {
		least := quantile(k.floor, 0.5)
		row(k.name+", a second", each(least), each(k.of.rate()), ratio(k.of.rate(), least))
		for _, share := range []float64{0.5, 0.99} {
			row(fmt.Sprintf("… p%g", 100*share), none, ms(quantile(k.of.took, share)), none)
		}
	}
	b.WriteString("\n")
	row("", "bare handler", fmt.Sprintf("after %d IRNs", r.few), fmt.Sprintf("after %d IRNs", r.many), "many to few")
	row("---", "--:", "--:", "--:", "--:")
	few, many := r.readFew.rate(), r.readMany.rate()
	row("read by IRN, a second", each(r.bare.rate()), each(few), each(many), ratio(many, few))
	row("… to bare", none, ratio(few, r.bare.rate()), ratio(many, r.bare.rate()), none)
	for _, share := range []float64{0.5, 0.99} {
		of := func(s *series) time.Duration { return quantile(s.took, share) }
		row(fmt.Sprintf("… p%g", 100*share), ms(of(&r.bare)), ms(of(&r.readFew)), ms(of(&r.readMany)),
			ratio(float64(of(&r.readMany)), float64(of(&r.readFew))))
	}
	row("memory, alive after a collection", none, mb(r.heapFew), mb(r.heapMany), none)
	row("memory, resident", none, mb(r.rssFew), mb(r.rssMany), none)
	if more := r.many - r.few; more > 0 {
		fmt.Fprintf(b, "\nOf memory alive, an invoice of one line takes %.1f KiB; of resident memory, %.1f KiB.\n",
			kib(r.heapMany-r.heapFew, more), kib(r.rssMany-r.rssFew, more))
	}
}

func kib(bytes, invoices int64) float64 { return float64(bytes) / float64(invoices) / 1024 }
