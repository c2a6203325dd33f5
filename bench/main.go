// Command bench measures nicsim and prints Markdown tables for docs/performance.md. `make bench` builds and runs it.
//
// Each call of the e-Invoice API is compared with a reference: a call that is mostly cryptography with that
// cryptography alone, and a read with a bare handler that seals an answer of the same size. nicsim and the bare
// handler (this program with the argument "bare") are processes of their own, started in the same way. They share the
// processors with the load generator. Every kind of call has a turn in each round, so that other work of the machine
// affects all of them alike. Ratios can be compared between machines; rates cannot.
//
// With -processes or -filled it measures one thing alone, for docs/scale.md: `make scale` runs both.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"
)

const (
	connections = 32   // in parallel
	fewInvoices = 1000 // registered before the first reads
	starts      = 5    // of each program in a round
)

// plan is the extent of the measurement.
type plan struct {
	nicsim   string        // path of the program
	rounds   int           // every kind of request has a turn in each of them
	turn     time.Duration // how long one turn is
	invoices int64         // registered before the last reads
	stores   bool          // nothing but the stores

	processes bool   // nothing but processes that share a database
	filled    int64  // nothing but reads from a directory with so many invoices and API users
	fill      string // path of the program that fills the directory
}

func main() {
	var p plan
	flag.StringVar(&p.nicsim, "nicsim", "bin/nicsim", "`program` to measure")
	flag.IntVar(&p.rounds, "rounds", 5, "`rounds`, in each of which every kind of request has its turn")
	flag.DurationVar(&p.turn, "turn", 2*time.Second, "`duration` of one turn")
	flag.Int64Var(&p.invoices, "invoices", 20_000, "`invoices` that are registered before the last reads")
	flag.BoolVar(&p.stores, "stores", false, "measure nothing but memory, SQLite and PostgreSQL")
	flag.BoolVar(&p.processes, "processes", false, "measure nothing but 1, 2 and 4 processes on one PostgreSQL")
	flag.Int64Var(&p.filled, "filled", 0, "measure nothing but a directory with so many `invoices` and API users")
	flag.StringVar(&p.fill, "fill", "bin/fill", "`program` that fills the directory")
	flag.Parse()
	if flag.Arg(0) != "bare" && (flag.NArg() > 0 || p.rounds < 1 || p.turn <= 0 || p.invoices < 1) {
		fmt.Fprintln(os.Stderr, "bench: -rounds, -turn and -invoices are more than 0, and there are no other arguments")
		os.Exit(2)
	}
	if err := run(p, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// run measures everything before it prints anything, or serves the bare handler.
func run(p plan, out io.Writer) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if flag.Arg(0) == "bare" {
		return serveBare(ctx, out)
	}
	switch {
	case p.processes:
		return measureProcesses(ctx, p, out)
	case p.filled > 0:
		return measureFilled(ctx, p, out)
	}
	var r report
	all := []func(context.Context, plan, *report) error{
		measureStarts, measureAPI, measurePages, measureStores, measureSuite,
	}
	if p.stores {
		all = []func(context.Context, plan, *report) error{measureStores}
	}
	for _, measure := range all {
		if err := measure(ctx, p, &r); err != nil {
			return err
		}
	}
	return r.write(out, p)
}
