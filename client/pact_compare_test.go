//go:build pact

package client_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// updatePacts is a variable. If it is 1, the pacts are written to fixtures/pacts and not compared with the files there.
const updatePacts = "NICSIM_UPDATE_PACTS"

// runPact records every interaction and compares the pact with the committed one. A difference is a change of the
// contract: the new pact must be reviewed and committed, and the portal verified against it.
func runPact[C any](t *testing.T, provider string, connect func(*testing.T, string) C,
	areas map[string][]interaction[C]) {
	t.Helper()
	p := newPact(t, provider, connect)
	all, recorded := 0, 0
	for area, interactions := range areas {
		all += len(interactions)
		t.Run(area, func(t *testing.T) {
			for _, i := range interactions {
				t.Run(i.about, func(t *testing.T) {
					p.record(t, i)
					recorded++
				})
			}
		})
	}
	switch {
	case t.Failed():
		return
	case recorded < all: // as with -run
		t.Skipf("%d of %d interactions were recorded; a part is not compared", recorded, all)
	}
	p.compare(t)
}

func (p pact[C]) compare(t *testing.T) {
	t.Helper()
	name := p.consumer + "-" + p.provider + ".json"
	made := readPact(t, filepath.Join(p.dir, name))
	committed := filepath.Join("..", "fixtures", "pacts", name)
	if os.Getenv(updatePacts) == "1" {
		if err := os.WriteFile(committed, []byte(made.text), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want := readPact(t, committed)
	if want.text == made.text {
		return
	}
	for about := range want.interactions {
		if _, still := made.interactions[about]; !still {
			t.Errorf("%q is in the committed pact, but no test makes it", about)
		}
	}
	for about, now := range made.interactions {
		then, known := want.interactions[about]
		if !known {
			t.Errorf("%q is not in the committed pact", about)
		} else if diff := cmp.Diff(then, now); diff != "" {
			t.Errorf("%q differs from the committed pact (-committed +now):\n%s", about, diff)
		}
	}
	t.Fatalf("%s would change. To change the contract: make pact-update, then make pact, and commit the file.", committed)
}

// pactFile is a normalised pact, with sorted members and without the versions of the tools. So two files differ only if
// the contract differs.
type pactFile struct {
	text         string
	interactions map[string]string // by description
}

func readPact(t *testing.T, file string) pactFile {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var document struct {
		Consumer     any              `json:"consumer"`
		Provider     any              `json:"provider"`
		Interactions []map[string]any `json:"interactions"`
		Metadata     struct {
			Specification any `json:"pactSpecification"`
		} `json:"metadata"`
	}
	if err := json.Unmarshal(raw, &document); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	f := pactFile{indented(t, document), map[string]string{}}
	for _, i := range document.Interactions {
		f.interactions[i["description"].(string)] = indented(t, i)
	}
	if len(f.interactions) != len(document.Interactions) {
		t.Errorf("%s: two interactions have one description", file)
	}
	return f
}

func indented(t *testing.T, v any) string {
	t.Helper()
	var text strings.Builder
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(v); err != nil {
		t.Fatal(err)
	}
	return text.String()
}
