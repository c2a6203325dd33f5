package steps

import (
	"cmp"
	"context"
	"fmt"
	"hash/fnv"
	"slices"
	"strings"
	"time"

	"github.com/cucumber/godog"

	"github.com/nicsim/nicsim/steps/internal/scene"
	"github.com/nicsim/nicsim/steps/needs"

	messages "github.com/cucumber/messages/go/v21"

	"github.com/nicsim/nicsim/features"
)

// execution is the state of a scenario that the runner performs.
type execution struct {
	*scene.Scene
	options   Options
	catalogue features.Catalogue
	tally     *tally
	chosen    map[string]bool // the keys of the scenarios of the run
	late      bool            // the run was interrupted before this scenario

	info      features.Scenario
	outcome   Outcome // so far
	stepBegan time.Time
	exchanges int    // their number before the step
	skipped   error  // why the target cannot perform it
	pictured  []byte // the last picture; nil before the first
}

// register adds the scenario's hooks to godog, the first of which adds its steps.
func (e *execution) register(sc *godog.ScenarioContext) {
	sc.Before(func(ctx context.Context, pickle *godog.Scenario) (context.Context, error) {
		e.define(sc, pickle)
		return ctx, e.begin(ctx, pickle)
	})
	sc.After(func(ctx context.Context, _ *godog.Scenario, err error) (context.Context, error) {
		return e.end(ctx, err)
	})
	sc.StepContext().Before(func(ctx context.Context, step *godog.Step) (context.Context, error) {
		return ctx, hide(e.beforeStep(step), e.options.hider)
	})
	sc.StepContext().After(func(ctx context.Context, step *godog.Step, status godog.StepResultStatus,
		err error) (context.Context, error) {
		if scene.Skipped(err) != "" {
			e.skipped = err
			return ctx, nil
		}
		found := hide(e.afterStep(step), e.options.hider)
		return e.noteStep(ctx, step, status, cmp.Or(err, found)), found
	})
}

// define adds the definitions of the scenario's own steps to godog, which tries each for each step.
func (e *execution) define(sc *godog.ScenarioContext, pickle *godog.Scenario) {
	defined, definitions := map[int]bool{}, register(e.Scene).Definitions
	for _, step := range pickle.Steps {
		for _, i := range meaning(step.Text).Definitions {
			if d := definitions[i]; !defined[i] {
				sc.Step(d.Expression, hiding(d.Handler(), e.options.hider))
				defined[i] = true
			}
		}
	}
}

func (e *execution) begin(ctx context.Context, pickle *godog.Scenario) error {
	info, found := e.catalogue.Find(pickle)
	if !found {
		return suiteError{fmt.Errorf("the scenario %q is not in the features that were read", pickle.Name)}
	}
	if !e.chosen[info.Key()] {
		return godog.ErrSkip // another row of its outline was selected
	}
	if e.late {
		e.tally.end(Outcome{Scenario: info, Err: errNotRun})
		return godog.ErrSkip
	}
	e.info, e.outcome.Began = info, time.Now()
	if err := e.Enter(ctx, WorldName(info.Key(), e.options.WorldSuffix)); err != nil {
		return suiteError{fmt.Errorf("making the scenario's world: %w", err)}
	}
	return nil
}

// endTimeout limits the time to end a world, also after the run was cancelled.
const endTimeout = 10 * time.Second

// end ends the scenario's worlds and records its outcome. It returns only the error that it found itself, since
// godog knows the error of a step.
func (e *execution) end(ctx context.Context, failed error) (context.Context, error) {
	var found error
	if refused := e.Unjudged(); failed == nil && refused != nil {
		found = hide(fmt.Errorf("the last act was refused, and no step expected it: %w", refused), e.options.hider)
	}
	late, cancel := context.WithTimeout(context.WithoutCancel(ctx), endTimeout)
	defer cancel()
	if err := e.Leave(late); err != nil && failed == nil && found == nil {
		found = suiteError{err}
	}
	if e.info.ID == "" {
		return ctx, found // it never began
	}
	if e.skipped != nil {
		e.tally.end(e.ended(e.skipped))
		return ctx, nil
	}
	why := cmp.Or(failed, found)
	e.tally.end(e.ended(why))
	if why != nil {
		ctx = godog.Attach(ctx, godog.Attachment{
			Body: []byte(e.Trace.String()), FileName: e.info.Key() + ".txt", MediaType: "text/plain",
		})
	}
	return ctx, found
}

// beforeStep stops a step that must not follow a refused act: another act, unless a step has judged the
// refusal, and a sentence about the result of an accepted act.
func (e *execution) beforeStep(step *godog.Step) error {
	e.stepBegan, e.exchanges = time.Now(), e.Trace.Len()
	if refused := e.Unjudged(); step.Type == messages.PickleStepType_ACTION && refused != nil {
		return fmt.Errorf("the act before this one was refused: %w", refused)
	}
	if meaning(step.Text).Accepted {
		return e.Accepted()
	}
	return nil
}

// afterStep fails a Given that was refused.
func (e *execution) afterStep(step *godog.Step) error {
	if refused := e.Unjudged(); step.Type == messages.PickleStepType_CONTEXT && refused != nil {
		e.Judge()
		return fmt.Errorf("a Given was refused: %w", refused)
	}
	registered := meaning(step.Text)
	for _, need := range e.Trace.Used(e.exchanges) {
		if !needs.Allow(slices.Concat(registered.Needs, registered.Uses), need) {
			return suiteError{fmt.Errorf("the step used the control API for %q, which it is not registered to need", need)}
		}
	}
	return nil
}

// WorldName makes the name of the world of a scenario from its key and [Options.WorldSuffix]. It does not depend on the
// seed, so that a scenario has the same world in any order. The name of a further world of the scenario is the same
// with "-b" at its end: names have up to 40 characters.
func WorldName(key, suffix string) string {
	const longest = 38
	name := strings.ToLower(key)
	if len(name)+len(suffix) > longest {
		h := fnv.New32a()
		h.Write([]byte(name))
		name = fmt.Sprintf("%s-%08x", name[:longest-len(suffix)-9], h.Sum32())
	}
	return name + suffix
}
