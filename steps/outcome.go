package steps

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"regexp"
	"time"

	"github.com/cucumber/godog"
	messages "github.com/cucumber/messages/go/v21"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/features"
	"github.com/nicsim/nicsim/steps/internal/scene"
	"github.com/nicsim/nicsim/steps/needs"
)

// Outcome is the outcome of a scenario, performed or not. Its level and its sources are those of the Scenario.
type Outcome struct {
	Scenario features.Scenario
	Verdict  Verdict
	Reason   string       // why it did not pass; empty if it passed
	Cause    Cause        // why it was not performed; empty if it was
	Lacks    []needs.Need // what it needs and the target lacks
	Surprise bool         // Options.Expected lists it, and it passed or the entry has expired
	Err      error        // of the step that failed, or of the run
	Trace    string       // requests and answers of a scenario that did not pass, with secrets masked
	Began    time.Time
	Took     time.Duration
	Steps    []StepOutcome
	Calls    []string // of the portals and the API that it made, as in POST /eicore/v1.03/Invoice, each once

	noAnswer bool // a call got no answer
}

// Performed reports whether the scenario was performed.
func (o Outcome) Performed() bool { return o.Cause == "" }

// The results of a step.
const (
	StepPassed     = "passed"
	StepFailed     = "failed"
	StepUndefined  = "undefined"   // no step is registered for its sentence
	StepNotReached = "not reached" // an earlier step did not pass
)

// StepOutcome is the outcome of a step.
type StepOutcome struct {
	Keyword string // Given, When or Then
	Text    string
	Result  string // StepPassed or another result
	Err     error
	Took    time.Duration

	// Exchanges are the requests and answers of the step, of a scenario that did not pass.
	Exchanges []Exchange

	Picture   []byte // WebP of the screen after it; nil if none was taken
	Unchanged bool   // the picture is that of the step before
	NoPicture string // the reason why a run with pictures has none here

	until int // the number of exchanges after it
}

// Exchange is a request and its answer as a report shows them, with secrets masked.
type Exchange = scene.Shown

var keywords = map[messages.PickleStepType]string{
	messages.PickleStepType_CONTEXT: "Given", messages.PickleStepType_ACTION: "When",
	messages.PickleStepType_OUTCOME: "Then",
}

// noteStep records the outcome of a step, with a picture if the run takes pictures.
func (e *execution) noteStep(ctx context.Context, step *godog.Step, status godog.StepResultStatus,
	err error) context.Context {
	noted := StepOutcome{Keyword: keywords[step.Type], Text: step.Text, Err: err, Took: time.Since(e.stepBegan),
		until: e.Trace.Len()}
	switch {
	case status == godog.StepSkipped:
		return ctx // end has noted it already
	case status == godog.StepUndefined:
		noted.Result = StepUndefined
	case err != nil:
		noted.Result = StepFailed
	default:
		noted.Result = StepPassed
	}
	if e.options.Pictures {
		e.takePicture(ctx, &noted)
	}
	if noted.Picture != nil && !noted.Unchanged {
		ctx = godog.Attach(ctx, godog.Attachment{
			Body: noted.Picture, MediaType: "image/webp",
			FileName: fmt.Sprintf("%s-%d.webp", e.info.Key(), len(e.outcome.Steps)+1),
		})
	}
	e.outcome.Steps = append(e.outcome.Steps, noted)
	return ctx
}

// takePicture gives a step its picture, or that of the step before if the screen has not changed. A picture that
// cannot be taken is not a failure of the target.
func (e *execution) takePicture(ctx context.Context, step *StepOutcome) {
	taken, err := e.picture(ctx)
	switch {
	case err != nil && taken == nil:
		step.NoPicture = "no picture could be taken: " + err.Error()
		return
	case taken == nil && e.pictured == nil:
		step.NoPicture = "no page is open"
		return
	}
	step.Unchanged = taken == nil || bytes.Equal(taken, e.pictured)
	if !step.Unchanged {
		e.pictured = taken
	}
	step.Picture = e.pictured
}

// picture is the picture of the newest screen, nil if no screen has changed.
func (e *execution) picture(ctx context.Context) (taken []byte, failed error) {
	for _, camera := range e.Cameras() {
		picture, err := camera.Picture(ctx)
		if err != nil {
			failed = err
		}
		if picture != nil {
			taken = picture
		}
	}
	return taken, failed
}

// hookNoise is what godog writes before an error of ours.
var hookNoise = regexp.MustCompile(`^(?:(?:before|after) (?:step|scenario) hook failed: )+`)

// ended is the scenario's outcome, with the steps that were not reached.
func (e *execution) ended(why error) Outcome {
	o := e.outcome
	o.Scenario, o.Err, o.Took = e.info, why, time.Since(o.Began)
	_, cutOff := errors.AsType[*client.Unreachable](why) // also an answer that ended early
	o.noAnswer = cutOff || e.options.gotNoAnswer()
	o.Verdict, o.Calls = verdictOf(why), e.Trace.Calls()
	if o.Verdict == Skipped {
		o.Cause = TargetLacks
	}
	if why != nil {
		o.Trace, o.Reason = e.Trace.String(), hookNoise.ReplaceAllString(why.Error(), "")
		e.shareExchanges(o.Steps)
	}
	for _, text := range e.info.Steps[min(len(o.Steps), len(e.info.Steps)):] {
		o.Steps = append(o.Steps, StepOutcome{Text: text, Result: StepNotReached})
	}
	return o
}

// shareExchanges gives each step its exchanges. The last step also gets those that came after it.
func (e *execution) shareExchanges(steps []StepOutcome) {
	step := 0
	for _, exchange := range e.Trace.Masked() {
		for step < len(steps)-1 && exchange.Number >= steps[step].until {
			step++
		}
		if step < len(steps) {
			steps[step].Exchanges = append(steps[step].Exchanges, exchange)
		}
	}
}
