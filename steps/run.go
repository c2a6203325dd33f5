package steps

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/cucumber/godog"

	"github.com/nicsim/nicsim/features"
	"github.com/nicsim/nicsim/steps/internal/scene"
	"github.com/nicsim/nicsim/steps/needs"
)

// oneAtATime guards suite.Run: godog keeps the seed of a run in an environment variable.
var oneAtATime sync.Mutex

// Run performs the selected scenarios and returns the result. Its errors are an *OptionError, an
// *UnreachableError, ErrNothingSelected, or that of features that cannot be read.
//
// When ctx ends, no further scenario begins. Scenarios that have begun continue to their end, since an
// interrupted one has no result; each of their calls has a timeout of its own.
//
// A call that cannot connect ends the run in the same way, and Run returns an *UnreachableError and the result.
func Run(ctx context.Context, o Options) (Result, error) {
	o, err := o.complete()
	if err != nil {
		return Result{}, err
	}
	if o.Transport == nil {
		own := newTransport(o.Concurrency)
		// A server that shuts down waits for connections without requests.
		defer own.CloseIdleConnections()
		o.Transport = own
	}
	o.Transport = pace(o.Transport, o.Target.Limits.PerMinute)
	filter, err := parseTags(o.Tags)
	if err != nil {
		return Result{}, err
	}
	catalogue, err := features.Read(o.FS)
	if err != nil {
		return Result{}, err
	}
	if o.Seed == 0 {
		o.Seed = rand.Int63n(math.MaxInt32) + 1 //nolint:gosec // the order is not a secret
	}
	result, selected := o.choose(catalogue, filter)
	if len(selected) == 0 {
		return result, result.nothingSelected(o.Tags)
	}
	if err := o.reach(ctx); err != nil {
		result.fill(&tally{}, err)
		return result, err
	}
	shared := scene.NewRun(time.Now())
	if err := o.acquaint(ctx, shared, selected); err != nil {
		result.fill(&tally{}, err)
		return result, err
	}
	if result, selected = o.choose(catalogue, filter); len(selected) == 0 {
		return result, result.nothingSelected(o.Tags)
	}
	chosen := map[string]bool{}
	for _, s := range selected {
		chosen[s.Key()] = true
	}
	ctx, lose := context.WithCancelCause(ctx)
	defer lose(nil)
	ended := &tally{outcomes: map[string]Outcome{}, watch: o.Watch, of: len(selected)}
	suite := godog.TestSuite{
		Name:    "nicsim",
		Options: o.godog(ctx, selected, filter.forGodog(o.excluded(catalogue, selected))),
		ScenarioInitializer: func(sc *godog.ScenarioContext) {
			watched := o
			watched.Transport = &lifeline{RoundTripper: o.Transport, options: o, lose: lose}
			target := scene.Target{Target: o.Target, Driver: o.Driver, Transport: watched.Transport,
				Patience: o.Patience, Begin: o.On, Run: shared, Ask: o.Ask}
			e := &execution{Scene: scene.New(target), options: watched, catalogue: catalogue, tally: ended,
				chosen: chosen, late: ctx.Err() != nil}
			e.register(sc)
		},
	}

	oneAtATime.Lock()
	defer oneAtATime.Unlock()
	code := suite.Run()
	var lost error
	if unreachable, ok := errors.AsType[*UnreachableError](context.Cause(ctx)); ok {
		lost = unreachable
	}
	result.fill(ended, lost)
	failed := slices.ContainsFunc(result.Performed(), func(o Outcome) bool { return o.Verdict != Pass })
	if lost == nil && failed != (code != 0) {
		return result, fmt.Errorf("godog ended with %d, which does not fit %q", code, result)
	}
	result.expect(o.Expected)
	return result, lost
}

// choose gives every scenario an outcome, and returns those to perform, whose outcome is still open.
func (o Options) choose(c features.Catalogue, filter tagFilter) (r Result, selected []features.Scenario) {
	r.Seed, r.Strict = o.Seed, o.Strict
	for _, s := range c.Scenarios {
		needed := NeedsOf(s)
		lacking, reason := o.lacks(needed)
		of := Outcome{Scenario: s}
		switch {
		case !filter.selects(s, needed), o.Only != nil && !o.Only(s), o.Target.Face != "" && !isOfAPI(s):
			of.Cause = NotSelected
		case !s.Holds(o.day()):
			of.Cause = OtherDay
		case !o.Driver.SpeaksJSON() && s.Has(features.TagJSON):
			of.Cause = OnlyJSON
		case len(lacking) > 0:
			of.Verdict, of.Cause, of.Lacks, of.Reason = Skipped, TargetLacks, lacking, reason
		default:
			selected = append(selected, s)
		}
		if why := disabledReasons[of.Cause]; why != "" {
			of.Verdict, of.Reason = Disabled, why
		}
		r.Outcomes = append(r.Outcomes, of)
	}
	return r, selected
}

// isOfAPI reports whether a scenario is about the e-Invoice API, which alone is called through a gateway.
func isOfAPI(s features.Scenario) bool { return strings.HasPrefix(s.File, "api/") }

// lacks returns the needs that the target does not meet, and the reason in words.
func (o Options) lacks(needed []needs.Need) (lacking []needs.Need, reason string) {
	var reasons, parts []string
	for _, n := range needed {
		why := o.Target.Lack(n)
		if why == "" {
			continue
		}
		lacking = append(lacking, n)
		if n.IsControl() {
			parts = append(parts, string(n))
		} else {
			reasons = append(reasons, why)
		}
	}
	if len(parts) > 0 {
		reasons = append(reasons, "the target has no control API, and the scenario needs its "+strings.Join(parts, ", "))
	}
	return lacking, strings.Join(slices.Compact(reasons), "; ")
}

// day is the day of the run, as in 2025-06-01: NIC's rules of that day are expected.
func (o Options) day() string {
	day := o.On
	if day.IsZero() {
		day = time.Now()
	}
	return day.In(scene.InIndia).Format(time.DateOnly)
}

// excluded are the tags of scenarios that are not performed though they are in a file of one that is: the ids of
// scenarios of which no row is selected, and tags that rows may have: days that are not that of the run, and @json
// with a driver of web pages.
func (o Options) excluded(c features.Catalogue, selected []features.Scenario) (tags []string) {
	chosen, files := map[string]bool{}, map[string]bool{}
	for _, s := range selected {
		chosen[s.ID], files[s.File] = true, true
	}
	for _, s := range c.Scenarios {
		if !files[s.File] {
			continue
		}
		if !chosen[s.ID] {
			tags = append(tags, "@"+s.ID)
		}
		for _, tag := range s.Tags {
			if features.TagExcludes(tag, o.day()) {
				tags = append(tags, tag)
			}
		}
	}
	if !o.Driver.SpeaksJSON() {
		tags = append(tags, features.TagJSON)
	}
	slices.Sort(tags)
	return slices.Compact(tags)
}

// godog has only the files of the selected scenarios: it looks for each tag in each scenario that it reads.
func (o Options) godog(ctx context.Context, selected []features.Scenario, tags string) *godog.Options {
	var paths []string
	for _, s := range selected {
		paths = append(paths, s.File)
	}
	slices.Sort(paths)
	paths = slices.Compact(paths)
	// godog shuffles within a file only.
	shuffler := rand.New(rand.NewSource(o.Seed)) //nolint:gosec // the order is not a secret, and a seed repeats it
	shuffler.Shuffle(len(paths), func(i, j int) { paths[i], paths[j] = paths[j], paths[i] })
	options := &godog.Options{
		FS: o.FS, Paths: paths, Tags: tags,
		Format: strings.Join(o.Formats, ","), Output: untilDone{ctx, o.Out}, NoColors: true,
		Concurrency: o.Concurrency, Randomize: o.Seed,
		Strict:         true,
		DefaultContext: context.WithoutCancel(ctx),
	}
	if o.Adjust != nil {
		o.Adjust(options)
	}
	return options
}
