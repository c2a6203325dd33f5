package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/nicsim/nicsim/features"
	"github.com/nicsim/nicsim/simulator/admin"
)

// Every code that the simulator answers is explained by a rule or by a remedy.
func TestEveryAnswerIsExplained(t *testing.T) {
	var answered []string
	for _, r := range features.Refusals {
		answered = append(answered, r.NIC...)
	}
	sources, err := filepath.Glob(filepath.Join(moduleRoot(t), "simulator", "irp", "*.go"))
	if err != nil || len(sources) == 0 {
		t.Fatalf("no sources of the API: %v", err)
	}
	code := regexp.MustCompile(`(?m)^\tcode\w+ += "(\w+)"`)
	for _, file := range sources {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range code.FindAllStringSubmatch(string(source), -1) {
			answered = append(answered, m[1])
		}
	}
	if len(answered) < 70 {
		t.Errorf("only %d codes were found", len(answered))
	}
	for _, code := range answered {
		if code == "" {
			continue // a refusal without a code
		}
		r, err := codeReportOf(code)
		if err != nil || r.Cause == "" && len(r.Rules) == 0 {
			t.Errorf("code %s is not explained: %v", code, err)
		}
	}
}

func TestEachRuleIsFoundByItsCode(t *testing.T) {
	for _, rule := range admin.Rules() {
		if rule.Code == "" {
			continue // NIC publishes no code for it
		}
		r, err := codeReportOf(rule.Code)
		if err != nil || !slices.ContainsFunc(r.Rules, func(found ruleReport) bool { return found.Name == rule.Name }) {
			t.Errorf("code %s does not lead to the rule %s: %v", rule.Code, rule.Name, err)
		}
	}
}

// Every code belongs to a group that is listed and has a status that is explained.
func TestCodesAreListedOnce(t *testing.T) {
	_, out, _ := called(t.Context(), "codes")
	for _, row := range allCodes() {
		if n := strings.Count(out, "\n  "+row.Code+" "); n != 1 {
			t.Errorf("code %s is listed %d times", row.Code, n)
		}
		if codeStatuses[row.Status] == "" {
			t.Errorf("code %s: status %q", row.Code, row.Status)
		}
	}
}

func TestCodesFitOnAPage(t *testing.T) {
	for _, args := range [][]string{{"codes"}, {"codes", "2172"}, {"codes", "3096"}, {"codes", "2323"},
		{"codes", "3030"}} {
		_, out, _ := called(t.Context(), args...)
		for line := range strings.Lines(out) {
			line = strings.TrimSuffix(line, "\n")
			if utf8.RuneCountInString(line) > pageWidth || strings.HasSuffix(line, " ") {
				t.Errorf("%v: line %q", args, line)
			}
		}
	}
}

func TestCodesJSONHasStableNames(t *testing.T) {
	var document map[string]any
	_, out, _ := called(t.Context(), "codes", "--json")
	if err := json.Unmarshal([]byte(out), &document); err != nil {
		t.Fatal(err)
	}
	expectNames(t, document["codes"].([]any)[0], "code", "message", "group", "status")
	document = nil
	_, out, _ = called(t.Context(), "codes", "--json", "3030")
	if err := json.Unmarshal([]byte(out), &document); err != nil {
		t.Fatal(err)
	}
	expectNames(t, document, "code", "message", "group", "status", "cause", "remedy", "rules", "refusals", "scenarios")
	expectNames(t, document["refusals"].([]any)[0], "code", "status")
	expectNames(t, document["scenarios"].([]any)[0], "id", "title")
	_, out, _ = called(t.Context(), "codes", "--json", "2192")
	if err := json.Unmarshal([]byte(out), &document); err != nil {
		t.Fatal(err)
	}
	expectNames(t, document["rules"].([]any)[0], "name", "says", "source", "off")
}

func TestSourceWords(t *testing.T) {
	for source, want := range map[string]string{
		"V31":                   "NIC's validations of an invoice, no. 31",
		"E, V22":                "NIC's list of errors; NIC's validations of an invoice, no. 22",
		"VW; another: 180 days": "NIC's validations of e-way bills; another: 180 days",
		"GSTN advisory":         "GSTN advisory",
	} {
		if got := sourceWords(source); got != want {
			t.Errorf("%s is %q, want %q", source, got, want)
		}
	}
}
