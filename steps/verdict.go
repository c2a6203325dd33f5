package steps

import (
	"errors"

	"github.com/cucumber/godog"

	"github.com/nicsim/nicsim/steps/internal/scene"
)

// Verdict is what a run says about a scenario. Its texts are those of the result file.
type Verdict string

// The verdicts. Every scenario of the features has one.
const (
	Pass             Verdict = "pass"
	Fail             Verdict = "fail"
	Skipped          Verdict = "skipped"         // the target lacks what it needs, or the run ended before it
	Disabled         Verdict = "disabled"        // the options exclude it
	FailedAsExpected Verdict = "expectedFailure" // it failed, and Options.Expected lists it
	Error            Verdict = "error"           // the suite failed, or the target cannot be reached
)

// Verdicts are all verdicts, in the order in which reports count them.
var Verdicts = []Verdict{Pass, Fail, Skipped, Disabled, FailedAsExpected, Error}

// Cause is why a scenario was not performed.
type Cause string

// The causes. A scenario that was performed has none.
const (
	NotSelected Cause = "tags"    // the tags do not select it
	OtherDay    Cause = "day"     // NIC does not enforce its rule on the day of the run
	OnlyJSON    Cause = "driver"  // it is about the JSON itself, and the driver uses web pages
	TargetLacks Cause = "target"  // the target lacks what it needs
	RunEnded    Cause = "stopped" // the run was interrupted or lost its target
)

var disabledReasons = map[Cause]string{
	NotSelected: "the tags of the run do not select it",
	OtherDay:    "NIC does not enforce its rule on the day of the run",
	OnlyJSON:    "it is about the JSON itself, and the driver uses web pages",
}

// suiteError is a failure of the suite itself, which says nothing about the target.
type suiteError struct{ error }

func (e suiteError) Unwrap() error { return e.error }

// verdictOf is the verdict of a scenario that was performed and ended with an error or nil.
func verdictOf(err error) Verdict {
	_, ours := errors.AsType[suiteError](err)
	_, panicked := errors.AsType[*scene.PanicError](err)
	switch {
	case err == nil:
		return Pass
	case scene.Skipped(err) != "":
		return Skipped
	case ours, panicked, errors.Is(err, godog.ErrUndefined), errors.Is(err, godog.ErrAmbiguous):
		return Error
	}
	return Fail
}
