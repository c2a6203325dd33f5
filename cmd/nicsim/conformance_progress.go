package main

import (
	"fmt"
	"time"

	"github.com/schollz/progressbar/v3"

	"github.com/nicsim/nicsim/steps"
)

// progress shows how far a run has come: a line for each scenario, a bar on a terminal, or nothing.
type progress struct {
	program
	verbose bool
	bar     *progressbar.ProgressBar
	failed  int
}

// show is told of each scenario that has ended.
func (p *progress) show(_, of int, o steps.Outcome) {
	switch {
	case p.verbose:
		p.line(o)
	case isTerminal(p.out):
		p.draw(of, o)
	}
}

// line writes a scenario in one line; the reason of one that did not pass is in the next.
func (p *progress) line(o steps.Outcome) {
	line := fmt.Sprintf("%-5s  %s  %s  (%d ms)\n", o.Verdict, o.Scenario.Key(), o.Scenario.Name, o.Took.Milliseconds())
	if o.Reason != "" {
		line += "       " + firstLine(o.Reason) + "\n"
	}
	_, _ = fmt.Fprint(p.out, line) // an output that is gone is noticed at the summary
}

// draw moves the bar, which is as wide as 80 columns allow.
func (p *progress) draw(of int, o steps.Outcome) {
	if p.bar == nil {
		p.bar = progressbar.NewOptions(of,
			progressbar.OptionSetWriter(p.out), progressbar.OptionSetWidth(24), progressbar.OptionShowCount(),
			progressbar.OptionSetPredictTime(true), progressbar.OptionThrottle(100*time.Millisecond),
			progressbar.OptionSetDescription("none failed"), progressbar.OptionClearOnFinish())
	}
	if o.Verdict != steps.Pass {
		p.failed++
		p.bar.Describe(fmt.Sprintf("%d failed", p.failed))
	}
	_ = p.bar.Add(1) // it fails only beyond its end
}

// end removes the bar, also after a run that was interrupted.
func (p *progress) end() {
	if p.bar != nil {
		_ = p.bar.Clear()
	}
}
