package steps

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	gherkin "github.com/cucumber/gherkin/go/v26"
	messages "github.com/cucumber/messages/go/v21"

	"github.com/nicsim/nicsim/features"
	"github.com/nicsim/nicsim/simulator"
	"github.com/nicsim/nicsim/simulator/simtest"
	"github.com/nicsim/nicsim/steps/internal/scene"
)

// holding are parts of the Then sentences that hold after a captcha was drawn in a new world: sentences about any
// answer or any world, and sentences that something is absent.
var holding = []string{
	"sees a captcha whose picture", "its time has the offset of India", "the answer is JSON in UTF-8",
	"the answer has Cache-Control no-store", "the answer has a request id of its own", "the portal accepts it",
	"the API accepts it", "and of the captcha's picture are in", "the control API is ready",
	"it is no later than the clock of another world", "it is not listed after it has ended",
	`"Send OTP" has not become usable`, "the portal has not shown", "no message was sent", "no SMS has reached",
	"the list is empty", "no IRN is listed", "has no session at the",
	"the situation is", // of the sentences, the one with calm
}

// Every Then sentence fails in a scenario that has not done what the sentence is about: one in a new world, where a
// person has only drawn a captcha. A sentence that holds there must be in the list above.
func TestEveryThenAsserts(t *testing.T) {
	feature, sentences := "Feature: one Then each\n", map[string]*regexp.Regexp{}
	for _, then := range thens(t) {
		id := fmt.Sprintf("B00-%d", len(sentences))
		sentences[id] = then.expression
		feature += fmt.Sprintf("\n  @%s @must @sim\n  Scenario: %s\n"+
			"    When Asha asks the trial portal for a captcha\n    Then %s\n",
			id, id, then.text)
	}
	sim := simtest.Start(t, simulator.Options{})
	result, err := Run(t.Context(), Options{
		Sandbox: sim.Sandbox, Production: sim.Production, Control: sim.Control, GSP: sim.GSP,
		FS: fstest.MapFS{"behaviours/then.feature": {Data: []byte(feature)}}, Concurrency: 8, Out: io.Discard})
	if err != nil {
		t.Fatal(err)
	}
	failed := map[string]bool{}
	for _, f := range result.Of(Fail, Error) {
		failed[f.Scenario.ID] = true
	}
	for id, expression := range sentences {
		listed := slices.ContainsFunc(holding, func(part string) bool { return strings.Contains(expression.String(), part) })
		if listed == failed[id] {
			t.Errorf("%s: failed %t, listed %t", expression, failed[id], listed)
		}
	}
}

type then struct {
	text       string // with its table
	expression *regexp.Regexp
}

// thens returns one sentence of the features for each definition that a Then uses.
func thens(t *testing.T) (found []then) {
	t.Helper()
	definitions, seen := all().Definitions, map[*regexp.Regexp]bool{}
	err := fs.WalkDir(features.Files(), ".", func(name string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(name, ".feature") {
			return err
		}
		content, err := fs.ReadFile(features.Files(), name)
		if err != nil {
			return err
		}
		newID := (&messages.Incrementing{}).NewId
		document, err := gherkin.ParseGherkinDocument(bytes.NewReader(content), newID)
		if err != nil {
			return err
		}
		for _, pickle := range gherkin.Pickles(*document, name, newID) {
			for _, step := range pickle.Steps {
				at := slices.IndexFunc(definitions, func(d *scene.Definition) bool { return d.Expression.MatchString(step.Text) })
				if step.Type != messages.PickleStepType_OUTCOME || at < 0 || seen[definitions[at].Expression] {
					continue
				}
				seen[definitions[at].Expression] = true
				found = append(found, then{step.Text + table(step.Argument), definitions[at].Expression})
			}
		}
		return nil
	})
	if err != nil || len(found) < 50 {
		t.Fatalf("%d sentences: %v", len(found), err)
	}
	return found
}

func table(argument *messages.PickleStepArgument) (text string) {
	if argument == nil || argument.DataTable == nil {
		return ""
	}
	for _, row := range argument.DataTable.Rows {
		text += "\n      |"
		for _, cell := range row.Cells {
			text += " " + cell.Value + " |"
		}
	}
	return text
}
