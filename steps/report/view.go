package report

import (
	"cmp"
	"fmt"
	"html/template"
	"slices"

	"github.com/nicsim/nicsim/features"
	"github.com/nicsim/nicsim/steps"
)

// view is what the template of the HTML report shows.
type view struct {
	Run
	Pictures   template.CSS
	Bad        []part // with the scenarios that did not pass
	Guide      []guideSection
	Behaviours []proof
	Sections   []Row
	Calls      []Row
	Groups     []codeGroup
	Shown      int // of NIC's codes on the lists, by scenarios that passed
	LeftOut    []leftOut
	Passed     []part // by folder
}

// part is a list of scenarios with a title.
type part struct {
	ID, Title, Note string
	Outcomes        []outcome
}

// guideSection is a section of the guide with the scenarios that prove each of its steps.
type guideSection struct {
	Number, Title string
	Steps         []proof
}

// proof has the scenarios of a step of the guide, a behaviour or one of NIC's codes.
type proof struct {
	Row
	Number string
	Links  []link
}

// link refers to a scenario, or to the rows of an outline.
type link struct {
	ID   string
	Key  string // of the row to go to: the first that did not pass, or else the first
	Rows int
	Good bool // none of them failed
}

// codeGroup is one of NIC's lists of error codes.
type codeGroup struct {
	Title string
	Shown int // by scenarios that passed
	Codes []proof
}

// leftOut has the scenarios that were not performed for one reason.
type leftOut struct {
	Reason string
	Keys   []string
}

func (r Run) view() view {
	told, pictures := withShots(r.Performed())
	v := view{Run: r, Pictures: pictures, Sections: Sections(r.Result), Calls: Calls(r.Result)}
	for _, p := range []part{
		{ID: "failures", Title: "Failures"},
		{ID: "errors", Title: "Errors",
			Note: "The suite failed, or the target could not be reached. They say nothing about the rule."},
		{ID: "warnings", Title: "Warnings",
			Note: "Failures at the level should. They do not fail the run, unless it is strict."},
		{ID: "expected", Title: "Failed as expected",
			Note: "The list of expected failures has them, and they do not fail the run."},
	} {
		for _, o := range told {
			if badKind(r.Result, o.Outcome) == p.ID {
				p.Outcomes = append(p.Outcomes, o)
			}
		}
		if len(p.Outcomes) > 0 {
			v.Bad = append(v.Bad, p)
		}
	}
	for _, s := range v.Sections {
		p := part{ID: s.Name, Title: s.Title}
		for _, o := range told {
			if o.Verdict == steps.Pass && folderOf(o.Outcome) == s.Name {
				p.Outcomes = append(p.Outcomes, o)
			}
		}
		if len(p.Outcomes) > 0 {
			v.Passed = append(v.Passed, p)
		}
	}
	v.addProofs()
	v.addCodes()
	v.addLeftOut()
	return v
}

// badKind is the part of the report that an outcome belongs to, "" for one that passed.
func badKind(r steps.Result, o steps.Outcome) string {
	switch {
	case o.Verdict == steps.Error:
		return "errors"
	case r.Fails(o):
		return "failures"
	case o.Verdict == steps.Fail:
		return "warnings"
	case o.Verdict == steps.FailedAsExpected:
		return "expected"
	}
	return ""
}

// prove collects the scenarios for which a condition holds.
func (r Run) prove(number, title string, holds func(steps.Outcome) bool) proof {
	p := proof{Number: number, Row: Row{Title: title}}
	for _, o := range r.Outcomes {
		if !holds(o) || o.Cause == steps.NotSelected {
			continue
		}
		p.count(o.Verdict)
		good := badKind(r.Result, o) == ""
		i := slices.IndexFunc(p.Links, func(l link) bool { return l.ID == o.Scenario.ID })
		switch {
		case !o.Performed():
		case i < 0:
			p.Links = append(p.Links, link{o.Scenario.ID, o.Scenario.Key(), 1, good})
		case !good && p.Links[i].Good:
			p.Links[i].Key, p.Links[i].Good = o.Scenario.Key(), false
			p.Links[i].Rows++
		default:
			p.Links[i].Rows++
		}
	}
	return p
}

func (v *view) addProofs() {
	for _, number := range []string{"1", "2"} {
		s := guideSection{Number: number, Title: features.GuideSections[number]}
		for _, g := range features.GuideSteps {
			if g.In(number) {
				s.Steps = append(s.Steps, v.prove(g.Number, g.Label, func(o steps.Outcome) bool { return o.Scenario.Has(g.Tag()) }))
			}
		}
		v.Guide = append(v.Guide, s)
	}
	for _, b := range features.Behaviours {
		v.Behaviours = append(v.Behaviours, v.prove(fmt.Sprint(b.Number), b.Name,
			func(o steps.Outcome) bool { return o.Scenario.Has(b.Tag()) }))
	}
}

// addCodes adds the codes that scenarios of the run expect.
func (v *view) addCodes() {
	expecting := map[string]map[string]bool{} // code, key of the scenario
	for _, o := range v.Outcomes {
		for _, code := range steps.NICCodes(o.Scenario) {
			if expecting[code] == nil {
				expecting[code] = map[string]bool{}
			}
			expecting[code][o.Scenario.Key()] = true
		}
	}
	for _, g := range features.CodeGroups {
		group := codeGroup{Title: g.Title}
		for _, c := range v.Codes {
			if c.Group != g.Name {
				continue
			}
			p := v.prove(c.Code, c.Words, func(o steps.Outcome) bool { return expecting[c.Code][o.Scenario.Key()] })
			if len(p.Links) == 0 {
				continue
			}
			if p.Passed > 0 {
				group.Shown++
				v.Shown++
			}
			group.Codes = append(group.Codes, p)
		}
		if len(group.Codes) > 0 {
			v.Groups = append(v.Groups, group)
		}
	}
}

func (v *view) addLeftOut() {
	for _, o := range v.Outcomes {
		if o.Performed() || o.Verdict == steps.Error {
			continue
		}
		i := slices.IndexFunc(v.LeftOut, func(l leftOut) bool { return l.Reason == o.Reason })
		if i < 0 {
			i, v.LeftOut = len(v.LeftOut), append(v.LeftOut, leftOut{Reason: o.Reason})
		}
		v.LeftOut[i].Keys = append(v.LeftOut[i].Keys, o.Scenario.Key())
	}
	slices.SortStableFunc(v.LeftOut, func(a, b leftOut) int { return cmp.Compare(len(b.Keys), len(a.Keys)) })
}

// Tone is pass, fail or none: what a row comes to.
func (r Row) Tone() string {
	switch {
	case r.Failed > 0:
		return "fail"
	case r.Passed > 0:
		return "pass"
	}
	return "none"
}
