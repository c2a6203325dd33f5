package report

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"runtime"
	"slices"
	"time"

	gherkin "github.com/cucumber/gherkin/go/v26"
	messages "github.com/cucumber/messages/go/v21"

	"github.com/nicsim/nicsim/features"
	"github.com/nicsim/nicsim/steps"
)

// protocolVersion is the version of the messages that are written.
const protocolVersion = "21.0.1"

// WriteMessages writes the run as Cucumber messages, one JSON document a line, for Cucumber's own reports. A scenario
// that was not performed has skipped steps. Cucumber has no word for an expected failure or a warning: they have failed
// steps. The message of the end of the run begins with the name of the target.
func WriteMessages(w io.Writer, r Run) error {
	m := &messageWriter{run: r, newID: (&messages.Incrementing{}).NewId, encoder: json.NewEncoder(w)}
	m.encoder.SetEscapeHTML(false)
	m.write(messages.Envelope{Meta: &messages.Meta{
		ProtocolVersion: protocolVersion, Implementation: &messages.Product{Name: "nicsim", Version: r.Version},
		Runtime: &messages.Product{Name: "go", Version: runtime.Version()},
		Os:      &messages.Product{Name: runtime.GOOS}, Cpu: &messages.Product{Name: runtime.GOARCH},
	}})
	pickles, err := m.features(features.Files())
	if err != nil {
		return fmt.Errorf("writing the Cucumber messages: %w", err)
	}
	m.write(messages.Envelope{TestRunStarted: &messages.TestRunStarted{Timestamp: timestamp(r.Began)}})
	for _, o := range r.Outcomes {
		if pickle := pickles[o.Scenario.Key()]; pickle != nil {
			m.scenario(o, pickle)
		}
	}
	m.write(messages.Envelope{TestRunFinished: &messages.TestRunFinished{
		Success: r.OK(), Message: r.Target.Name + ": " + r.String(), Timestamp: timestamp(r.Began.Add(r.Took)),
	}})
	if m.err != nil {
		return fmt.Errorf("writing the Cucumber messages: %w", m.err)
	}
	return nil
}

// messageWriter writes messages and keeps the first error.
type messageWriter struct {
	run     Run
	newID   func() string
	encoder *json.Encoder
	err     error
}

func (m *messageWriter) write(e messages.Envelope) {
	if m.err == nil {
		m.err = m.encoder.Encode(e)
	}
}

// features writes the features that have a scenario of the run, and returns its pickles by the scenario's key.
func (m *messageWriter) features(files fs.FS) (map[string]*messages.Pickle, error) {
	catalogue, err := features.Read(files)
	if err != nil {
		return nil, err
	}
	selected := map[string]bool{}
	var names []string
	for _, o := range m.run.Outcomes {
		if o.Cause != steps.NotSelected {
			selected[o.Scenario.Key()] = true
			names = append(names, o.Scenario.File)
		}
	}
	found := map[string]*messages.Pickle{}
	for _, name := range slices.Compact(slices.Sorted(slices.Values(names))) {
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		document, err := gherkin.ParseGherkinDocument(bytes.NewReader(text), m.newID)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		document.Uri = name
		m.write(messages.Envelope{Source: &messages.Source{
			Uri: name, Data: string(text), MediaType: messages.SourceMediaType_TEXT_X_CUCUMBER_GHERKIN_PLAIN,
		}})
		m.write(messages.Envelope{GherkinDocument: document})
		for _, pickle := range gherkin.Pickles(*document, name, m.newID) {
			if s, known := catalogue.Find(pickle); known && selected[s.Key()] {
				found[s.Key()] = pickle
				m.write(messages.Envelope{Pickle: pickle})
			}
		}
	}
	return found, nil
}

// scenario writes a scenario with its steps.
func (m *messageWriter) scenario(o steps.Outcome, pickle *messages.Pickle) {
	began := o.Began
	if began.IsZero() {
		began = m.run.Began
	}
	test := &messages.TestCase{Id: m.newID(), PickleId: pickle.Id}
	for _, step := range pickle.Steps {
		test.TestSteps = append(test.TestSteps, &messages.TestStep{Id: m.newID(), PickleStepId: step.Id})
	}
	m.write(messages.Envelope{TestCase: test})
	started := &messages.TestCaseStarted{Id: m.newID(), TestCaseId: test.Id, Timestamp: timestamp(began)}
	m.write(messages.Envelope{TestCaseStarted: started})
	at := began
	failed := failedStep(o)
	for i, step := range test.TestSteps {
		m.write(messages.Envelope{TestStepStarted: &messages.TestStepStarted{
			TestCaseStartedId: started.Id, TestStepId: step.Id, Timestamp: timestamp(at),
		}})
		result := &messages.TestStepResult{Status: messages.TestStepResultStatus_SKIPPED, Duration: duration(0)}
		attach := func(a messages.Attachment) {
			a.TestCaseStartedId, a.TestStepId = started.Id, step.Id
			m.write(messages.Envelope{Attachment: &a})
		}
		if i < len(o.Steps) {
			s := o.Steps[i]
			at = at.Add(s.Took)
			result.Status, result.Duration = statuses[s.Result], duration(s.Took)
			if s.Picture != nil && !s.Unchanged {
				attach(messages.Attachment{MediaType: "image/webp", Body: base64.StdEncoding.EncodeToString(s.Picture),
					ContentEncoding: messages.AttachmentContentEncoding_BASE64})
			}
		}
		switch {
		case i == failed:
			if result.Status != messages.TestStepResultStatus_UNDEFINED {
				result.Status = messages.TestStepResultStatus_FAILED
			}
			result.Message = o.Reason
			attach(messages.Attachment{MediaType: "text/plain", Body: m.run.failureText(o),
				ContentEncoding: messages.AttachmentContentEncoding_IDENTITY})
		case !o.Performed() && i == 0:
			result.Message = o.Reason
		}
		m.write(messages.Envelope{TestStepFinished: &messages.TestStepFinished{
			TestCaseStartedId: started.Id, TestStepId: step.Id, TestStepResult: result, Timestamp: timestamp(at),
		}})
	}
	m.write(messages.Envelope{TestCaseFinished: &messages.TestCaseFinished{
		TestCaseStartedId: started.Id, Timestamp: timestamp(began.Add(o.Took)),
	}})
}

// failedStep is the step that has the failure of the scenario: the one that did not pass, or else the last that was
// reached. It is -1 for a scenario that passed or was not performed, unless that is the error of the run.
func failedStep(o steps.Outcome) int {
	if o.Verdict == steps.Pass || !o.Performed() && o.Verdict != steps.Error {
		return -1
	}
	last := 0
	for i, s := range o.Steps {
		switch s.Result {
		case steps.StepNotReached:
			return last
		case steps.StepPassed:
			last = i
		default:
			return i
		}
	}
	return last
}

var statuses = map[string]messages.TestStepResultStatus{
	steps.StepPassed: messages.TestStepResultStatus_PASSED, steps.StepFailed: messages.TestStepResultStatus_FAILED,
	steps.StepUndefined:  messages.TestStepResultStatus_UNDEFINED,
	steps.StepNotReached: messages.TestStepResultStatus_SKIPPED,
}

func timestamp(t time.Time) *messages.Timestamp {
	stamp := messages.GoTimeToTimestamp(t)
	return &stamp
}

func duration(d time.Duration) *messages.Duration {
	converted := messages.GoDurationToDuration(d)
	return &converted
}
