package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/nicsim/nicsim/features"
	"github.com/nicsim/nicsim/simulator/dice"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/steps"
	"github.com/nicsim/nicsim/steps/needs"
	"github.com/nicsim/nicsim/steps/report"
	"github.com/nicsim/nicsim/steps/target"
)

// conformance has the flags of one `nicsim conformance`.
type conformance struct {
	aim             // without any of it: a simulator of its own
	target          target.Target
	tags            string
	concurrency     int
	timeout         time.Duration // of a call
	seed            string
	on              string // a day
	format          string
	junit, cucumber string // files
	html            string // file
	result, badge   string // files
	messages        string // file
	expected        string // file
	strict, verbose bool
	driving         driving
	list            bool
	defects         bool
}

// callTimeout is how long a call may take, unless --timeout says otherwise.
const callTimeout = 30 * time.Second

func (p program) conformance() *cobra.Command {
	var c conformance
	cmd := &cobra.Command{
		Use:   "conformance",
		Short: "Run the guide as an executable specification",
		Long: `Runs scenarios of the guide, NIC's rules and the portal contract, against a simulator of
its own, against another nicsim, or against any target that has NIC's API: a gateway,
NIC's sandbox, a double. Scenarios run side by side and in random order. With --control
each has its own world; without it they share the API user of the target.

A scenario needs what its sentences need, such as an API user, a taxpayer in an SEZ, or the
clock of a control API. What the target cannot give is skipped, with the reason. --list
shows the needs, and each is a tag too, as in --tags @needs-clock.

--driver forms uses the portals' web pages as a browser without JavaScript would, and
--driver browser uses Chromium. Scenarios about the JSON itself are then left out.

Every scenario passes, fails, is skipped (the target lacks what it needs), disabled (by the
flags), an expected failure (of --expected-failures), or an error. docs/read-the-report.md
explains them.

Exit codes: 0 no scenario failed that must pass, 1 some failed, 2 wrong use, or no scenario
selected, 3 an error, a target that cannot be reached, or the run was interrupted.`,
		Example: `  The whole specification, against a simulator of its own:
    nicsim conformance
  The rules of level must, at other portals, with a report for CI:
    nicsim conformance --sandbox http://127.0.0.1:7001 --production http://127.0.0.1:7002 \
      --control http://127.0.0.1:7000 --tags @must --junit report.xml
  The e-Invoice API of a target, by URL, key and credentials:
    export NICSIM_CLIENT_SECRET NICSIM_PASSWORD
    nicsim conformance --api https://gateway.example/nic --public-key nic-sandbox.pem \
      --client-id AABCA29GSP00001 --gstin 29ABCCD1234E1Z1 --username books
  The same by a file, with its parties, limits and what it lacks:
    nicsim conformance --target gateway.yaml
  In a real browser, as a report with a picture of each step:
    nicsim conformance --driver browser --html report.html
  One scenario, step by step:
    nicsim conformance --tags @REF-otp-expired --format pretty
  A list of the scenarios:
    nicsim conformance --list`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if cmd.Flags().Changed("concurrency") && c.concurrency < 1 {
				return wrongUse{fmt.Errorf("--concurrency: %d is less than one", c.concurrency),
					"leave it out to run four for each processor"}
			}
			if c.timeout <= 0 {
				return wrongUse{fmt.Errorf("--timeout: %s is not a positive duration", c.timeout), "as in --timeout 30s"}
			}
			return p.runConformance(cmd.Context(), c)
		},
	}
	flags := cmd.Flags()
	c.addTargetFlags(flags)
	flags.StringVar(&c.tags, "tags", "", "run only scenarios with these `tags`: @a, ~@a (not), \"@a && @b\", "+
		"\"@a,@b\" (or)")
	flags.IntVar(&c.concurrency, "concurrency", 0, "`number` of scenarios at once (default: four for each processor)")
	flags.DurationVar(&c.timeout, "timeout", callTimeout, "longest `time` of a call")
	flags.StringVar(&c.seed, "seed", "", "`text` that decides the order and all random values (default: a new "+
		"one, printed)")
	flags.StringVar(&c.on, "on", "", "`day` on which each scenario begins, as in 2025-03-15: the rules of that day hold "+
		"(default: today)")
	flags.StringVar(&c.format, "format", "progress", "`form` of the output: progress or pretty")
	flags.BoolVarP(&c.verbose, "verbose", "v", false, "print a line for each scenario when it ends")
	flags.StringVar(&c.junit, "junit", "", "write a JUnit report to this `file` too")
	flags.StringVar(&c.cucumber, "cucumber", "", "write a Cucumber JSON report to this `file` too")
	flags.StringVar(&c.messages, "messages", "", "write Cucumber messages to this `file` too")
	flags.StringVar(&c.html, "html", "", "write an HTML report to this `file` too, with pictures under --driver "+
		"browser")
	flags.StringVar(&c.result, "result", "", "write the result as JSON to this `file` too")
	flags.StringVar(&c.badge, "badge", "", "write a badge, an SVG, to this `file` too")
	flags.StringVar(&c.expected, "expected-failures", "", "YAML `file` with the id, reason and expires of each scenario "+
		"that is known to fail")
	flags.BoolVar(&c.strict, "strict", false, "let a failure at the level should fail the run, too")
	c.driving.addFlags(flags)
	flags.BoolVar(&c.defects, "defects", false, "perform the scenarios against simulators that are wrong on purpose, and "+
		"print which\nscenarios find which defect; exit code 1 when one is not found")
	flags.BoolVar(&c.list, "list", false, "list the scenarios with id, level and needs, without running them")
	return cmd
}

func (p program) runConformance(ctx context.Context, c conformance) error {
	options, err := c.options(p.lookup)
	if err != nil {
		return err
	}
	if c.list {
		return p.listScenarios()
	}
	if c.defects {
		return p.runDefects(ctx, c, options)
	}
	if options.Driver, err = c.driving.open(nil); err != nil {
		return err
	}
	defer options.Driver.Close() //nolint:errcheck // the run is over
	if err := createAll(c.reports(report.Run{})); err != nil {
		return err
	}
	if isTerminal(p.in) {
		options.Ask = p.ask
	}
	began := time.Now()
	if c.own() {
		// The same number decides the order of the scenarios and the simulator's chance.
		urls, stop, err := p.ownSimulator(ctx, strconv.FormatInt(options.Seed, 10), nil)
		if err != nil {
			return err
		}
		defer stop()
		options.Control, options.Sandbox, options.Production = urls.Control, urls.Sandbox, urls.Production
		options.GSP = urls.GSP
	} else {
		// Runs that share a server use different worlds.
		options.WorldSuffix = "-" + strconv.FormatInt(options.Seed%(36*36*36*36*36), 36)
	}
	shown := progress{program: p, verbose: c.verbose}
	if c.format == "pretty" {
		options.Out = p.out
	} else {
		options.Watch = shown.show
	}
	result, err := steps.Run(ctx, options)
	shown.end()
	switch {
	case err != nil && result.Stopped != "": // what the run found before is reported
	case err != nil && ctx.Err() != nil:
		return errors.New("the run was interrupted")
	case err != nil:
		return runFailure(err)
	}
	if err := writeAll(c.reports(c.run(result, began))); err != nil {
		return err
	}
	if err != nil {
		return fmt.Errorf("%w; %s", err, result)
	}
	if err := p.summarise(c, result); err != nil {
		return err
	}
	switch {
	case result.Stopped != "":
		return fmt.Errorf("%s: %s", result.Stopped, result)
	case result.Count(steps.Error) > 0:
		return exit{exitFailure}
	case !result.OK():
		return exit{exitNotConformant}
	}
	return nil
}

// options checks the flags and returns the options of the run. A target of the run's own is still missing.
func (c *conformance) options(lookup func(string) (string, bool)) (steps.Options, error) {
	var none steps.Options
	if c.list && c.tags != "" {
		return none, wrongUse{errors.New("--list and --tags exclude each other: the list is of all scenarios"),
			"pipe it to grep"}
	}
	for _, o := range append(c.reports(report.Run{}), output{flag: "cucumber", name: c.cucumber}) {
		if c.list && o.name != "" {
			return none, wrongUse{fmt.Errorf("--list and --%s exclude each other: --list runs nothing",
				o.flag), "leave one of them out"}
		}
	}
	if err := c.checkDefects(); err != nil {
		return none, err
	}
	if err := oneOf("format", c.format, "progress", "pretty"); err != nil {
		return none, err
	}
	if err := c.driving.check(); err != nil {
		return none, err
	}
	var err error
	if c.target, err = c.aim.target(lookup); err != nil {
		return none, err
	}
	options := steps.Options{
		Target: c.target, Sandbox: c.urls.Sandbox, Production: c.urls.Production, Control: c.urls.Control,
		GSP:  c.urls.GSP,
		Tags: c.tags, Concurrency: cmp.Or(c.concurrency, c.driving.atOnce()),
		Seed:   seedNumber(cmp.Or(c.seed, dice.FreshSeed())),
		Strict: c.strict, Patience: c.timeout,
		Formats: []string{c.format}, Pictures: c.driving.driver == byBrowser && c.html+c.cucumber+c.messages != "",
	}
	if c.on != "" {
		day, err := time.ParseInLocation(time.DateOnly, c.on, nic.IST)
		if err != nil {
			return none, wrongUse{fmt.Errorf("--on: %q is not a day", c.on), "as in --on 2025-03-15"}
		}
		options.On = day.Add(12 * time.Hour)
	}
	if c.expected != "" {
		if options.Expected, err = readExpected(c.expected); err != nil {
			return none, wrongUse{fmt.Errorf("--expected-failures: %w", err),
				"each entry has an id of 'nicsim conformance --list', a reason, and expires, as in 2026-12-31"}
		}
	}
	if c.cucumber != "" {
		options.Formats = append(options.Formats, "cucumber:"+c.cucumber)
	}
	return options, nil
}

// seedNumber is the number of a seed, at least 1. A number stands for itself, so that the seed that a run
// prints can be given to --seed.
func seedNumber(text string) int64 {
	if n, err := strconv.ParseInt(text, 10, 64); err == nil && n > 0 {
		return n
	}
	h := fnv.New64a()
	_, _ = h.Write([]byte(text)) // it never fails
	return int64(h.Sum64()%math.MaxInt32) + 1
}

// runFailure adds a hint to the error of a run that performed nothing.
func runFailure(err error) error {
	if bad, ok := errors.AsType[*steps.OptionError](err); ok {
		flag := map[string]string{
			"Target": "--target", "Sandbox": "--target or --sandbox", "Production": "--target or --production",
			"Tags": "--tags", "Concurrency": "--concurrency", "On": "--on", "Formats": "--format or --cucumber",
		}[bad.Option]
		return wrongUse{fmt.Errorf("%s: %s", cmp.Or(flag, bad.Option), bad.Reason), bad.Hint}
	}
	if errors.Is(err, steps.ErrNothingByPages) {
		return wrongUse{err, "--driver json performs them"}
	}
	if errors.Is(err, steps.ErrNothingSelected) {
		return wrongUse{err, "'nicsim conformance --list' lists the scenarios, with what each needs of the target"}
	}
	return err
}

// listScenarios prints id, level, title, sources and needs of each scenario.
func (p program) listScenarios() error {
	catalogue, err := features.Read(features.Files())
	if err != nil {
		return err
	}
	rows := make([][]string, 0, len(catalogue.Scenarios))
	for _, s := range catalogue.Scenarios {
		rows = append(rows, []string{
			s.Key(), s.Level(), s.Name, strings.Join(s.Sources(), " "), needing(steps.NeedsOf(s)),
		})
	}
	slices.SortStableFunc(rows, func(a, b []string) int { return cmp.Compare(a[0], b[0]) })
	list := page{out: p.out, wide: !isTerminal(p.out)}
	list.table(0, rows)
	if list.err != nil {
		return fmt.Errorf("writing the list: %w", list.err)
	}
	return nil
}

// needing writes the needs of a scenario.
func needing(all []needs.Need) string {
	words := make([]string, len(all))
	for i, n := range all {
		words[i] = string(n)
	}
	return cmp.Or(strings.Join(words, ", "), "nothing")
}
