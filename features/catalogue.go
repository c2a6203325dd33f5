package features

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"

	gherkin "github.com/cucumber/gherkin/go/v26"
	messages "github.com/cucumber/messages/go/v21"
)

// Catalogue is every scenario of a tree of feature files.
type Catalogue struct {
	Scenarios []Scenario // by file, then by line, then by row

	byPickle map[string]int // fingerprint to index in Scenarios
}

// Read parses the feature files in fsys. Errors name the file and the line.
func Read(fsys fs.FS) (Catalogue, error) {
	c := Catalogue{byPickle: map[string]int{}}
	err := fs.WalkDir(fsys, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || path.Ext(name) != ".feature" {
			return err
		}
		content, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		return c.add(name, content)
	})
	if err != nil {
		return Catalogue{}, fmt.Errorf("reading the features: %w", err)
	}
	return c, nil
}

// Find returns the scenario of a pickle, which godog gives to its hooks.
func (c Catalogue) Find(p *messages.Pickle) (Scenario, bool) {
	i, found := c.byPickle[fingerprint(p)]
	if !found {
		return Scenario{}, false
	}
	return c.Scenarios[i], true
}

func (c *Catalogue) add(name string, content []byte) error {
	newID := (&messages.Incrementing{}).NewId
	document, err := gherkin.ParseGherkinDocument(bytes.NewReader(content), newID)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	written := scenariosByID(document)
	rows := map[string]int{}
	for _, pickle := range gherkin.Pickles(*document, name, newID) {
		source := written[pickle.AstNodeIds[0]]
		s := Scenario{Name: pickle.Name, Title: source.Name, File: name, Line: int(source.Location.Line)}
		if outline := len(pickle.AstNodeIds) > 1; outline {
			rows[pickle.AstNodeIds[0]]++
			s.Row = rows[pickle.AstNodeIds[0]]
		}
		for _, t := range pickle.Tags {
			s.Tags = append(s.Tags, t.Name)
			if m := idTag.FindStringSubmatch(t.Name); m != nil {
				s.ID = m[1]
			}
		}
		for _, step := range pickle.Steps {
			s.Steps = append(s.Steps, step.Text)
		}
		mark := fingerprint(pickle)
		if twin, taken := c.byPickle[mark]; taken {
			return fmt.Errorf("%s:%d: the scenario %q repeats that of line %d", name, s.Line, s.Name,
				c.Scenarios[twin].Line)
		}
		c.byPickle[mark] = len(c.Scenarios)
		c.Scenarios = append(c.Scenarios, s)
	}
	return nil
}

// fingerprint identifies a pickle by its content, since each parser numbers pickles from the start.
func fingerprint(p *messages.Pickle) string {
	content := []any{p.Uri, p.Name}
	for _, step := range p.Steps {
		content = append(content, step.Text, step.Argument)
	}
	written, _ := json.Marshal(content) // texts and tables are always valid JSON
	return string(written)
}

// scenariosByID are the scenarios of a document by the id that pickles refer to.
func scenariosByID(document *messages.GherkinDocument) map[string]*messages.Scenario {
	written := map[string]*messages.Scenario{}
	note := func(s *messages.Scenario) {
		if s != nil {
			written[s.Id] = s
		}
	}
	if document.Feature == nil {
		return written
	}
	for _, child := range document.Feature.Children {
		note(child.Scenario)
		if child.Rule != nil {
			for _, inner := range child.Rule.Children {
				note(inner.Scenario)
			}
		}
	}
	return written
}
