package main

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/nicsim/nicsim/steps"
	"github.com/nicsim/nicsim/steps/needs"
)

// summarise prints the failures, what was left out, and the commands for another run. The line with the
// counts is printed before it.
func (p program) summarise(c conformance, r steps.Result) error {
	end := page{out: p.out, bold: p.wantsBold()}
	failed := r.Of(steps.Fail, steps.Error)
	if len(failed) > 0 {
		end.line("")
		end.title("Failed")
		rows := make([][]string, 0, len(failed))
		for _, f := range failed {
			rows = append(rows, []string{f.Scenario.Key(), f.Scenario.Level(), firstLine(f.Reason)})
		}
		end.table(2, rows)
	}
	p.summariseLeftOut(&end, r)
	end.line("")
	end.title("The same again")
	end.line("  %s", c.command(r, c.tags))
	if len(failed) > 0 {
		end.line("")
		end.title("Only what failed")
		end.line("  %s", c.command(r, failedTags(r)))
	}
	if end.err != nil {
		return fmt.Errorf("writing the summary: %w", end.err)
	}
	return nil
}

// summariseLeftOut prints what the run did not perform, but for what the tags do not select.
func (p program) summariseLeftOut(end *page, r steps.Result) {
	lacking, day, json := r.NotPerformed(steps.TargetLacks), r.NotPerformed(steps.OtherDay), r.NotPerformed(steps.OnlyJSON)
	if len(lacking)+len(day)+len(json) > 0 {
		end.line("")
		end.title("Left out")
	}
	if len(lacking) > 0 {
		end.line("  %d scenarios that need a control API; --control gives its URL", len(lacking))
		count := map[needs.Need]int{}
		for _, o := range lacking {
			for _, n := range o.Lacks {
				count[n]++
			}
		}
		for _, n := range slices.Sorted(maps.Keys(count)) {
			end.line("    %4d need %s (tag %s)", count[n], n, n.Tag())
		}
	}
	if len(day) > 0 {
		end.line("  %d scenarios about rules of other days (tags @from-DAY and @until-DAY); --on DAY performs those of a day",
			len(day))
	}
	if len(json) > 0 {
		end.line("  %d scenarios about the JSON itself (tag @json); --driver json performs them", len(json))
	}
}

// command is the command that repeats a run with the tags.
func (c conformance) command(r steps.Result, tags string) string {
	words := []string{"nicsim", "conformance", "--seed", strconv.FormatInt(r.Seed, 10)}
	driver := c.driving.driver
	if driver == byJSON {
		driver = ""
	}
	for _, f := range []struct{ flag, value string }{
		{"--on", c.on}, {"--driver", driver}, {"--browser", c.driving.browser},
		{"--sandbox", c.urls.Sandbox}, {"--production", c.urls.Production}, {"--control", c.urls.Control}, {"--tags", tags},
	} {
		if f.value != "" {
			words = append(words, f.flag, quote(f.value))
		}
	}
	if c.concurrency > 0 {
		words = append(words, "--concurrency", strconv.Itoa(c.concurrency))
	}
	return strings.Join(words, " ")
}

// failedTags are tags that select the scenarios that failed.
func failedTags(r steps.Result) string {
	var tags []string
	for _, f := range r.Of(steps.Fail, steps.Error) {
		if tag := "@" + f.Scenario.ID; !slices.Contains(tags, tag) {
			tags = append(tags, tag)
		}
	}
	return strings.Join(tags, ",")
}

// quote writes a word for a POSIX shell.
func quote(word string) string {
	const plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_@%+=:,./-"
	if word != "" && strings.Trim(word, plain) == "" {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return line
}
