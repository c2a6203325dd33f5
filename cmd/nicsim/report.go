package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/nicsim/nicsim/internal/count"
	"github.com/nicsim/nicsim/steps"
	"github.com/nicsim/nicsim/steps/report"
)

func (p program) reportResults() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "report",
		Short:   "Compare two results of the conformance suite, or of the judge",
		Example: "  nicsim report compare monday.json tuesday.json",
		Args:    noArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(&cobra.Command{
		Use:   "compare BEFORE AFTER",
		Short: "Say what broke and what was mended between two results",
		Long: `Compares two results that 'nicsim conformance --result FILE' wrote, scenario by scenario,
or two that 'nicsim judge --result FILE' wrote, rule by rule.

A scenario or rule broke if it passed in the first result, and fails or has an error in the
second. It was mended if it did not pass in the first, and passes in the second.

Exit codes: 0 nothing broke, 1 something broke, 2 a file is not a result.`,
		Example: `  nicsim conformance --result monday.json
  nicsim conformance --result tuesday.json
  nicsim report compare monday.json tuesday.json`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 2 {
				return wrongUse{fmt.Errorf("two results are compared, and %d were given", len(args)),
					"as in 'nicsim report compare before.json after.json'"}
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error { return p.compareResults(args[0], args[1]) },
	})
	return cmd
}

const resultsHint = "two results are compared that 'nicsim conformance --result FILE' wrote, or two of 'nicsim judge " +
	"--result FILE'"

func (p program) compareResults(before, after string) error {
	var both [2]report.Document
	for i, name := range []string{before, after} {
		file, err := os.Open(name)
		if err != nil {
			return wrongUse{err, resultsHint}
		}
		both[i], err = report.ReadResult(file)
		_ = file.Close() // it was only read
		if err != nil {
			return wrongUse{fmt.Errorf("%s: %w", name, err), resultsHint}
		}
	}
	if both[0].OfClient != both[1].OfClient {
		return wrongUse{fmt.Errorf("%s and %s cannot be compared: one is a result of nicsim judge, the other is not", before,
			after), resultsHint}
	}
	c := report.Compare(both[0], both[1])
	out := page{out: p.out, bold: p.wantsBold(), width: reportWidth}
	for _, part := range []struct {
		title   string
		changes []report.Change
	}{
		{"Broken", c.Broken}, {"Failed, and not performed before", c.Failed}, {"Mended", c.Mended},
		{"Passed before, and not performed now", c.Gone}, {"Other changes", c.Other},
	} {
		if len(part.changes) == 0 {
			continue
		}
		out.title("%s (%d)", part.title, len(part.changes))
		for _, change := range part.changes {
			out.entry("  "+change.Key, 4+len(change.Key), change.Title)
			out.entry("", 4, fmt.Sprintf("%s → %s, level %s",
				verdictWord(change.Before), verdictWord(change.After), change.Level))
			if change.Reason != "" {
				out.entry("", 4, firstLine(change.Reason))
			}
		}
		out.line("")
	}
	out.line("%d broken, %d mended, %s, %d the same", len(c.Broken), len(c.Mended),
		count.Of(len(c.Failed)+len(c.Gone)+len(c.Other), "other change"), c.Same)
	if out.err != nil {
		return fmt.Errorf("writing the comparison: %w", out.err)
	}
	if len(c.Broken) > 0 {
		return exit{exitNotConformant}
	}
	return nil
}

// verdictWord is a verdict for people.
func verdictWord(v steps.Verdict) string {
	switch v {
	case "":
		return "unknown"
	case steps.FailedAsExpected:
		return "expected failure"
	}
	return string(v)
}
