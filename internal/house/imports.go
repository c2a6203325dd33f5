package house

import (
	"fmt"
	"slices"
	"strings"
)

// layers are the layers of the simulator, lowest first. A folder may import folders of a lower layer and its own
// subfolders. So the rules do not depend on HTTP, and simulator/nic depends on no other folder.
var layers = [][]string{
	{"simulator/nic"},
	{"simulator/budget", "simulator/clock", "simulator/dice", "simulator/seal", "simulator/settings", "simulator/store",
		"simulator/defect", "simulator/subscription"},
	{"simulator/inbox", "simulator/journal", "simulator/fault", "simulator/password", "simulator/rulebook",
		"simulator/limit"},
	{"simulator/situation"},
	{"simulator/world"},
	{"simulator/portal", "simulator/irp", "simulator/gsp"},
	{"simulator/admin"},
	{"simulator/worldfile"},
	{"simulator/httpd"},
	{"simulator"},
	{"simulator/simtest"},
}

// chromium starts browsers.
const chromium = "internal/chromium"

// documents reads documents that people write.
const documents = "internal/document"

// counts writes numbers with their nouns.
const counts = "internal/count"

// Only tests may import these: browserTests checks pages in a browser, seeded gives tests their seed, goldenFiles
// compares files that tests write.
const (
	browserTests = "internal/browsertest"
	seeded       = "internal/seeded"
	goldenFiles  = "internal/golden"
)

// backendTests has the tests that each backend of the store must pass. It uses rapid, and so do the tests that run it.
const backendTests = "simulator/store/storetest"

// databases keeps records in databases.
const databases = "simulator/store/sqlstore"

// rapid generates the values of property tests.
const rapid = "pgregory.net/rapid"

// httpLayer is the lowest layer that may import net/http.
const httpLayer = 8

// outside lists what the folders beside the simulator may import of this module, in code and, in addition, in tests.
// A folder that is not listed may import everything, as cmd does.
var outside = map[string]struct{ code, tests []string }{
	// The client has its own description of the wire, so that a bug cannot be in the client and in the simulator alike.
	"client":   {nil, []string{"simulator", "simulator/simtest", "fixtures"}},
	"features": {nil, []string{"steps", "client", "simulator", "simulator/simtest", "fixtures"}},
	"steps": {[]string{"client", "features", "fixtures", chromium, documents, counts},
		[]string{"simulator", "simulator/simtest"}},
	"fixtures": {[]string{"simulator/nic", counts}, nil},
	// Only bench/fill needs the store: it fills a directory.
	"bench": {[]string{"client", "simulator/nic", "simulator/store", databases}, nil},
	// The drills and the judge of a client judge by the journal, and know a simulator by its control API alone.
	"drill":    {[]string{"client", counts}, []string{"simulator", "simulator/simtest"}},
	"judge":    {[]string{"client", "drill", counts}, nil},
	"examples": {[]string{"client"}, nil},
	"internal": {nil, nil},
}

// restrictions forbid folders to import packages of other modules or of Go's library.
var restrictions = []struct {
	modules []string
	from    []string // the folders that may not import them
	except  []string // the folders below those that may
	tests   bool     // whether the restriction holds in tests too
	why     string
}{
	{[]string{"testing", rapid, "go.uber.org/goleak", "github.com/google/go-cmp"},
		[]string{"simulator", "fixtures", "client", "features", "drill", "judge", "cmd"},
		[]string{"simulator/simtest", backendTests},
		false,
		"is for tests, and only simulator/simtest and " + backendTests + " are for tests of other modules"},
	{[]string{"github.com/cucumber"}, []string{"."}, []string{"steps", "features"}, false,
		"runs the scenarios; only steps and features may import it"},
	{[]string{"github.com/cucumber"}, []string{"simulator", "client", "fixtures"}, nil, true,
		"runs the scenarios; the simulator, the client and the fixtures do not need it, in tests either"},
	{[]string{"github.com/chromedp"}, []string{"."}, []string{chromium, "steps/browser", browserTests}, true,
		"drives a browser; only internal/chromium, steps/browser and internal/browsertest may import it"},
	{[]string{"database/sql", "modernc.org/sqlite", "github.com/jackc/pgx", "github.com/pressly/goose"},
		[]string{"."}, []string{databases}, true, "is a database; only " + databases + " may import it"},
	{[]string{"golang.org/x/net/html"}, []string{"cmd", "client", "features"}, nil, false,
		"reads web pages, which only packages in steps do"},
	{[]string{"github.com/pact-foundation"}, []string{"."}, nil, false,
		"needs cgo and a native library; only tests with the build tag pact may"},
	{[]string{"github.com/spf13", "flag"}, []string{"."}, []string{"cmd", "bench", "examples", seeded, goldenFiles}, false,
		"reads flags; only programs do so"},
}

// Imports finds the imports that docs/architecture.md forbids.
func Imports(t Tree) []Finding {
	var found []Finding
	draws, follows := map[string]Finding{}, map[string]bool{}
	for _, f := range t.Files {
		for _, i := range f.Imports {
			if why := importViolation(f, i); why != "" {
				found = append(found, Finding{f.Path, i.Line, fmt.Sprintf("%s imports %s, which %s", f.Dir, i.Path, why)})
			}
			if i.Path == rapid || i.Ours == backendTests {
				draws[f.Dir] = Finding{f.Path, i.Line,
					"a test of this folder must import " + seeded + ", so that a run in CI can be repeated"}
			}
			follows[f.Dir] = follows[f.Dir] || i.Ours == seeded || f.Dir == seeded
		}
		if in(f.Dir, "simulator") && layer(f.Dir) < 0 {
			found = append(found, Finding{f.Path, 0, f.Dir +
				" has no layer in the simulator; give it one in internal/house and in docs/architecture.md"})
		}
	}
	for dir, finding := range draws {
		if !follows[dir] {
			found = append(found, finding)
		}
	}
	return found
}

func importViolation(f File, i Import) string {
	if i.Ours != "" {
		return oursViolation(f, i.Ours)
	}
	for _, r := range restrictions {
		restricted := slices.Contains(r.from, ".") || in(f.Dir, r.from...)
		if restricted && !in(f.Dir, r.except...) && (r.tests || !f.Test) && in(i.Path, r.modules...) {
			return r.why
		}
	}
	if f.Test || !in(f.Dir, "simulator") {
		return ""
	}
	switch {
	case in(f.Dir, "simulator/nic") && strings.Contains(strings.Split(i.Path, "/")[0], "."):
		return "is not of Go's library, and simulator/nic imports nothing else"
	case layer(f.Dir) < httpLayer && in(i.Path, "net/http", "github.com/gorilla"):
		return "is HTTP, which only simulator/httpd and the layers above it may import"
	}
	return ""
}

func oursViolation(f File, ours string) string {
	if ours == browserTests || ours == seeded || ours == goldenFiles {
		if f.Test || f.Dir == ours {
			return ""
		}
		return "is for tests"
	}
	if in(f.Dir, "simulator") {
		return simulatorViolation(f, ours)
	}
	if in(f.Dir, "steps/internal") && in(ours, "steps") &&
		!in(ours, "steps/internal/scene", "steps/needs", "steps/target", "steps/face") {
		return "is another package of steps; packages of sentences may import only steps/internal/scene, steps/face, " +
			"steps/needs and steps/target"
	}
	if in(ours, top(f.Dir)) {
		return ""
	}
	rule, ruled := outside[top(f.Dir)]
	allowed := rule.code
	if f.Test {
		allowed = slices.Concat(rule.code, rule.tests)
	}
	if ruled && !slices.Contains(allowed, ours) {
		return fmt.Sprintf("is not among the packages of this module that %s may import (%s)", top(f.Dir), orNothing(allowed))
	}
	return ""
}

func simulatorViolation(f File, ours string) string {
	switch {
	case (ours == documents || ours == counts) && !in(f.Dir, "simulator/nic"):
		return ""
	case in(ours, "fixtures"):
		if in(f.Dir, "simulator/nic") {
			return "imports simulator/nic, so simulator/nic cannot import it"
		}
		return ""
	case !in(ours, "simulator"):
		return "is outside the simulator, which imports only itself, fixtures, " + documents + " and " + counts
	case f.Test || layer(ours) < layer(f.Dir) || sameFolder(f.Dir, ours):
		return ""
	}
	return "is not in a lower layer"
}

// sameFolder reports whether two packages are below one and the same folder of a layer.
func sameFolder(a, b string) bool {
	n := layer(a)
	return n >= 0 && slices.ContainsFunc(layers[n], func(folder string) bool {
		return in(a, folder) && in(b, folder) && layer(b) == n
	})
}

// layer returns the index of a folder's layer, or -1 if it has none. The folder simulator has a layer of its own,
// which its subfolders do not inherit.
func layer(dir string) int {
	for n, folders := range layers {
		for _, folder := range folders {
			if dir == folder || folder != "simulator" && in(dir, folder) {
				return n
			}
		}
	}
	return -1
}

func top(dir string) string { return strings.Split(dir, "/")[0] }

func orNothing(names []string) string {
	if len(names) == 0 {
		return "nothing"
	}
	return strings.Join(names, ", ")
}
