package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/nicsim/nicsim/internal/count"
	"github.com/nicsim/nicsim/simulator"
	"github.com/nicsim/nicsim/steps"
	"github.com/nicsim/nicsim/steps/report"
)

// checkDefects refuses the flags that --defects excludes.
func (c *conformance) checkDefects() error {
	for _, f := range []struct {
		flag  string
		given bool
	}{
		{"list", c.list}, {"sandbox, --production and --control", c.urls != simulator.URLs{}}, {"html", c.html != ""},
		{"junit", c.junit != ""}, {"cucumber", c.cucumber != ""}, {"driver", c.driving.driver != byJSON},
	} {
		if c.defects && f.given {
			return wrongUse{errors.New("--defects and --" + f.flag + " exclude each other: --defects starts simulators of its " +
				"own, and prints a matrix"), "leave one of them out"}
		}
	}
	return nil
}

// runDefects performs the scenarios against each defect and prints which scenarios find it.
func (p program) runDefects(ctx context.Context, c conformance, options steps.Options) error {
	if err := createAll(c.reports(report.Run{})); err != nil {
		return err
	}
	began := time.Now()
	m, err := p.proveDefects(ctx, options, true)
	if err != nil {
		return cmp.Or(runFailure(err), err)
	}
	run := c.run(m.Sound, began)
	run.Defects = m.reported()
	if err := writeAll(c.reports(run)); err != nil {
		return err
	}
	end := page{out: p.out, bold: p.wantsBold(), wide: !isTerminal(p.out)}
	if !m.Sound.OK() {
		for _, o := range m.Sound.Of(steps.Fail, steps.Error) {
			end.line("%s  %s", o.Scenario.Key(), firstLine(o.Reason))
		}
		end.line("Without a defect: %s. A matrix would prove nothing.", m.Sound)
		return cmp.Or(end.err, error(exit{exitNotConformant}))
	}
	rows := make([][]string, 0, len(m.Defects))
	for _, d := range m.Defects {
		keys := d.killers()
		found := "survives"
		if len(keys) > 0 {
			found = fmt.Sprintf("%d: %s", len(keys), strings.Join(keys, " "))
		}
		rows = append(rows, []string{d.Name, d.Rule, found})
	}
	end.table(0, rows)
	survivors := m.survivors()
	end.line("")
	end.line("%s, %d found, %d not found; %s at the level must without a defect to find (seed %d)",
		count.Of(len(m.Defects), "defect"), len(m.Defects)-len(survivors), len(survivors),
		count.Of(len(m.idle()), "scenario"), options.Seed)
	if end.err != nil {
		return fmt.Errorf("writing the matrix: %w", end.err)
	}
	if len(survivors) > 0 {
		return exit{exitNotConformant}
	}
	return nil
}
