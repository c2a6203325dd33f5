package main

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/nicsim/nicsim/features"
	"github.com/nicsim/nicsim/simulator/admin"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/steps"
)

// codeReport explains a code; its JSON names are a contract.
type codeReport struct {
	codeRow
	Cause     string          `json:"cause,omitempty"` // cause and remedy are for codes without a rule
	Remedy    string          `json:"remedy,omitempty"`
	Rules     []ruleReport    `json:"rules"`     // rules with this code
	Refusals  []refusalReport `json:"refusals"`  // refusals of the portals with this code
	Scenarios []codeScenario  `json:"scenarios"` // scenarios that expect it
}

type ruleReport struct {
	Name   string `json:"name"` // switches it in the setting rules
	Says   string `json:"says"` // what must hold
	Source string `json:"source"`
	Off    string `json:"off,omitempty"`    // why it is not in force
	Hidden string `json:"hidden,omitempty"` // which other check always refuses first
}

type refusalReport struct {
	Code   string `json:"code"`
	Status int    `json:"status"` // HTTP
}

type codeScenario struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

func (p program) explainCode(c codes, typed string) error {
	if c.group != "" {
		return wrongUse{fmt.Errorf("--group and the code %s exclude each other", typed), "leave one of them out"}
	}
	report, err := codeReportOf(typed)
	if err != nil {
		return err
	}
	if err := report.addScenarios(); err != nil {
		return err
	}
	return p.report(c.json, report)
}

// codeReportOf explains a code, without scenarios.
func codeReportOf(typed string) (codeReport, error) {
	row, err := findCode(typed)
	if err != nil {
		return codeReport{}, err
	}
	r := codeReport{codeRow: row, Rules: []ruleReport{}, Refusals: []refusalReport{}, Scenarios: []codeScenario{}}
	for _, rule := range admin.Rules() {
		if rule.Code == row.Code {
			r.Rules = append(r.Rules, ruleReport{rule.Name, rule.Says, rule.Source, whyOff(rulesOfToday(), rule), rule.Hidden})
		}
	}
	for _, refusal := range features.Refusals {
		if slices.Contains(refusal.NIC, row.Code) {
			r.Refusals = append(r.Refusals, refusalReport{refusal.Code, refusal.Status})
		}
	}
	remedy := nic.RemedyOf(row.Code)
	r.Cause, r.Remedy = remedy.Cause, remedy.Remedy
	return r, nil
}

// addScenarios adds the scenarios that are about the code, then those that expect it alone, then those that
// expect it among others. Of an outline it adds one row.
func (r *codeReport) addScenarios() error {
	catalogue, err := features.Read(features.Files())
	if err != nil {
		return err
	}
	add := func(shows func(features.Scenario) bool) {
		for _, s := range catalogue.Scenarios {
			if shows(s) && !slices.ContainsFunc(r.Scenarios, func(known codeScenario) bool { return known.ID == s.ID }) {
				r.Scenarios = append(r.Scenarios, codeScenario{s.ID, s.Name})
			}
		}
	}
	add(func(s features.Scenario) bool { return s.Has("@nic-" + r.Code) })
	add(func(s features.Scenario) bool { return slices.Equal(steps.NICCodes(s), []string{r.Code}) })
	add(func(s features.Scenario) bool { return slices.Contains(steps.NICCodes(s), r.Code) })
	return nil
}

func (r codeReport) print(page page) error {
	page.heading("NIC's code %s", r.Code)
	entry := func(label, text string) {
		if text != "" {
			page.entry("  "+label, codeColumn, text)
		}
	}
	entry("Message", cmp.Or(r.Message, "not public"))
	for _, g := range codeGroups {
		if g.name == r.Group {
			entry("Group", g.name+": "+g.about)
		}
	}
	entry("Status", r.Status+": "+codeStatuses[r.Status])
	entry("Cause", r.Cause)
	entry("Remedy", r.Remedy)
	for _, rule := range r.Rules {
		page.line("")
		entry("Rule", rule.Name)
		entry("It says", rule.Says)
		entry("Source", sourceWords(rule.Source))
		entry("Not in force", rule.Off)
		entry("Never answered", rule.Hidden)
	}
	if len(r.Refusals) > 0 {
		var refusals []string
		for _, refusal := range r.Refusals {
			refusals = append(refusals, refusal.Code+" (HTTP "+strconv.Itoa(refusal.Status)+")")
		}
		entry("Portals", strings.Join(refusals, ", "))
	}
	if len(r.Scenarios) > 0 {
		page.line("")
		var shown []string
		for _, s := range r.Scenarios {
			shown = append(shown, s.ID+": "+s.Title)
		}
		page.entries("  Shown by", codeColumn, shown...)
		entry("Run one", "nicsim conformance --format pretty --tags @"+r.Scenarios[0].ID)
	}
	if r.Cause == "" && len(r.Rules) == 0 {
		page.line("")
		page.line("  nicsim never answers it.")
	}
	return page.err
}

// codeColumn is the column of the explanations.
const codeColumn = 16
