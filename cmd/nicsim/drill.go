package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/nicsim/nicsim/drill"
	"github.com/nicsim/nicsim/simulator"
)

// The longest times of a drill, unless --timeout says otherwise.
const (
	commandTime = 2 * time.Minute
	handTime    = 10 * time.Minute
)

// drills has the flags of one `nicsim drill`.
type drills struct {
	exec    string // command line; empty: by hand
	only    []string
	timeout time.Duration
	settle  time.Duration
	json    bool
	junit   string // file
	result  string // file
	log     string // file
	verbose bool
	list    bool
	seed    string
	urls    simulator.URLs // empty: a simulator of its own
	token   tokenFlags

	chosen []drill.Drill
	output io.Writer // for the command's output, besides the end of it that is kept
}

func (p program) drill() *cobra.Command {
	var d drills
	cmd := &cobra.Command{
		Use:   "drill",
		Short: "Drill your client: NIC fails in eight ways, and the client must recover",
		Long: `Has your client of the e-Invoice API register one invoice in each of eight worlds, and
has NIC fail there: the answer is lost, the token is revoked, the session key (SEK) is
another one, HTML with 502, 429, no answer, a wrong clock, an Invoice Reference Number
(IRN) that a portal does not have yet. Each drill is judged from the journal: did the
client recover, with exactly one IRN, without hammering and without giving up?

--exec runs the client once for each drill, through the shell. It finds in its
environment NIC_SANDBOX_URL, NIC_SANDBOX_PUBLIC_KEY and NIC_SANDBOX_CERTIFICATE (files),
NIC_SANDBOX_USERNAME, NIC_SANDBOX_PASSWORD, NIC_CLIENT_ID, NIC_CLIENT_SECRET, NIC_GSTIN,
the same of NIC_PRODUCTION, NIC_CONTROL_URL, NIC_INVOICE, the file of the document to
send, and NIC_DRILL, the name of the drill. Without --exec, the command prints these and
waits for you: have your client send one invoice in each drill. A drill then ends with
Enter, or when no call came for the time of --settle.

Exit codes: 0 every drill was passed, 1 some failed, 2 wrong use, 3 the command cannot
be run, or the run was interrupted.`,
		Example: `  nicsim drill --exec 'npm run send-one'
  nicsim drill --exec './send-one' --only time-out --timeout 90s --verbose
  nicsim drill --exec './send-one' --junit drills.xml
  nicsim drill                by hand
  nicsim drill --list`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if !cmd.Flags().Changed("timeout") {
				d.timeout = commandTime
				if d.exec == "" {
					d.timeout = handTime
				}
			}
			return p.runDrills(cmd.Context(), d)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&d.exec, "exec", "", "shell `command` that has the client register one invoice (default: by hand)")
	flags.StringSliceVar(&d.only, "only", nil, "`name` of a drill; may be repeated (default: all)")
	flags.DurationVar(&d.timeout, "timeout", 0, "longest `time` of each drill (default "+short(commandTime)+", by hand "+
		short(handTime)+")")
	flags.DurationVar(&d.settle, "settle", 15*time.Second, "by hand: `time` without a call after which a drill ends")
	flags.BoolVar(&d.json, "json", false, "print one JSON document instead of text")
	flags.StringVar(&d.junit, "junit", "", "write a JUnit report to this `file` too")
	flags.StringVar(&d.result, "result", "", "write the JSON document to this `file` too, for nicsim judge")
	flags.StringVar(&d.log, "log", "", "write the output of the command to this `file`")
	flags.BoolVar(&d.verbose, "verbose", false, "show the output of the command")
	flags.BoolVar(&d.list, "list", false, "list the drills, without running them")
	flags.StringVar(&d.seed, "seed", "", "`text` that decides all random values (default: a new one)")
	targetFlags(flags, &d.urls, &d.token)
	return cmd
}

// check refuses flags that do not go together, and chooses the drills.
func (d *drills) check() error {
	d.chosen = drill.All()
	names := make([]string, len(d.chosen))
	for i, each := range d.chosen {
		names[i] = each.Name
	}
	for _, name := range d.only {
		if err := oneOf("only", name, names...); err != nil {
			return err
		}
	}
	if d.only != nil {
		d.chosen = slices.DeleteFunc(d.chosen, func(each drill.Drill) bool { return !slices.Contains(d.only, each.Name) })
	}
	for _, f := range []struct {
		flag string
		time time.Duration
	}{{"timeout", d.timeout}, {"settle", d.settle}} {
		if f.time <= 0 {
			return wrongUse{fmt.Errorf("--%s: %s is not a positive duration", f.flag, f.time), "as in --" + f.flag + " 30s"}
		}
	}
	if d.exec == "" && (d.log != "" || d.verbose) {
		return wrongUse{errors.New("--log and --verbose are for the output of --exec"), "leave them out, or give --exec"}
	}
	if d.urls == (simulator.URLs{}) {
		return nil
	}
	var err error
	if d.urls, err = checkURLs(d.urls); err != nil {
		return err
	}
	if namesWorld(d.urls) {
		return wrongUse{errors.New("a URL names a world, and each drill begins with a fresh world"),
			"give the URLs without it; the drills then make a world of their own"}
	}
	return cmp.Or(needed("a drill sets faults and reads the journal", "control", d.urls.Control),
		needed("a client sends its invoice there", "sandbox", d.urls.Sandbox))
}

func (p program) runDrills(ctx context.Context, d drills) error {
	if err := d.check(); err != nil {
		return err
	}
	if d.list {
		return p.report(d.json, newDrillList(d.chosen))
	}
	report := drillReport{Drills: []drillResult{}, began: time.Now()}
	closeFiles, err := d.openFiles(p)
	if err != nil {
		return err
	}
	defer closeFiles()
	stage, err := p.stage(ctx, &d)
	if err != nil {
		return err
	}
	defer stage.close()
	run := p.byHand(d, stage)
	if d.exec != "" {
		run = p.byCommand(d, stage)
	}
	for i, each := range d.chosen {
		if err := stage.set(ctx, each); err != nil {
			return drillFailure(ctx, err)
		}
		began := time.Now()
		ended, tail, err := run(ctx, i, each)
		if err != nil {
			return drillFailure(ctx, err)
		}
		evidence, err := drill.Collect(ctx, stage.world)
		if err != nil {
			return drillFailure(ctx, err)
		}
		evidence.Ended = ended
		report.add(each.Judge(evidence), time.Since(began), tail)
	}
	if err := writeAll(d.reports(report)); err != nil {
		return err
	}
	if err := p.report(d.json, report); err != nil {
		return err
	}
	if !report.OK {
		return exit{exitNotConformant}
	}
	return nil
}

// drillFailure says of the error of an interrupted run that it was interrupted.
func drillFailure(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return errors.New("the drills were interrupted")
	}
	return err
}

// reports are the files of a run, with the names that the flags give them.
func (d *drills) reports(r drillReport) []output {
	return []output{{"junit", d.junit, r.writeJUnit}, {"result", d.result, r.writeResult}}
}

// openFiles makes the files that the run writes, so that a name that cannot be written is found first.
func (d *drills) openFiles(p program) (closeAll func(), err error) {
	closeAll = func() {}
	if err := createAll(d.reports(drillReport{})); err != nil {
		return closeAll, err
	}
	d.output = io.Discard
	if d.verbose {
		d.output = p.err
	}
	if d.log != "" {
		file, err := os.Create(d.log)
		if err != nil {
			return closeAll, wrongUse{fmt.Errorf("--log: %w", err), "its directory must exist"}
		}
		closeAll = func() { _ = file.Close() }
		d.output = io.MultiWriter(d.output, file)
	}
	return closeAll, nil
}
