package main

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/nicsim/nicsim/steps"
)

// summarise prints the failures, what was left out, and the commands for another run. The line with the
// counts is printed before it.
func (p program) summarise(c conformance, r steps.Result) error {
	end := page{out: p.out, bold: p.wantsBold()}
	if len(r.Failures) > 0 {
		end.line("")
		end.title("Failed")
		rows := make([][]string, 0, len(r.Failures))
		for _, f := range r.Failures {
			rows = append(rows, []string{f.Scenario.Key(), f.Scenario.Level(), firstLine(f.Err)})
		}
		end.table(2, rows)
	}
	if r.LeftOut+r.LeftOutJSON+r.LeftOutDay > 0 {
		end.line("")
		end.title("Left out")
	}
	if r.LeftOut > 0 {
		end.line("  %d scenarios that need a control API; --control gives its URL", r.LeftOut)
		for _, n := range slices.Sorted(maps.Keys(r.Lacking)) {
			end.line("    %4d need %s (tag %s)", r.Lacking[n], n, n.Tag())
		}
	}
	if r.LeftOutDay > 0 {
		end.line("  %d scenarios about rules of other days (tags @from-DAY and @until-DAY); --on DAY performs those of a day",
			r.LeftOutDay)
	}
	if r.LeftOutJSON > 0 {
		end.line("  %d scenarios about the JSON itself (tag @json); --driver json performs them", r.LeftOutJSON)
	}
	end.line("")
	end.title("The same again")
	end.line("  %s", c.command(r, c.tags))
	if len(r.Failures) > 0 {
		end.line("")
		end.title("Only what failed")
		end.line("  %s", c.command(r, failedTags(r)))
	}
	if end.err != nil {
		return fmt.Errorf("writing the summary: %w", end.err)
	}
	return nil
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
	for _, f := range r.Failures {
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

func firstLine(err error) string {
	line, _, _ := strings.Cut(err.Error(), "\n")
	return line
}
