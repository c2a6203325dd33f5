package gspface_test

import (
	_ "embed"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/nicsim/nicsim/internal/golden"
	"github.com/nicsim/nicsim/simulator/httpd/gspface"
	"github.com/nicsim/nicsim/simulator/subscription"
)

//go:embed testdata/gsp-faces.md
var beginning string

var pattern = regexp.MustCompile(`\{(\w+):[^}]*\}\}?|\{(\w+):\(\?:nic\)\?\[12\]\}`)

// docs/gsp-faces.md is written from the faces; -update writes it.
func TestDocumentation(t *testing.T) {
	var b strings.Builder
	b.WriteString(beginning)
	b.WriteString("\n## Secrets of a subscription\n\n| face | secrets | environment | variants |\n|---|---|---|---|\n")
	for _, f := range subscription.Faces() {
		secrets := slices.Clone(f.Secrets)
		for _, name := range f.Optional {
			secrets = append(secrets, name+" (optional)")
		}
		decides := "that of the subscription"
		if !f.ByHost {
			decides = "that of the path; `/test` is the sandbox"
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s |\n", f.Name, strings.Join(secrets, ", "), decides,
			strings.Join(f.Variants, ", "))
	}
	for _, f := range gspface.Faces() {
		kind := "NIC's encrypted bodies"
		if f.Plain {
			kind = "plain JSON"
		}
		fmt.Fprintf(&b, "\n## %s\n\nBodies: %s. Subscriptions: `%s`.\n\n| call | method | path | at NIC |\n|---|---|---|---|\n",
			f.Name, kind, strings.Join(f.Names, "`, `"))
		for _, c := range f.Calls {
			at := "the gateway's own"
			if c.NIC != "" {
				at = "`" + c.NIC + "`"
			}
			fmt.Fprintf(&b, "| `%s` | %s | `%s` | %s |\n", c.Name, strings.ReplaceAll(c.Method, "|", ", "),
				pattern.ReplaceAllString(c.Path, "{$1$2}"), at)
		}
	}
	golden.Compare(t, "../../../docs/gsp-faces.md", b.String())
}

// The same paths are not registered twice for one face, and every face has a subscription that it accepts.
func TestFacesAreConsistent(t *testing.T) {
	for _, f := range gspface.Faces() {
		seen := map[string]bool{}
		for _, c := range f.Calls {
			if key := c.Method + " " + strings.ToLower(c.Path); seen[key] {
				t.Errorf("%s has %s twice", f.Name, key)
			} else {
				seen[key] = true
			}
		}
		for _, name := range f.Names {
			if _, known := subscription.Named(name); !known {
				t.Errorf("%s accepts subscriptions of %s, which is not a face", f.Name, name)
			}
		}
	}
}
