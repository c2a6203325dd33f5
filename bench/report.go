package main

import (
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"time"
)

// report is everything that was measured.
type report struct {
	plan                            plan
	bareReady, nicsimReady          []time.Duration
	bareIdle, nicsimIdle            int64 // bytes
	bareLoaded, nicsimLoaded        int64 // bytes, the most that was seen between rounds
	bare, providers, refused, walks series
	suite                           []time.Duration
	pages                           pagesReport
	api                             apiReport
}

const none = "–"

func (r *report) write(out io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s, %s/%s, %d × %s. %d connections, %d rounds; in each, every kind of request had a turn of %s,\n"+
		"and each connection performed %d walks in a world of its own. The load generator shares the processors\n"+
		"with what it measures, for both alike.\n\n", runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU(),
		processor(), r.plan.connections, r.plan.rounds, r.plan.turn, r.plan.walks)

	row := rowsInto(&b)
	row("", "bare handler", "nicsim", "nicsim to bare")
	row("---", "--:", "--:", "--:")

	bareReady, nicsimReady := quantile(r.bareReady, 0.5), quantile(r.nicsimReady, 0.5)
	row(fmt.Sprintf("time to ready, median of %d", len(r.nicsimReady)), ms(bareReady), ms(nicsimReady),
		ratio(float64(nicsimReady), float64(bareReady)))
	row("memory, idle", mb(r.bareIdle), mb(r.nicsimIdle), ratio(float64(r.nicsimIdle), float64(r.bareIdle)))
	row("memory, after load", mb(r.bareLoaded), mb(r.nicsimLoaded), ratio(float64(r.nicsimLoaded), float64(r.bareLoaded)))

	for _, single := range []struct {
		name string
		of   *series
	}{
		{"`GET /portal/v1/providers?through=GSP`", &r.providers},
		{"Validate, refused (422)", &r.refused},
	} {
		row(single.name+", a second", each(r.bare.rate()), each(single.of.rate()), ratio(single.of.rate(), r.bare.rate()))
		for _, share := range []float64{0.5, 0.99} {
			bare, nicsim := quantile(r.bare.took, share), quantile(single.of.took, share)
			row(fmt.Sprintf("… p%g", 100*share), ms(bare), ms(nicsim), ratio(float64(nicsim), float64(bare)))
		}
	}
	row("walks of section 1, a second", none, each(r.walks.rate()), none)
	for _, share := range []float64{0.5, 0.99} {
		row(fmt.Sprintf("… p%g", 100*share), none, ms(quantile(r.walks.took, share)), none)
	}
	if len(r.suite) > 0 {
		row(fmt.Sprintf("`nicsim conformance`, all features, median of %d", len(r.suite)),
			none, fmt.Sprintf("%.2f s", quantile(r.suite, 0.5).Seconds()), none)
	}
	r.pages.write(&b)
	if r.plan.irns > 0 {
		r.api.write(&b)
	}
	_, err := io.WriteString(out, b.String())
	return err
}

func rowsInto(b *strings.Builder) func(cells ...string) {
	return func(cells ...string) { fmt.Fprintf(b, "| %s |\n", strings.Join(cells, " | ")) }
}

func ms(d time.Duration) string { return fmt.Sprintf("%.2f ms", float64(d)/float64(time.Millisecond)) }

func mb(bytes int64) string {
	if bytes == 0 {
		return "not known here"
	}
	return fmt.Sprintf("%.1f MB", float64(bytes)/1e6)
}

func each(rate float64) string {
	if rate < 100 {
		return fmt.Sprintf("%.1f", rate)
	}
	return fmt.Sprintf("%.0f", rate)
}

func ratio(of, to float64) string {
	if of == 0 || to == 0 {
		return none
	}
	return fmt.Sprintf("%.2f", of/to)
}

// processor is the model's name where /proc/cpuinfo has it.
func processor() string {
	info, err := os.ReadFile("/proc/cpuinfo")
	if err == nil {
		for line := range strings.Lines(string(info)) {
			if name, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == "model name" {
				return strings.TrimSpace(value)
			}
		}
	}
	return "processors"
}
