package main

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/nicsim/nicsim/features"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/steps"
	"github.com/nicsim/nicsim/steps/needs"
	"github.com/nicsim/nicsim/steps/report"
)

// summarise prints the result: by section, by call, what was left out, what failed, and the commands for another run.
func (p program) summarise(c conformance, r steps.Result) error {
	end := page{out: p.out, bold: p.wantsBold(), width: reportWidth}
	summariseSections(&end, r)
	summariseCalls(&end, r)
	summariseLeftOut(&end, r)
	failuresOf(&end, "Failed", r.Failures())
	failuresOf(&end, "Warnings (level should; --strict makes them failures)", r.Warnings())
	failuresOf(&end, "Errors", r.Of(steps.Error))
	if expected := r.Of(steps.FailedAsExpected); len(expected) > 0 {
		end.heading("Failed as expected")
		for _, o := range expected {
			end.entry("  "+o.Scenario.Key(), len(o.Scenario.Key())+4, firstLine(o.Reason))
		}
	}
	end.heading("The same again")
	end.line("  %s", c.command(r, c.tags)) // in one line, to be copied
	if failed := failedTags(r); failed != "" {
		end.heading("Only what failed")
		end.line("  %s", c.command(r, failed))
	}
	end.heading("Result")
	end.entry("  target", 10, c.target.Name)
	end.entry("", 2, r.String())
	if end.err != nil {
		return fmt.Errorf("writing the summary: %w", end.err)
	}
	return nil
}

// summariseSections prints a table of the sections of the guide and the other folders.
func summariseSections(end *page, r steps.Result) {
	sections := report.Sections(r)
	end.heading("By section")
	end.line("  %-46s %6s %6s %6s", "", "passed", "failed", "other")
	for _, s := range sections {
		end.line("  %-46s %6d %6d %6d", s.Title, s.Passed, s.Failed, s.Other)
	}
}

// summariseCalls prints a table of the calls that scenarios made. A failure counts for the call before it.
func summariseCalls(end *page, r steps.Result) {
	calls := report.Calls(r)
	if len(calls) == 0 {
		return
	}
	end.heading("By call (a failure counts for the last call before it)")
	end.line("  %-58s %6s %6s", "", "passed", "failed")
	for _, c := range calls {
		end.line("  %-58s %6d %6d", c.Name, c.Passed, c.Failed)
	}
}

// detailed is how many failures are printed with all that was found.
const detailed = 10

// failuresOf prints failures: the first ones with requirement, source, expected, actual and the exchange.
func failuresOf(end *page, title string, outcomes []steps.Outcome) {
	if len(outcomes) == 0 {
		return
	}
	end.heading("%s", title)
	for i, o := range outcomes {
		if i == detailed {
			end.line("  The others without details; --html FILE shows them:")
		}
		if i >= detailed {
			end.entry("  "+o.Scenario.Key(), len(o.Scenario.Key())+4, firstLine(o.Reason))
			continue
		}
		if i > 0 {
			end.line("")
		}
		end.title("  %s  (%s)", o.Scenario.Key(), o.Scenario.Level())
		failure := o.Failure()
		end.entry("  requires", 12, o.Scenario.Name)
		var sources []string
		for _, source := range steps.Sources(o.Scenario) {
			sources = append(sources, features.SourceText(source, nicWords))
		}
		end.entries("  source", 12, sources...)
		if failure.Expected != "" {
			end.entry("  expected", 12, failure.Expected)
		}
		end.entry("  actual", 12, firstLine(failure.Actual))
		if e := failure.Exchange; e != nil {
			end.entry("  sent", 12, shorten(fmt.Sprintf("%s %s %s", e.Method, e.Path, e.Sent)))
			end.entry("  answer", 12, shorten(fmt.Sprintf("%d %s %s", e.Status, e.StatusText, e.Got)))
		}
	}
}

// nicWords are NIC's words of an error code, "" if it is not on the lists.
func nicWords(code string) string {
	words, _ := nic.Message(code)
	return words
}

// shorten cuts a text that would fill the screen, and lets it break into lines.
func shorten(text string) string {
	const longest = 600
	runes := []rune(text)
	if len(runes) > longest {
		runes = append(runes[:longest], []rune("… (cut; the reports have all of it)")...)
	}
	const line = reportWidth - 12
	var broken []string
	for _, word := range strings.Fields(string(runes)) {
		for letters := []rune(word); len(letters) > 0; letters = letters[min(line, len(letters)):] {
			broken = append(broken, string(letters[:min(line, len(letters))]))
		}
	}
	return strings.Join(broken, " ")
}

// summariseLeftOut prints what the run did not perform, but for what the tags do not select.
func summariseLeftOut(end *page, r steps.Result) {
	count := map[needs.Need]int{}
	byReason := map[string]int{}
	for _, o := range r.Outcomes {
		for _, n := range o.Lacks {
			count[n]++
		}
		if len(o.Lacks) == 0 && (o.Verdict == steps.Skipped || o.Verdict == steps.Disabled && o.Cause != steps.NotSelected) {
			byReason[o.Reason]++
		}
	}
	if len(count)+len(byReason) == 0 {
		return
	}
	end.heading("Left out")
	if len(count) > 0 {
		all := 0
		for _, o := range r.NotPerformed(steps.TargetLacks) {
			all += min(1, len(o.Lacks))
		}
		end.entry(fmt.Sprintf("  %4d", all), 8, "need what the target does not have; --result FILE has the reasons")
		for _, n := range slices.Sorted(maps.Keys(count)) {
			end.line("          %4d need %s (tag %s)", count[n], n, n.Tag())
		}
	}
	hints := map[string]string{}
	for c, hint := range map[steps.Cause]string{
		steps.OtherDay: "; --on DAY performs those of a day", steps.OnlyJSON: "; --driver json performs them",
	} {
		for _, o := range r.NotPerformed(c) {
			hints[o.Reason] = hint
		}
	}
	byCount := func(a, b string) int { return cmp.Or(byReason[b]-byReason[a], strings.Compare(a, b)) }
	for _, reason := range slices.SortedFunc(maps.Keys(byReason), byCount) {
		end.entry(fmt.Sprintf("  %4d", byReason[reason]), 8, reason+hints[reason])
	}
}

// command is the command that repeats a run with the tags.
func (c conformance) command(r steps.Result, tags string) string {
	words := []string{"nicsim", "conformance", "--seed", strconv.FormatInt(r.Seed, 10)}
	driver := c.driving.driver
	if driver == byJSON {
		driver = ""
	}
	timeout := ""
	if cmp.Or(c.timeout, callTimeout) != callTimeout {
		timeout = short(c.timeout)
	}
	for _, name := range c.targets {
		words = append(words, "--target", quote(name))
	}
	for _, f := range []struct{ flag, value string }{
		{"--api", c.api}, {"--public-key", c.publicKey}, {"--certificate", c.certificate},
		{"--client-id", c.credentials.ClientID}, {"--gstin", c.credentials.GSTIN}, {"--username", c.credentials.Username},
		{"--on", c.on}, {"--timeout", timeout}, {"--driver", driver}, {"--browser", c.driving.browser},
		{"--sandbox", c.urls.Sandbox}, {"--production", c.urls.Production}, {"--control", c.urls.Control},
		{"--gsp", c.urls.GSP}, {"--expected-failures", c.expected}, {"--tags", tags},
	} {
		if f.value != "" {
			words = append(words, f.flag, quote(f.value))
		}
	}
	if c.strict {
		words = append(words, "--strict")
	}
	if c.concurrency > 0 {
		words = append(words, "--concurrency", strconv.Itoa(c.concurrency))
	}
	return strings.Join(words, " ")
}

// failedTags are tags that select the scenarios that failed or had an error.
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
