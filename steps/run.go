package steps

import (
	"context"
	cryptorand "crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math/rand"
	"slices"
	"strings"
	"sync"

	"github.com/cucumber/godog"

	"github.com/nicsim/nicsim/features"
	"github.com/nicsim/nicsim/steps/internal/scene"
)

// oneAtATime lets one suite run in a process: godog keeps a run's seed in the environment.
var oneAtATime sync.Mutex

// Run performs the selected scenarios and returns what was found. Its errors are an *OptionError, an
// *UnreachableError, ErrNothingSelected, or that of features that cannot be read.
//
// When ctx ends, no further scenario begins. Scenarios that have begun go on to their end, since one that
// is cut short proves nothing of the portals; each call they make has a timeout of its own.
//
// A call that cannot connect ends the run in the same way, with an *UnreachableError beside the result.
func Run(ctx context.Context, o Options) (Result, error) {
	o, err := o.complete()
	if err != nil {
		return Result{}, err
	}
	if o.Transport == nil {
		own := newTransport(o.Concurrency)
		// A server that shuts down waits for connections on which nothing was asked yet.
		defer own.CloseIdleConnections()
		o.Transport = own
	}
	filter, err := parseTags(o.Tags)
	if err != nil {
		return Result{}, err
	}
	catalogue, err := features.Read(o.FS)
	if err != nil {
		return Result{}, err
	}
	selected, leftOut := o.choose(catalogue, filter)
	if len(selected) == 0 {
		return leftOut, nothingSelected(o.Tags, leftOut)
	}
	if err := o.reach(ctx); err != nil {
		leftOut.Selected, leftOut.NotRun = len(selected), selected
		return leftOut, err
	}
	if o.Seed == 0 {
		if o.Seed, err = freshSeed(); err != nil {
			return Result{}, err
		}
	}
	ctx, lose := context.WithCancelCause(ctx)
	defer lose(nil)
	ended := &tally{outcomes: map[string]Outcome{}}
	suite := godog.TestSuite{
		Name:    "nicsim",
		Options: o.godog(ctx, catalogue.Paths, filter.forGodog(o.excluded(catalogue, selected))),
		ScenarioInitializer: func(sc *godog.ScenarioContext) {
			watched := o
			watched.Transport = &lifeline{RoundTripper: o.Transport, options: o, lose: lose}
			p := &performance{Scene: scene.New(watched.target()), options: watched, catalogue: catalogue, tally: ended,
				late: ctx.Err() != nil}
			p.register(sc)
		},
	}

	oneAtATime.Lock()
	defer oneAtATime.Unlock()
	code := suite.Run()
	lost, _ := errors.AsType[*UnreachableError](context.Cause(ctx))
	result := ended.result(o.Seed, selected, leftOut, lost != nil)
	if failed := code != 0; lost == nil && failed != (result.Failed > 0) {
		return result, fmt.Errorf("godog ended with %d, which does not fit %q", code, result)
	}
	line := result.String() + "\n"
	if len(result.NotRun) > 0 {
		line = "\n" + line // godog was silenced in the middle of one
	}
	if _, err := io.WriteString(o.Out, line); err != nil {
		return result, err
	}
	if lost != nil {
		return result, lost
	}
	return result, nil
}

// choose picks the scenarios to perform and counts those that cannot be performed.
func (o Options) choose(c features.Catalogue, filter tagFilter) (selected []features.Scenario, leftOut Result) {
	needed := Needs(c)
	for _, s := range c.Scenarios {
		switch lacking := needed[s.ID]; {
		case !filter.selects(s, lacking):
		case o.Control == "" && len(lacking) > 0:
			leftOut.leaveOut(lacking)
		case !o.Driver.SpeaksJSON() && s.Has(features.TagJSON):
			leftOut.LeftOutJSON++
		default:
			selected = append(selected, s)
		}
	}
	return selected, leftOut
}

// excluded are the tags of what is not performed: the ids of scenarios of which no row is selected, and, for
// rows, @json with a driver that goes by pages.
func (o Options) excluded(c features.Catalogue, selected []features.Scenario) (tags []string) {
	chosen := map[string]bool{}
	for _, s := range selected {
		chosen[s.ID] = true
	}
	for _, s := range c.Scenarios {
		if !chosen[s.ID] {
			tags = append(tags, "@"+s.ID)
		}
	}
	if !o.Driver.SpeaksJSON() {
		tags = append(tags, features.TagJSON)
	}
	return slices.Compact(tags)
}

func nothingSelected(tags string, leftOut Result) error {
	switch {
	case leftOut.LeftOut > 0:
		return fmt.Errorf("%w: the %d that the tags select all need a control API, and none was given", ErrNothingSelected,
			leftOut.LeftOut)
	case leftOut.LeftOutJSON > 0:
		return fmt.Errorf("%w: the %d that the tags select all speak of the JSON itself", ErrNothingByPages,
			leftOut.LeftOutJSON)
	}
	if tags != "" {
		return fmt.Errorf("%w: none has the tags %q", ErrNothingSelected, tags)
	}
	return fmt.Errorf("%w: there is none", ErrNothingSelected)
}

// freshSeed is never 0, which would mean no shuffling.
func freshSeed() (int64, error) {
	var raw [8]byte
	if _, err := cryptorand.Read(raw[:]); err != nil {
		return 0, fmt.Errorf("making a seed: %w", err)
	}
	return int64(binary.LittleEndian.Uint64(raw[:])>>33) + 1, nil
}

func (o Options) godog(ctx context.Context, paths []string, tags string) *godog.Options {
	// godog shuffles within a file only.
	paths = append([]string(nil), paths...)
	shuffler := rand.New(rand.NewSource(o.Seed)) //nolint:gosec // the order is no secret, and a seed repeats it
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
