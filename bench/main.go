// Command bench measures nicsim next to a bare handler, and its e-Invoice API next to the cryptography
// that no answer can do without, and prints the figures as Markdown tables.
// `make bench` builds both and runs it.
//
// Both are processes of their own, started in the same way and asked in turns, so that whatever else
// the machine does falls on both. The load generator is the same for both and runs on the same
// processors, so the figures are for comparing, and say little about other machines.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// plan is what is measured and how often.
type plan struct {
	nicsim, bare string        // the programs
	connections  int           // that ask at the same time
	rounds       int           // in each of which every kind of request has its turn
	turn         time.Duration // how long one turn is
	starts       int           // of each program
	walks        int           // by each connection, in each round
	suites       int           // runs of the whole feature suite
	irns         int64         // registered before the API's turns; 0 leaves the API out
}

func main() {
	p, err := parse(os.Args[1:], os.Stderr)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return
	case err != nil:
		os.Exit(2)
	}
	if err := run(p, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func parse(args []string, usage io.Writer) (plan, error) {
	var p plan
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.SetOutput(usage)
	flags.StringVar(&p.nicsim, "nicsim", "bin/nicsim", "`program` to measure")
	flags.StringVar(&p.bare, "bare", "bin/bare", "`program` to measure it against")
	flags.IntVar(&p.connections, "connections", 32, "`connections` that ask at the same time")
	flags.IntVar(&p.rounds, "rounds", 5, "`rounds`, in each of which every kind of request has its turn")
	flags.DurationVar(&p.turn, "turn", 2*time.Second, "`duration` of one turn")
	flags.IntVar(&p.starts, "starts", 21, "`starts` of each program, for the time to ready")
	flags.IntVar(&p.walks, "walks", 20, "section 1 `walks` of each connection in each round")
	flags.IntVar(&p.suites, "suites", 3, "`runs` of the whole feature suite; 0 leaves it out")
	flags.Int64Var(&p.irns, "irns", 20_000, "`invoices` that are registered before the API's turns; 0 leaves the API out")
	if err := flags.Parse(args); err != nil {
		return plan{}, err
	}
	if flags.NArg() > 0 || min(p.connections, p.rounds, p.starts, p.walks) < 1 || p.turn <= 0 || p.suites < 0 ||
		p.irns < 0 {
		err := errors.New("every count is at least 1 and there are no other arguments")
		fmt.Fprintln(usage, "bench:", err)
		return plan{}, err
	}
	return p, nil
}

// run measures everything before it prints anything.
func run(p plan, out io.Writer) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	r := report{plan: p}
	if err := measureStarts(ctx, p, &r); err != nil {
		return err
	}
	if err := measureLoad(ctx, p, &r); err != nil {
		return err
	}
	if err := measurePages(ctx, p, &r.pages); err != nil {
		return fmt.Errorf("web pages: %w", err)
	}
	if p.irns > 0 {
		if err := measureAPI(ctx, p, &r.api); err != nil {
			return fmt.Errorf("the e-Invoice API: %w", err)
		}
	}
	if err := measureSuite(ctx, p, &r); err != nil {
		return err
	}
	return r.write(out)
}
