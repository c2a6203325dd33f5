package steps

import (
	"strings"

	"github.com/nicsim/nicsim/steps/internal/scene"
)

// Failure says what is wrong in a scenario that was performed and did not pass: enough to understand it without the
// code.
type Failure struct {
	Expected string    // the sentence of the step that failed
	Actual   string    // what was found instead
	Exchange *Exchange // the newest before the failure with a portal or the API; nil without one
}

// Failure returns what is wrong in the scenario.
func (o Outcome) Failure() Failure {
	f := Failure{Actual: o.Reason}
	for _, s := range o.Steps {
		if s.Result == StepNotReached {
			break
		}
		f.Expected = strings.TrimSpace(s.Keyword + " " + s.Text)
		for i := range s.Exchanges {
			if s.Exchanges[i].Listener != scene.OnControl {
				f.Exchange = &s.Exchanges[i]
			}
		}
		if s.Result != StepPassed {
			break
		}
	}
	if o.Surprise && o.Trace == "" {
		f.Expected = "it fails, as the list of expected failures says"
	}
	return f
}
