package main

import (
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"time"
)

// report holds all measurements.
type report struct {
	bareReady, nicsimReady []time.Duration
	memory                 []memory
	calls                  []*comparison
	pages                  []*page
	suite                  []time.Duration
	stores                 []*kept
}

// memory is the resident sets of both programs, in bytes; 0 if unknown.
type memory struct {
	when         string
	bare, nicsim int64
}

// write writes the tables.
func (r *report) write(out io.Writer, p plan) error {
	var b strings.Builder
	b.WriteString(p.machine())
	b.WriteString("\nThe e-Invoice API, as one user. The reference of auth is one RSA-2048 decryption; of generate " +
		"two RSA-2048 signatures,\nAES both ways and decoding the JSON, by Go's library alone on all processors; of reads " +
		"a bare handler that seals as\nmany bytes.\n\n")
	row := table(&b, "call", "reference, a second", "nicsim, a second", "nicsim to reference", "p50", "p99")
	for _, c := range r.calls {
		least, measured := c.least.rate(), c.measured.rate()
		row(c.name, rate(least), rate(measured), ratio(measured, least), ms(c.measured.took, 0.5), ms(c.measured.took, 0.99))
	}

	b.WriteString("\nWeb pages.\n\n")
	row = table(&b, "page", "a second", "p50", "p99")
	for _, page := range r.pages {
		row(page.name, rate(page.measured.rate()), ms(page.measured.took, 0.5), ms(page.measured.took, 0.99))
	}

	b.WriteString("\nWhere worlds are kept; each a second. A walk is section 1 of the guide in a world of its own, " +
		"which is made for it.\n\n")
	row = table(&b, "store", "walks", "auth", "generate", "reads by IRN", "p99 of a read")
	for _, k := range r.stores {
		row(k.name, rate(k.walks.rate()), rate(k.auth.rate()), rate(k.generate.rate()), rate(k.reads.rate()),
			ms(k.reads.took, 0.99))
	}

	b.WriteString("\nThe processes.\n\n")
	row = table(&b, "", "bare handler", "nicsim")
	row(fmt.Sprintf("time to ready, median of %d", len(r.nicsimReady)), ms(r.bareReady, 0.5), ms(r.nicsimReady, 0.5))
	for _, m := range r.memory {
		row("memory, "+m.when, mb(m.bare), mb(m.nicsim))
	}
	row(fmt.Sprintf("`nicsim conformance`, median of %d", len(r.suite)), "",
		fmt.Sprintf("%.2f s", quantile(r.suite, 0.5).Seconds()))
	_, err := io.WriteString(out, b.String())
	return err
}

// machine says on what was measured, and how.
func (p plan) machine() string {
	return fmt.Sprintf("%s, %s/%s, %d × %s. %d connections, %d rounds, turns of %s. The load generator shares the "+
		"processors with\nwhat it measures.\n", runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU(),
		processor(), connections, p.rounds, p.turn)
}

// table writes the head of a table and returns a function that writes a row.
func table(b *strings.Builder, head ...string) (row func(cells ...string)) {
	row = func(cells ...string) { fmt.Fprintf(b, "| %s |\n", strings.Join(cells, " | ")) }
	row(head...)
	b.WriteString("| ---" + strings.Repeat(" | --:", len(head)-1) + " |\n")
	return row
}

func ms(took []time.Duration, share float64) string {
	return fmt.Sprintf("%.2f ms", float64(quantile(took, share))/float64(time.Millisecond))
}

func mb(bytes int64) string {
	if bytes == 0 {
		return "not known here"
	}
	return fmt.Sprintf("%.1f MB", float64(bytes)/1e6)
}

func rate(a float64) string { return fmt.Sprintf("%.0f", a) }

func ratio(of, to float64) string { return fmt.Sprintf("%.2f", of/to) }

// processor returns the model of the processor from /proc/cpuinfo, if there is one.
func processor() string {
	info, _ := os.ReadFile("/proc/cpuinfo")
	for line := range strings.Lines(string(info)) {
		if name, value, _ := strings.Cut(line, ":"); strings.TrimSpace(name) == "model name" {
			return strings.TrimSpace(value)
		}
	}
	return "processors"
}
