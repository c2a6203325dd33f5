package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/internal/count"
	"github.com/nicsim/nicsim/judge"
	"github.com/nicsim/nicsim/steps/report"
)

// clientJudge has the flags of one `nicsim judge`.
type clientJudge struct {
	token               tokenFlags
	control, world      string
	drills              string // file
	html, junit, result string // files
	htmlFlag            string // that named html; "" is html
	strict, list        bool
}

func (p program) judge() *cobra.Command {
	var j clientJudge
	cmd := &cobra.Command{
		Use:   "judge",
		Short: "Judge your client by what it called: a report for its team and for going live",
		Long: `Reads the journal of a world after you ran your own integration there, and judges
your client of the e-Invoice API by rules that each have a source: one login in the
life of a token, no repeat of what was refused, Retry-After honoured, and more. The
go-live sheet counts successes and failures of each call.

A rule is skipped when no call was seen that it is about. A failure at the level
should is a warning, unless the run is strict.

Exit codes: 0 no rule was broken, 1 some were, 2 wrong use, as of a world without a
call, 3 the control API cannot be reached.`,
		Example: `  nicsim judge --control localhost:7000
  nicsim judge --control localhost:7000 --world blue --html client.html
  nicsim judge --control localhost:7000 --result client.json --junit client.xml --strict
  nicsim judge --control localhost:7000 --drills drills.json     with what drill --result wrote
  nicsim judge --list`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return p.runJudge(cmd.Context(), j) },
	}
	flags := cmd.Flags()
	flags.StringVar(&j.control, "control", "", "`URL` of the control API")
	j.token.register(flags)
	flags.StringVar(&j.world, "world", "", "`name` of the world (default: the default one)")
	flags.StringVar(&j.drills, "drills", "", "`file` that 'nicsim drill --result' wrote")
	flags.StringVar(&j.html, "html", "", "write the report as a page to this `file`")
	flags.StringVar(&j.junit, "junit", "", "write a JUnit report to this `file`")
	flags.StringVar(&j.result, "result", "", "write the result, as JSON, to this `file`")
	flags.BoolVar(&j.strict, "strict", false, "let a failure at the level should fail the run")
	flags.BoolVar(&j.list, "list", false, "list the rules, without judging")
	return cmd
}

func (p program) runJudge(ctx context.Context, j clientJudge) error {
	if j.list {
		return p.listJudgeRules()
	}
	control, err := controlOf(j.control, j.world, "the journal is read there")
	if err != nil {
		return err
	}
	token, err := j.token.read()
	if err != nil {
		return err
	}
	done, err := j.readDrills()
	if err != nil {
		return err
	}
	if err := j.openReports(); err != nil {
		return err
	}
	verdict, err := judgeWorld(ctx, control, client.Options{ControlToken: token}, j.world, done, j.strict)
	if err != nil {
		return err
	}
	if verdict.Calls == 0 {
		return wrongUse{errors.New("the journal of this world has no call of the e-Invoice API"),
			"run your integration first; --world names the world that it used"}
	}
	if err := j.writeReports(verdict); err != nil {
		return err
	}
	if err := p.printVerdict(verdict); err != nil {
		return err
	}
	if !verdict.OK(j.strict) {
		return exit{exitNotConformant}
	}
	return nil
}

func (j clientJudge) readDrills() ([]judge.Drill, error) {
	if j.drills == "" {
		return nil, nil
	}
	text, err := os.ReadFile(j.drills)
	var file struct{ Drills []judge.Drill }
	if err == nil {
		err = json.Unmarshal(text, &file)
	}
	if err == nil && len(file.Drills) == 0 {
		err = fmt.Errorf("%s has no drills", j.drills)
	}
	if err != nil {
		return nil, wrongUse{fmt.Errorf("--drills: %w", err), "'nicsim drill --result FILE' writes such a file"}
	}
	return file.Drills, nil
}

// judgeWorld reads the journal of a world and judges the client.
func judgeWorld(ctx context.Context, control string, o client.Options, world string, drills []judge.Drill,
	strict bool) (judge.Report, error) {
	of, err := client.NewControl(control, o)
	if err != nil {
		return judge.Report{}, err
	}
	requests, err := of.Requests(ctx, client.RequestFilter{})
	if err != nil {
		return judge.Report{}, fmt.Errorf("reading the journal: %w", err)
	}
	return judge.Report{
		Verdict: judge.Judge(judge.Evidence{Requests: requests, Drills: drills}), World: world, Control: control,
		Version: thisBuild().name(), Strict: strict, Judged: time.Now(),
	}, nil
}

func (j clientJudge) reports(r judge.Report) []output {
	return []output{
		{cmp.Or(j.htmlFlag, "html"), j.html, r.WriteHTML}, {"result", j.result, r.WriteResult},
		{"junit", j.junit, func(w io.Writer) error { return report.WriteCases(w, "nicsim judge", r.Judged, judgeCases(r)) }},
	}
}

func (j clientJudge) openReports() error { return createAll(j.reports(judge.Report{})) }

func (j clientJudge) writeReports(verdict judge.Report) error { return writeAll(j.reports(verdict)) }

// judgeCases are the rules as tests. A warning is a skipped test, as in the report of conformance.
func judgeCases(r judge.Report) (cases []report.Case) {
	for _, each := range r.Rules {
		c := report.Case{Class: "judge", Name: each.Name + " " + each.Title}
		switch details := each.Source + "\n" + strings.Join(each.Findings, "\n"); {
		case r.Fails(each):
			c.Failure, c.Details = each.Reason, details
		case each.Outcome != judge.Pass:
			c.Skipped, c.Details = each.Reason, details
		}
		cases = append(cases, c)
	}
	return cases
}

// printVerdict prints the rules, what broke them, and the sheet.
func (p program) printVerdict(r judge.Report) error {
	out := page{out: p.out, bold: p.wantsBold(), width: reportWidth}
	rows := [][]string{{"RULE", "RESULT", "WHY"}}
	for _, each := range r.Rules {
		rows = append(rows, []string{each.Name, r.Word(each), cmp.Or(each.Reason, each.Title)})
	}
	out.table(0, rows)
	for _, each := range r.Rules {
		if each.Outcome != judge.Fail {
			continue
		}
		out.heading("%s, level %s", each.Name, each.Level)
		out.entry("  requires", 12, each.Title)
		out.entry("  source", 12, each.Source)
		for _, found := range each.Findings {
			out.entry("  found", 12, found)
		}
		if each.Broken > len(each.Findings) {
			out.entry("", 12, fmt.Sprintf("%d times in all", each.Broken))
		}
	}
	out.heading("Go-live sheet: 50 successes and 50 failures of each call in the sandbox")
	sheet := [][]string{{"CALL", "SUCCESSES", "FAILURES", "MISSING"}}
	for _, row := range r.Sheet {
		missing := count.Of(row.MissingSuccesses(), "success") + ", " + count.Of(row.MissingFailures(), "failure")
		switch {
		case !row.Called():
			missing = "not called"
		case row.Complete():
			missing = "nothing"
		}
		sheet = append(sheet, []string{row.Call, fmt.Sprint(row.Successes), fmt.Sprint(row.Failures), missing})
	}
	out.table(0, sheet)
	out.line("")
	if r.Cut {
		out.entry("", 0, "The journal no longer has the first calls. They were not judged or counted.")
	}
	out.line("%s", r.Headline())
	return out.err
}

func (p program) listJudgeRules() error {
	out := page{out: p.out, width: reportWidth}
	for _, r := range judge.Rules() {
		out.heading("%s, level %s", r.Name, r.Level)
		out.entry("", 2, r.Says)
		out.entry("", 2, "Source: "+r.Source)
	}
	return out.err
}
